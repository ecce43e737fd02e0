"""Job analyses: what is sent, and what lists and links are made of."""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from portfolio.schemas.image import Upload
from portfolio.schemas.lists import Page
from portfolio.schemas.values import JobText, LinkDays, Moment, SlugText
from portfolio.vocabulary import DocumentKind, JobState

_PROFILE = Field(None, description="Who is matched; by default the default profile.")


class JobFileWrite(BaseModel):
    """A file with a job description."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    file: Upload = Field(description="PDF, DOCX, plain text or Markdown.")
    profile: SlugText | None = _PROFILE


class JobTextWrite(BaseModel):
    """A job description."""

    model_config = ConfigDict(extra="forbid")
    form: ClassVar[type[BaseModel]] = JobFileWrite
    """What may be sent as a form instead."""

    text: JobText = Field(description="The description, as it was published.")
    profile: SlugText | None = _PROFILE


class ShareWrite(BaseModel):
    """A link to make."""

    model_config = ConfigDict(extra="forbid")

    days: LinkDays = Field(
        7, description="How long it works, at most until the analysis is removed."
    )


class ShareItem(BaseModel):
    """A link that shows a report to whoever has it."""

    url: str = Field(description="Told this once.")
    expires_at: Moment = Field(
        description="When it ends: after the days that were asked for, or with the analysis, which "
        "is removed `JOB_ANALYSIS_DAYS` after it was made."
    )


class JobAnalysisItem(BaseModel):
    """An analysis, as its owner's list has it."""

    id: UUID
    status: JobState
    reason: str = Field(description="Why it failed; else empty.")
    profile: str = Field(description="Slug of who is matched.")
    source: DocumentKind = Field(description="What the description came as.")
    title: str | None = Field(description="Of the job, if the description says it.")
    company: str | None
    overall: float | None = Field(description="The overall score, from 0 to 100.")
    rerun_of: UUID | None = Field(description="The analysis that this one repeats.")
    shared_until: Moment | None = Field(description="Until when a link shows it; null without.")
    created_at: Moment
    finished_at: Moment | None


class JobAnalysisPage(Page[JobAnalysisItem]):
    """One page of a list of analyses."""


class Levels(BaseModel):
    """How many overall scores lie where; the bounds belong to the level above."""

    excellent: int = Field(description="90 and more.")
    good: int = Field(description="70 to 90.")
    fair: int = Field(description="50 to 70.")
    low: int = Field(description="Less than 50.")
    unscored: int = Field(description="Where nothing could be scored.")


class SkillCount(BaseModel):
    """In how many descriptions a skill is."""

    name: str
    count: int


class DayCount(BaseModel):
    """How many descriptions were matched on a day."""

    day: str
    count: int
    overall: float | None = Field(description="Mean of the overall scores.")


class JobStatistics(BaseModel):
    """Numbers of the analyses that are kept; nothing of what was sent."""

    total: int
    mean_overall: float | None
    levels: Levels
    most_asked: list[SkillCount] = Field(description="At most 20.")
    most_missing: list[SkillCount] = Field(description="At most 20.")
    trend: list[DayCount] = Field(
        description="Of the days that are asked for, or the last 30; those without any are left "
        "out."
    )
