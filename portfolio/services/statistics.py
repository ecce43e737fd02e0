"""The business numbers of public projects."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from statistics import fmean, median
from typing import Any, NamedTuple

from sqlalchemy import select

from portfolio.cache_policy import PROJECT_STATISTICS
from portfolio.caching.flask_adapter import cache_statistics
from portfolio.extensions import db
from portfolio.models import Profile, Project
from portfolio.schemas.statistics import (
    Durations,
    ProjectStatistics,
    Spread,
    TechnologyCount,
    YearActivity,
)
from portfolio.services.content.projects import is_listed
from portfolio.vocabulary import Difficulty, Status


class Facts(NamedTuple):
    """What the statistics know of one project."""

    status: str
    difficulty: str | None
    featured: bool
    open_source: bool
    complexity: int | None
    start_date: date | None
    end_date: date | None
    technologies: Sequence[str]


@cache_statistics(PROJECT_STATISTICS)
def project_statistics(*, profile: str | None) -> dict[str, Any]:
    """The statistics of all public projects, or of one profile's, in the shape of the schema.

    They say nothing that depends on today's date: a cached answer stays right for ever.
    """
    columns = (getattr(Project, name) for name in Facts._fields)
    statement = select(*columns).join(Project.profile).where(is_listed())
    if profile is not None:
        statement = statement.where(Profile.slug == profile)
    facts = [Facts(*row) for row in db.session.execute(statement)]
    return summarize(facts).model_dump(mode="json")


def summarize(facts: Sequence[Facts]) -> ProjectStatistics:
    """The statistics of these projects."""
    statuses = Counter(fact.status for fact in facts)
    difficulties = Counter(fact.difficulty for fact in facts)
    return ProjectStatistics(
        total=len(facts),
        featured=sum(fact.featured for fact in facts),
        open_source=sum(fact.open_source for fact in facts),
        by_status={status: statuses[status] for status in Status},
        by_difficulty={difficulty: difficulties[difficulty] for difficulty in Difficulty},
        by_technology=_count_technologies(facts),
        complexity=Spread(**_spread([f.complexity for f in facts if f.complexity is not None])),
        duration_days=Durations(
            **_spread([days for fact in facts if (days := _days(fact)) is not None]),
            ongoing=sum(f.start_date is not None and f.end_date is None for f in facts),
        ),
        by_year=_count_years(facts),
    )


def _days(fact: Facts) -> int | None:
    if fact.start_date is None or fact.end_date is None:
        return None
    return (fact.end_date - fact.start_date).days


def _spread(values: Sequence[int]) -> dict[str, Any]:
    if not values:
        return {"count": 0, "mean": None, "min": None, "max": None, "median": None}
    return {
        "count": len(values),
        "mean": round(fmean(values), 2),
        "min": min(values),
        "max": max(values),
        "median": float(median(values)),
    }


def _count_technologies(facts: Iterable[Facts]) -> list[TechnologyCount]:
    spellings: dict[str, Counter[str]] = {}
    for fact in facts:
        for name in {word.casefold(): word for word in fact.technologies}.values():
            spellings.setdefault(name.casefold(), Counter())[name] += 1
    counts = [
        TechnologyCount(
            # The commonest spelling; of equally common ones the first by code points.
            name=min(counter, key=lambda name: (-counter[name], name)),
            count=counter.total(),
        )
        for counter in spellings.values()
    ]
    return sorted(counts, key=lambda item: (-item.count, item.name.casefold(), item.name))


def _count_years(facts: Iterable[Facts]) -> list[YearActivity]:
    started = Counter(fact.start_date.year for fact in facts if fact.start_date is not None)
    completed = Counter(
        fact.end_date.year
        for fact in facts
        if fact.end_date is not None and fact.status == Status.COMPLETED
    )
    return [
        YearActivity(year=year, started=started[year], completed=completed[year])
        for year in sorted(started.keys() | completed.keys())
    ]
