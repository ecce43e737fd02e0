"""The numbers of job analyses: counts, levels, skills and days; nothing of what was sent."""

from typing import Any

from sqlalchemy import Date, Select, case, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute

from portfolio.extensions import db
from portfolio.models import JobAnalysis, Profile
from portfolio.schemas.job_analysis import DayCount, JobStatistics, Levels, SkillCount
from portfolio.services.periods import Period, choose_period, in_known_zone
from portfolio.services.quotients import rounded
from portfolio.vocabulary import JobState, Visibility

LEVELS = {"excellent": 90, "good": 70, "fair": 50, "low": 0}
MOST = 20
DAYS = 30
_SCORE = JobAnalysis.overall


def job_statistics(period: Period | None = None, zone: str | None = None) -> JobStatistics:
    """Numbers of what visitors had matched with what is published; reruns count as well.

    Args:
        period: only of these days; by default of all, with a trend of the last 30.
        zone: whose days those are.
    """
    level = case(
        *((bound <= _SCORE, name) for name, bound in LEVELS.items()), else_="unscored"
    ).label("level")
    rows = db.session.execute(_of_visitors(period, level, func.count()).group_by(level))
    counts: dict[str, int] = {row[0]: row[1] for row in rows}
    total, mean = db.session.execute(_of_visitors(period, func.count(), func.avg(_SCORE))).one()
    return JobStatistics(
        total=total,
        mean_overall=rounded(mean, 1),
        levels=Levels(**{name: counts.get(name, 0) for name in (*LEVELS, "unscored")}),
        most_asked=_skills(period, JobAnalysis.asked),
        most_missing=_skills(period, JobAnalysis.missing),
        trend=_trend(period or choose_period(DAYS, zone=zone)),
    )


def _of_visitors(period: Period | None, *columns: Any) -> Select[Any]:
    at = JobAnalysis.created_at
    return (
        select(*columns)
        .select_from(JobAnalysis)
        .join(Profile, Profile.id == JobAnalysis.profile_id)
        .where(
            JobAnalysis.status == JobState.DONE,
            JobAnalysis.private.is_(False),
            Profile.visibility != Visibility.DRAFT,
            *((at >= period.begin, at < period.end) if period else ()),
        )
    )


def _skills(period: Period | None, column: InstrumentedAttribute[list[str]]) -> list[SkillCount]:
    name = func.unnest(column).label("name")
    names = _of_visitors(period, name).subquery()
    rows = db.session.execute(
        select(names.c.name, func.count())
        .group_by(names.c.name)
        .order_by(func.count().desc(), names.c.name)
        .limit(MOST)
    )
    return [SkillCount(name=name, count=count) for name, count in rows]


def _trend(period: Period) -> list[DayCount]:
    day = cast(func.timezone(period.zone, JobAnalysis.created_at), Date).label("day")
    each = _of_visitors(period, day, _SCORE).subquery()
    trend = select(each.c.day, func.count(), func.avg(each.c.overall)).group_by(each.c.day)
    trend = trend.order_by(each.c.day)
    with in_known_zone():
        rows = db.session.execute(trend).all()
    return [
        DayCount(day=day.isoformat(), count=count, overall=rounded(mean, 1))
        for day, count, mean in rows
    ]
