"""The business numbers of projects. An empty set has nulls where a number would be a lie."""

from pydantic import BaseModel

from portfolio.vocabulary import Difficulty, Status


class Spread(BaseModel):
    """How values lie; all null when there are none."""

    count: int
    mean: float | None
    min: int | None
    max: int | None
    median: float | None


class Durations(Spread):
    """Days from start to end of finished projects; those that go on are only counted."""

    ongoing: int


class TechnologyCount(BaseModel):
    """How many projects use a technology, in its commonest spelling."""

    name: str
    count: int


class YearActivity(BaseModel):
    """How many projects started and were completed in a year."""

    year: int
    started: int
    completed: int


class ProjectStatistics(BaseModel):
    """Numbers of all public projects, or of one profile's."""

    total: int
    featured: int
    open_source: int
    by_status: dict[Status, int]
    by_difficulty: dict[Difficulty, int]
    by_technology: list[TechnologyCount]
    complexity: Spread
    duration_days: Durations
    by_year: list[YearActivity]
