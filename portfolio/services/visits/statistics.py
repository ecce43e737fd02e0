"""The numbers of visits: read from sums alone, however many events there are."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, select, text

from portfolio.cache_policy import VISITOR_ENGAGEMENT, VISITOR_FUNNEL, VISITOR_STATISTICS
from portfolio.caching.flask_adapter import cache_statistics
from portfolio.extensions import db
from portfolio.models import Project, VisitorDay
from portfolio.schemas.visit_statistics import (
    DayScore,
    DayVisits,
    Engagement,
    Funnel,
    FunnelCount,
    HourVisits,
    ScorePart,
    Stays,
    ValueCount,
    VisitorStatistics,
)
from portfolio.services.periods import Period, Stretch, choose_period
from portfolio.services.quotients import ratio
from portfolio.services.visits.scoring import PARTS
from portfolio.vocabulary import FunnelStep, VisitDimension

MOST = 20
_HOUR = timedelta(hours=1)
_ORIGIN = datetime(2000, 1, 1, tzinfo=UTC)
LISTS = {
    VisitDimension.DEVICE: "devices",
    VisitDimension.BROWSER: "browsers",
    VisitDimension.SYSTEM: "systems",
    VisitDimension.COUNTRY: "countries",
    VisitDimension.REFERRER: "referrers",
    VisitDimension.CAMPAIGN: "campaigns",
    VisitDimension.PAGE: "pages",
    VisitDimension.PROJECT: "projects",
}
"""Under which name the values of a dimension are told."""
_STEPS = {
    FunnelStep.VISIT: "visitors",
    FunnelStep.PROJECT: "project_viewers",
    FunnelStep.CHAT: "chatters",
    FunnelStep.JOB_MATCH: "matchers",
    FunnelStep.CONTACT: "contacters",
}
_COUNTED = (
    *("visits", "page_views", "project_views", "chat_starts", "job_matches"),
    *("downloads", "contacts", "durations", "duration_ms"),
)
# Clocks are put right by addition, which costs a fraction of what a zone's name does for each row.
OF_QUARTERS = text(f"""
SELECT day, hour, {", ".join(f"coalesce(sum({name}), 0) AS {name}" for name in _COUNTED)}
FROM (
    SELECT quarters.*, date_bin('1 day', start + ahead, :origin) AS day,
        date_bin('1 hour', start + ahead, :origin)
            - date_bin('1 day', start + ahead, :origin) AS hour
    FROM unnest(
        CAST(:begins AS timestamptz[]), CAST(:ends AS timestamptz[]), CAST(:aheads AS interval[])
    ) AS stretches (begin_at, end_at, ahead)
    JOIN visitor_quarters AS quarters ON start >= begin_at AND start < end_at
) AS quarters
GROUP BY GROUPING SETS ((day), (hour), ())
""")  # noqa: S608 - names of ours
OF_VALUES = text("""
SELECT dimension, value, count FROM (
    SELECT dimension, value, sum(count) AS count,
        row_number() OVER (PARTITION BY dimension ORDER BY sum(count) DESC, value) AS place
    FROM visitor_values WHERE dimension IN :dimensions AND day BETWEEN :first AND :last
    GROUP BY dimension, value
) AS placed
WHERE place <= :most ORDER BY dimension, place
""").bindparams(bindparam("dimensions", [str(each) for each in LISTS], expanding=True))


@cache_statistics(VISITOR_STATISTICS)
def visitor_statistics(
    *,
    days: int | None = None,
    first: str | None = None,
    last: str | None = None,
    zone: str | None = None,
) -> dict[str, Any]:
    """All numbers of these days, in the shape of the schema.

    What is told of visitors is told by days of UTC: on those alone a visitor is known.
    """
    period = choose_period(days, first, last, zone)
    by_day, by_hour, whole = _count_quarters(period)
    people = _days_of(period)
    sums = _sum(people)
    visitors = {row.day: row.visitors for row in people}
    told = VisitorStatistics(
        **period.told(),
        **{name: getattr(whole, name) for name in _COUNTED[:7]},
        visitor_days=sums["visitors"],
        sessions=sums["visitors"],
        **{name: sums[name] for name in ("bounces", "recruiters", "bots")},
        bounce_rate=ratio(sums["bounces"], sums["viewers"]),
        stays=Stays(
            visitors=sums["stayers"],
            mean_seconds=ratio(sums["duration_ms"] / 1000, sums["stayers"], 1),
            mean_page_seconds=ratio(whole.duration_ms / 1000, whole.durations, 1),
        ),
        by_day=[_day(day, visitors.get(day, 0), by_day.get(day)) for day in period.days()],
        by_hour=[_hour(hour, by_hour.get(hour)) for hour in range(24)],
        **_list_values(period),
    )
    return told.model_dump(mode="json")


@cache_statistics(VISITOR_ENGAGEMENT)
def visitor_engagement(
    *,
    days: int | None = None,
    first: str | None = None,
    last: str | None = None,
    zone: str | None = None,
) -> dict[str, Any]:
    """How much visitors were interested, in the shape of the schema."""
    period = choose_period(days, first, last, zone)
    people = _days_of(period)
    sums = _sum(people)
    scored = {row.day: _score(_sum([row])) for row in people}
    told = Engagement(
        **period.told(),
        sessions=sums["visitors"],
        score=_score(sums),
        parts=[
            ScorePart(
                name=part.name,
                points=ratio(part.weight * sums[part.column], sums["visitors"], 2),
                most=part.most,
                formula=part.formula,
            )
            for part in PARTS
        ],
        by_day=[DayScore(day=day, score=scored.get(day)) for day in period.days()],
    )
    return told.model_dump(mode="json")


@cache_statistics(VISITOR_FUNNEL)
def visitor_funnel(
    *,
    days: int | None = None,
    first: str | None = None,
    last: str | None = None,
    zone: str | None = None,
) -> dict[str, Any]:
    """How many sessions went how far, in the shape of the schema."""
    period = choose_period(days, first, last, zone)
    sums = _sum(_days_of(period))
    steps = [
        FunnelCount(step=step, sessions=sums[name], share=ratio(sums[name], sums["visitors"]))
        for step, name in _STEPS.items()
    ]
    return Funnel(**period.told(), steps=steps).model_dump(mode="json")


def of_stretches(stretches: Sequence[Stretch]) -> dict[str, Any]:
    """The values of `OF_QUARTERS`."""
    return {
        "origin": _ORIGIN,
        "begins": [each.begin for each in stretches],
        "ends": [each.end for each in stretches],
        "aheads": [each.ahead for each in stretches],
    }


def _count_quarters(period: Period) -> tuple[dict[date, Any], dict[int, Any], Any]:
    rows = db.session.execute(OF_QUARTERS, of_stretches(period.stretches())).all()
    by_day = {row.day.astimezone(UTC).date(): row for row in rows if row.day is not None}
    by_hour = {row.hour // _HOUR: row for row in rows if row.hour is not None}
    return by_day, by_hour, next(row for row in rows if row.day is None and row.hour is None)


def _days_of(period: Period) -> Sequence[Row[Any]]:
    days = VisitorDay.__table__
    return db.session.execute(
        select(days).where(days.c.day.between(period.first, period.last))
    ).all()


def _sum(rows: Sequence[Row[Any]]) -> dict[str, int]:
    names = [column.name for column in VisitorDay.__table__.columns if column.name != "day"]
    return {name: sum(getattr(row, name) for row in rows) for name in names}


def _score(sums: dict[str, int]) -> float | None:
    return ratio(sum(part.weight * sums[part.column] for part in PARTS), sums["visitors"], 1)


def _day(day: date, visitors: int, row: Any) -> DayVisits:
    visits, views = (row.visits, row.page_views) if row else (0, 0)
    return DayVisits(day=day, visitors=visitors, visits=visits, page_views=views)


def _hour(hour: int, row: Any) -> HourVisits:
    visits, views = (row.visits, row.page_views) if row else (0, 0)
    return HourVisits(hour=hour, visits=visits, page_views=views)


def _list_values(period: Period) -> dict[str, list[ValueCount]]:
    values = {"first": period.first, "last": period.last, "most": MOST}
    lists: dict[str, list[ValueCount]] = {name: [] for name in LISTS.values()}
    for dimension, value, count in db.session.execute(OF_VALUES, values):
        lists[LISTS[dimension]].append(ValueCount(name=value, count=count))
    lists["projects"] = _with_slugs(lists["projects"])
    return lists


def _with_slugs(counts: list[ValueCount]) -> list[ValueCount]:
    """With the names that projects have now; those that are no more keep their id."""
    known = select(Project.id, Project.slug).where(Project.id.in_([each.name for each in counts]))
    slugs = {str(number): slug for number, slug in db.session.execute(known)}
    return [ValueCount(name=slugs.get(each.name, each.name), count=each.count) for each in counts]
