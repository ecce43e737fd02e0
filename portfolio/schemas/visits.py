"""Events of visitors as they are sent, and sessions as the owner sees them."""

from datetime import date
from typing import Annotated, ClassVar, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from portfolio.schemas.lists import Page, PageQuery, QueryFlag
from portfolio.schemas.values import (
    AddressText,
    Milliseconds,
    Moment,
    PagePath,
    ShortLine,
    SlugText,
    wrong,
)
from portfolio.vocabulary import EVENTS_AT_ONCE, EventKind, RecruiterReason

_UTM = "Of the campaign, as the page's address names it."


class EventWrite(BaseModel):
    """One thing that a visitor did."""

    model_config = ConfigDict(extra="forbid")

    id: UUID | None = Field(
        None, description="Made by who sends it, so that it counts once however often it is sent."
    )
    kind: EventKind
    age_ms: Milliseconds = Field(
        0,
        description="How many milliseconds ago it happened. What was before midnight (UTC) counts "
        "as of midnight.",
    )
    path: PagePath | None = Field(None, description="Of the page, without query and fragment.")
    project: SlugText | None = Field(None, description="Which project was looked at.")
    profile: SlugText | None = Field(None, description="Whose page it is.")
    referrer: AddressText | None = Field(
        None, description="Address of the page before; only its host is kept."
    )
    utm_source: ShortLine | None = Field(None, description=_UTM)
    utm_medium: ShortLine | None = Field(None, description=_UTM)
    utm_campaign: ShortLine | None = Field(None, description=_UTM)
    utm_term: ShortLine | None = Field(None, description=_UTM)
    utm_content: ShortLine | None = Field(None, description=_UTM)
    duration_ms: Milliseconds | None = Field(
        None, description="Of a `duration`, and only of that: for how long the page was seen."
    )

    @model_validator(mode="after")
    def _has_its_length(self) -> Self:
        if (self.kind is EventKind.DURATION) != (self.duration_ms is not None):
            raise wrong("duration_ms belongs to a duration, and to nothing else")
        return self


class EventsWrite(BaseModel):
    """What a visitor did, one thing or several."""

    model_config = ConfigDict(extra="forbid")
    is_beacon: ClassVar[bool] = True
    """May be sent as text/plain, which is what a browser's beacon says of a string."""

    events: Annotated[list[EventWrite], Field(min_length=1, max_length=EVENTS_AT_ONCE)]


class EventsReceipt(BaseModel):
    """What became of events."""

    accepted: int = Field(
        description="How many count; 0 for who does not want to be counted, and for pages of "
        "other sites."
    )
    session: UUID | None = Field(
        description="Stands for you until midnight (UTC). The owner can show and erase what is "
        "kept under it."
    )


class SessionQuery(PageQuery):
    """Which sessions."""

    recruiters: QueryFlag | None = Field(
        None, description="Only those that may be a recruiter's, or only the others."
    )
    bots: QueryFlag = Field(False, description="Those of bots instead.")


class SessionItem(BaseModel):
    """What one visitor did on one day."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    day: date
    first_seen: Moment
    last_seen: Moment
    entry_path: str | None = Field(description="The first page that was seen.")
    referrer_host: str | None = Field(description="The site that led there.")
    utm_source: str | None
    utm_medium: str | None
    utm_campaign: str | None
    utm_term: str | None
    utm_content: str | None
    device: str
    browser: str
    system: str
    country: str | None
    is_bot: bool
    visits: int = Field(description="How often the visitor came from elsewhere.")
    events: int
    page_views: int
    project_views: int
    chat_starts: int
    job_matches: int
    downloads: int
    contacts: int
    duration_ms: int
    recruiter_reasons: list[RecruiterReason] = Field(
        description="Why it may be a recruiter's; empty if nothing says so."
    )


class SessionPage(Page[SessionItem]):
    """One page of a list of sessions."""


class EventItem(BaseModel):
    """An event, as it is kept."""

    model_config = ConfigDict(from_attributes=True)

    event_id: UUID
    kind: EventKind
    at: Moment
    path: str | None
    project_id: UUID | None
    profile_id: UUID | None
    is_entrance: bool
    duration_ms: int | None
    referrer_host: str | None
    utm_source: str | None
    utm_medium: str | None
    utm_campaign: str | None
    utm_term: str | None
    utm_content: str | None
    device: str
    browser: str
    system: str
    country: str | None
    is_bot: bool


class SessionDetail(SessionItem):
    """A session with all that is kept of it."""

    all_events: list[EventItem] = Field(description="The first one first.")
