"""Projects: what is written, read and asked for."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    field_validator,
)
from pydantic_core.core_schema import ValidationInfo

from portfolio.schemas.echoes import Echoes, Ignored
from portfolio.schemas.image import Image
from portfolio.schemas.lists import Order, Page, PageQuery, QueryFlag
from portfolio.schemas.merge_patch import MergePatch
from portfolio.schemas.values import (
    Complexity,
    Day,
    Flag,
    Line,
    LongText,
    Moment,
    Name,
    NewSlug,
    Paragraphs,
    ShortLine,
    SlugText,
    SortOrder,
    Summary,
    TeamSize,
    WebLink,
    Words,
    wrong,
)
from portfolio.vocabulary import (
    SLUG_LENGTH,
    SLUG_PATTERN,
    Difficulty,
    Status,
    Visibility,
)


def _slug_in(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if not isinstance(value.get("slug"), str) or value.keys() - {"slug", "name"}:
        raise wrong("Input should be a slug, or an object with a slug and a name")
    return value["slug"]


_SLUG_SCHEMA = {"type": "string", "pattern": SLUG_PATTERN, "maxLength": SLUG_LENGTH}
_REFERENCE_SCHEMA = {
    "type": "object",
    "required": ["slug"],
    "properties": {"slug": _SLUG_SCHEMA, "name": {}},
    "additionalProperties": False,
}
ProfileSlug = Annotated[
    SlugText | None,
    BeforeValidator(_slug_in),
    WithJsonSchema({"anyOf": [_SLUG_SCHEMA, _REFERENCE_SCHEMA, {"type": "null"}]}),
]
"""A profile by its slug, or as a project's detail names it; the name is not written."""


class ProjectEchoes(Echoes):
    """The members of a project's detail that are not written here."""

    image: Ignored = None
    images: Ignored = None


class ProjectWrite(ProjectEchoes):
    """A project as it is created or replaced.

    `profile`, `slug` and `sort_order` stay as they are when a project is replaced without them.
    On creation they become the default profile, a slug made from the title, and the last place.
    """

    model_config = ConfigDict(extra="forbid")

    profile: ProfileSlug = Field(None, description="Slug of the profile it belongs to.")
    slug: NewSlug | None = Field(None, description="Its name in addresses.")
    title: Name
    summary: Summary = ""
    description: LongText = Field("", description="The whole story, in paragraphs.")
    technologies: Words = Field([])
    url: WebLink | None = Field(None, description="The project's own page.")
    source_url: WebLink | None = None
    demo_url: WebLink | None = None
    documentation_url: WebLink | None = None
    featured: Flag = False
    open_source: Flag = False
    difficulty: Difficulty | None = None
    status: Status = Status.IN_PROGRESS
    complexity: Complexity | None = None
    start_date: Day | None = None
    end_date: Day | None = Field(
        None, description="Not before `start_date`; null while it goes on."
    )
    team_size: TeamSize | None = None
    role: Line = ""
    entity: Line = Field("", description="The company or group it was made for.")
    type: ShortLine = Field("", description="Such as application, library, talk.")
    achievements: Paragraphs = Field([])
    challenges: Paragraphs = Field([])
    learnings: Paragraphs = Field([])
    sort_order: SortOrder | None = Field(None, description="Place in lists, from low to high.")
    visibility: Visibility = Visibility.PUBLIC

    @field_validator("end_date")
    @classmethod
    def _not_before_the_start(cls, value: date | None, info: ValidationInfo) -> date | None:
        start = info.data.get("start_date")
        if value is not None and start is not None and value < start:
            raise wrong("Input should not be before start_date")
        return value


class ProjectPatch(MergePatch):
    """A JSON Merge Patch of a project: what is left out stays, null takes away."""

    document = ProjectWrite


class ProfileReference(BaseModel):
    """The profile that a project belongs to."""

    model_config = ConfigDict(from_attributes=True)

    slug: str
    name: str


class ProjectSummary(BaseModel):
    """A project in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    slug: str
    title: str
    summary: str
    technologies: list[str]
    url: str | None
    source_url: str | None
    demo_url: str | None
    documentation_url: str | None
    featured: bool
    open_source: bool
    difficulty: Difficulty | None
    status: Status
    complexity: int | None
    start_date: date | None
    end_date: date | None
    team_size: int | None
    role: str
    entity: str
    type: str
    sort_order: int
    visibility: Visibility
    profile: ProfileReference
    image: Image | None = Field(description="The primary one.")
    created_at: Moment
    updated_at: Moment


class ProjectPage(Page[ProjectSummary]):
    """One page of a list of projects."""


class ProjectDetail(ProjectSummary):
    """A project with all that is told of it."""

    description: str
    achievements: list[str]
    challenges: list[str]
    learnings: list[str]
    images: list[Image]


class ProjectOrdering(StrEnum):
    """What a list of projects may be ordered by; `-` turns it round."""

    SORT_ORDER = "sort_order"
    SORT_ORDER_DESC = "-sort_order"
    TITLE = "title"
    TITLE_DESC = "-title"
    START_DATE = "start_date"
    START_DATE_DESC = "-start_date"
    END_DATE = "end_date"
    END_DATE_DESC = "-end_date"
    COMPLEXITY = "complexity"
    COMPLEXITY_DESC = "-complexity"
    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"
    UPDATED_AT = "updated_at"
    UPDATED_AT_DESC = "-updated_at"


def _separate_words(values: list[str]) -> list[str]:
    words = {word.strip().lower() for value in values for word in value.split(",")}
    return sorted(words - {""})


class FeaturedQuery(PageQuery):
    """Which featured projects."""

    profile: SlugText | None = Field(None, description="Only of this profile.")


class ProjectQuery(FeaturedQuery):
    """Which projects; all conditions must hold."""

    featured: QueryFlag | None = None
    open_source: QueryFlag | None = None
    status: Status | None = None
    difficulty: Difficulty | None = None
    technology: Annotated[list[Line], Field(max_length=10), AfterValidator(_separate_words)] = (
        Field([], description="Repeated or separated by commas: all of them, in any case.")
    )
    search: ShortLine = Field(
        "", description="Words that must all occur in title, summary, description or technologies."
    )
    ordering: ProjectOrdering = ProjectOrdering.SORT_ORDER


class StatisticsQuery(BaseModel):
    """Statistics of what."""

    profile: SlugText | None = Field(None, description="Only of this profile.")


class ProjectOrder(Order):
    """Projects of one profile in their new order."""
