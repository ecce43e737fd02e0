"""Profiles: what is written and read."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from portfolio.schemas.echoes import Echoes
from portfolio.schemas.lists import Page
from portfolio.schemas.merge_patch import MergePatch
from portfolio.schemas.section_writes import SectionsWrite
from portfolio.schemas.sections import (
    Award,
    Certificate,
    Education,
    Interest,
    Language,
    Publication,
    Reference,
    Skill,
    SocialProfile,
    Volunteer,
    Work,
)
from portfolio.schemas.values import (
    CountryCode,
    Email,
    Flag,
    Line,
    Moment,
    Name,
    NewSlug,
    ShortName,
    Text,
    WebLink,
)
from portfolio.vocabulary import Visibility


class LocationWrite(BaseModel):
    """Where the person lives."""

    model_config = ConfigDict(extra="forbid")

    address: Name | None = Field(None, description="Street address; private unless shown.")
    postal_code: ShortName | None = Field(None, description="Private like the address.")
    city: ShortName | None = None
    country_code: CountryCode | None = Field(None, description="ISO 3166-1 alpha-2.")
    region: ShortName | None = None


class ProfileWrite(Echoes, SectionsWrite):
    """A profile as it is created or replaced.

    `slug`, `is_default` and sections of the résumé stay as they are when a profile is replaced
    without them. On creation the slug is made from the name, and the first profile is the default.
    Of a section that is given, items with an id are the ones that have it.
    """

    model_config = ConfigDict(extra="forbid")

    slug: NewSlug | None = Field(None, description="Its name in addresses.")
    name: Name
    label: Line = Field("", description="Such as Backend engineer.")
    image: WebLink | None = None
    email: Email | None = Field(None, description="Private unless show_email.")
    phone: ShortName | None = Field(None, description="Private unless show_phone.")
    url: WebLink | None = None
    summary: Text = ""
    location: LocationWrite = Field(default_factory=LocationWrite)
    visibility: Visibility = Visibility.PUBLIC
    is_default: Flag | None = Field(None, description="Only one profile is the default.")
    show_email: Flag = False
    show_phone: Flag = False
    show_address: Flag = False


class ProfilePatch(MergePatch):
    """A JSON Merge Patch of a profile: what is left out stays, null takes away.

    A section that is given is replaced as a whole.
    """

    document = ProfileWrite


class Location(BaseModel):
    """Where the person lives, as far as it is shown."""

    model_config = ConfigDict(from_attributes=True)

    address: str | None
    postal_code: str | None
    city: str | None
    country_code: str | None
    region: str | None


class ProfileSummary(BaseModel):
    """A profile in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    slug: str
    name: str
    label: str
    image: str | None
    url: str | None
    summary: str
    city: str | None
    region: str | None
    country_code: str | None
    visibility: Visibility
    is_default: bool


class ProfilePage(Page[ProfileSummary]):
    """One page of the list of profiles."""


class ProfileDetail(BaseModel):
    """A profile with all sections of its résumé.

    `email`, `phone`, `location.address` and `location.postal_code` are null unless the owner shows
    them or the caller has a `read` token.
    """

    id: UUID
    slug: str
    name: str
    label: str
    image: str | None
    email: str | None
    phone: str | None
    url: str | None
    summary: str
    location: Location
    visibility: Visibility
    is_default: bool
    show_email: bool
    show_phone: bool
    show_address: bool
    social_profiles: list[SocialProfile]
    work: list[Work]
    volunteer: list[Volunteer]
    education: list[Education]
    awards: list[Award]
    certificates: list[Certificate]
    publications: list[Publication]
    skills: list[Skill]
    languages: list[Language]
    interests: list[Interest]
    references: list[Reference]
    created_at: Moment
    updated_at: Moment
