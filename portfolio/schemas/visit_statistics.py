"""The numbers of visits. Who has no `read` token is told no names, if anything at all."""

from datetime import date

from pydantic import BaseModel, Field

from portfolio.schemas.period import DaysTold
from portfolio.schemas.values import Moment
from portfolio.vocabulary import FunnelStep


class ValueCount(BaseModel):
    """How many visitors had this, or how often this was looked at."""

    name: str
    count: int


class DayVisits(BaseModel):
    """What happened on a day."""

    day: date
    visitors: int = Field(description="Different ones on this day of UTC.")
    visits: int
    page_views: int


class HourVisits(BaseModel):
    """What happened at this time of day."""

    hour: int = Field(description="From 0 to 23, in the time zone.")
    visits: int
    page_views: int


class Stays(BaseModel):
    """For how long visitors looked at pages."""

    visitors: int = Field(description="Of how many it is known.")
    mean_seconds: float | None = Field(description="Of one visitor on one day.")
    mean_page_seconds: float | None = Field(description="Of one page.")


_NAMES = "The 20 most frequent. Null for who has no token."
_Names = list[ValueCount] | None


class VisitorStatistics(DaysTold):
    """Numbers of visits; bots are in none but `bots`."""

    visitor_days: int = Field(
        description="The sum of each day's different visitors, of UTC. Nobody can tell whether "
        "those of two days are the same, as the salt is destroyed after its day."
    )
    sessions: int = Field(description="A session is one visitor's day: as many as `visitor_days`.")
    visits: int = Field(description="How often somebody came from elsewhere.")
    page_views: int
    project_views: int
    chat_starts: int
    job_matches: int
    downloads: int
    contacts: int
    bounces: int = Field(
        description="Sessions with one page view and nothing else, however long it was seen."
    )
    bounce_rate: float | None = Field(description="Of the sessions with a page view.")
    recruiters: int = Field(description="Sessions that may be a recruiter's.")
    bots: int = Field(description="Sessions of bots.")
    stays: Stays
    by_day: list[DayVisits]
    by_hour: list[HourVisits]
    devices: _Names = Field(description=_NAMES)
    browsers: _Names = Field(description=_NAMES)
    systems: _Names = Field(description=_NAMES)
    countries: _Names = Field(description=_NAMES)
    referrers: _Names = Field(description=_NAMES)
    campaigns: _Names = Field(description=_NAMES)
    pages: _Names = Field(description=_NAMES)
    projects: _Names = Field(description=_NAMES)


class MinuteViews(BaseModel):
    """Page views of a minute."""

    minute: Moment
    page_views: int


class RealTimeVisits(BaseModel):
    """What happens now; at most ten seconds old."""

    visitors: int = Field(description="Different ones who did something in the last 5 minutes.")
    page_views: int = Field(description="In the last 5 minutes.")
    by_minute: list[MinuteViews] = Field(
        description="Every minute that the last 30 have a part in, the oldest first."
    )
    pages: _Names = Field(
        description="Views in the last 30 to 35 minutes: from a full five minutes on. Null for who "
        "has no token."
    )


class ScorePart(BaseModel):
    """What one kind of interest adds to the score."""

    name: str
    points: float | None = Field(description="Mean over sessions.")
    most: int = Field(description="The most that a session can have for it.")
    formula: str


class DayScore(BaseModel):
    """The mean score of a day (UTC)."""

    day: date
    score: float | None


class Engagement(DaysTold):
    """How much visitors were interested, from 0 to 100."""

    sessions: int
    score: float | None = Field(description="Mean of the sessions' scores; the sum of `parts`.")
    parts: list[ScorePart]
    by_day: list[DayScore]


class FunnelCount(BaseModel):
    """How many sessions did this, whatever else they did."""

    step: FunnelStep
    sessions: int
    share: float | None = Field(description="Of all sessions.")


class Funnel(DaysTold):
    """How far visitors went."""

    steps: list[FunnelCount]
