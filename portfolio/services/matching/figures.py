"""The numbers of job analyses: counts, levels, skills and days; nothing of what was sent."""

from typing import Any

from sqlalchemy import Date, Select, case, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute

from portfolio.extensions import db
from portfolio.models import JobAnalysis, Profile
from portfolio.schemas.job_analysis import DayCount, JobStatistics, Levels, SkillCount
from portfolio.vocabulary import JobState, Visibility

LEVELS = {"excellent": 90, "good": 70, "fair": 50, "low": 0}
MOST = 20
DAYS = 30
_SCORE = JobAnalysis.overall


def job_statistics() -> JobStatistics:
    """Numbers of what visitors had matched with what is published; reruns count as well."""
    level = case(
        *((bound <= _SCORE, name) for name, bound in LEVELS.items()), else_="unscored"
    ).label("level")
    rows = db.session.execute(_of_visitors(level, func.count()).group_by(level))
    counts: dict[str, int] = {row[0]: row[1] for row in rows}
    total, mean = db.session.execute(_of_visitors(func.count(), func.avg(_SCORE))).one()
    return JobStatistics(
        total=total,
        mean_overall=_rounded(mean),
        levels=Levels(**{name: counts.get(name, 0) for name in (*LEVELS, "unscored")}),
        most_asked=_skills(JobAnalysis.asked),
        most_missing=_skills(JobAnalysis.missing),
        trend=_trend(),
    )


def _of_visitors(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(JobAnalysis)
        .join(Profile, Profile.id == JobAnalysis.profile_id)
        .where(
            JobAnalysis.status == JobState.DONE,
            JobAnalysis.private.is_(False),
            Profile.visibility != Visibility.DRAFT,
        )
    )


def _skills(column: InstrumentedAttribute[list[str]]) -> list[SkillCount]:
    name = func.unnest(column).label("name")
    names = _of_visitors(name).subquery()
    rows = db.session.execute(
        select(names.c.name, func.count())
        .group_by(names.c.name)
        .order_by(func.count().desc(), names.c.name)
        .limit(MOST)
    )
    return [SkillCount(name=name, count=count) for name, count in rows]


def _trend() -> list[DayCount]:
    day = cast(func.timezone("UTC", JobAnalysis.created_at), Date).label("day")
    since = func.current_date() - DAYS
    rows = db.session.execute(
        _of_visitors(day, func.count(), func.avg(_SCORE))
        .where(day > since)
        .group_by(day)
        .order_by(day)
    )
    return [
        DayCount(day=day.isoformat(), count=count, overall=_rounded(mean))
        for day, count, mean in rows
    ]


def _rounded(mean: float | None) -> float | None:
    return None if mean is None else round(mean, 1)
