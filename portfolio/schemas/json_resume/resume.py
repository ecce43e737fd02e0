"""JSON Resume 1.0 as it is imported, with the members that only this program knows: what stands
under `x-portfolio` in `meta` and in each project."""

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, ConfigDict, Field

from portfolio.schemas.json_resume.resume_parts import (
    Award,
    Certificate,
    Education,
    Interest,
    Language,
    Location,
    Part,
    Period,
    Publication,
    Reference,
    Skill,
    SocialProfile,
    Volunteer,
    Work,
    fits,
)
from portfolio.schemas.values import (
    Complexity,
    Email,
    Flag,
    Line,
    LongText,
    Name,
    NewSlug,
    Paragraphs,
    ShortLine,
    ShortName,
    SortOrder,
    TeamSize,
    Text,
    WebLink,
    Words,
    wrong,
)
from portfolio.vocabulary import NAME_LENGTH, SECTION_ITEMS, Difficulty, Status, Visibility

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
"""What `$schema` says of a JSON Resume 1.0."""


class Basics(Part):
    odd: ClassVar = {"image": fits(WebLink), "url": fits(WebLink), "email": fits(Email)}

    name: Name
    label: Line = ""
    image: WebLink | None = None
    email: Email | None = None
    phone: ShortName | None = None
    url: WebLink | None = None
    summary: Text = ""
    location: Location = Field(default_factory=Location)
    profiles: list[SocialProfile] = Field([], max_length=SECTION_ITEMS)


class ProjectExtra(Part):
    """What a portfolio says of a project beyond JSON Resume."""

    model_config = ConfigDict(extra="forbid")

    slug: NewSlug | None = None
    status: Status | None = None
    difficulty: Difficulty | None = None
    complexity: Complexity | None = None
    featured: Flag = False
    open_source: Flag = False
    team_size: TeamSize | None = None
    long_description: LongText = ""
    achievements: Paragraphs | None = None
    challenges: Paragraphs = Field([])
    learnings: Paragraphs = Field([])
    source_url: WebLink | None = None
    demo_url: WebLink | None = None
    documentation_url: WebLink | None = None
    visibility: Visibility = Visibility.PUBLIC
    order: SortOrder | None = None


def _fit_one_line(roles: list[str]) -> list[str]:
    if len(", ".join(roles)) > NAME_LENGTH:
        raise wrong(f"should have at most {NAME_LENGTH} characters together")
    return roles


class Project(Period):
    name: Name
    description: LongText = ""
    highlights: Paragraphs = Field([])
    keywords: Words = Field([])
    url: WebLink | None = None
    roles: Annotated[list[Name], AfterValidator(_fit_one_line)] = Field([], max_length=10)
    entity: Line = ""
    type: ShortLine = ""
    extra: ProjectExtra = Field(default_factory=ProjectExtra, alias="x-portfolio")


class ProfileExtra(Part):
    """What a portfolio says of a profile beyond JSON Resume."""

    model_config = ConfigDict(extra="forbid")

    slug: NewSlug | None = None
    visibility: Visibility = Visibility.PUBLIC
    default: Flag = False
    show_email: Flag = False
    show_phone: Flag = False
    show_address: Flag = False
    export: Literal["public"] | None = None


SAID_OF_A_FILE = {"slug", "default", "export"}
"""Members of the profile's that are no columns. `export` marks what leaves out what is hidden."""


class Meta(Part):
    """What the file says of itself; the 1.0 schema allows further members here, not at the top."""

    extra: ProfileExtra = Field(default_factory=ProfileExtra, alias="x-portfolio")


class Resume(Part):
    """A whole résumé."""

    meta: Meta = Field(default_factory=Meta)
    basics: Basics
    work: list[Work] = Field([], max_length=SECTION_ITEMS)
    volunteer: list[Volunteer] = Field([], max_length=SECTION_ITEMS)
    education: list[Education] = Field([], max_length=SECTION_ITEMS)
    awards: list[Award] = Field([], max_length=SECTION_ITEMS)
    certificates: list[Certificate] = Field([], max_length=SECTION_ITEMS)
    publications: list[Publication] = Field([], max_length=SECTION_ITEMS)
    skills: list[Skill] = Field([], max_length=SECTION_ITEMS)
    languages: list[Language] = Field([], max_length=SECTION_ITEMS)
    interests: list[Interest] = Field([], max_length=SECTION_ITEMS)
    references: list[Reference] = Field([], max_length=SECTION_ITEMS)
    projects: list[Project] = Field([], max_length=SECTION_ITEMS)
