"""Everything at a glance: the first number of each kind, of the last 30 days."""

from pydantic import BaseModel, Field

from portfolio.schemas.period import DaysTold


class VisitsGlance(BaseModel):
    """Of visits."""

    now: int = Field(description="Visitors of the last 5 minutes, as of the last computation.")
    visitor_days: int
    visits: int
    page_views: int
    bounce_rate: float | None
    recruiters: int
    engagement: float | None = Field(description="The mean score, from 0 to 100.")


class ConversationsGlance(BaseModel):
    """Of conversations."""

    active_conversations: int
    messages: int
    unanswered: int


class JobsGlance(BaseModel):
    """Of job analyses."""

    total: int
    mean_overall: float | None


class ProjectsGlance(BaseModel):
    """Of public projects, whatever the days."""

    total: int
    featured: int


class Overview(DaysTold):
    """All statistics at a glance."""

    visitors: VisitsGlance
    conversations: ConversationsGlance
    job_analyses: JobsGlance
    projects: ProjectsGlance
    contact_messages: int = Field(description="How many were written to the owner.")
