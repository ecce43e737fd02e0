"""What happens now: of the last minutes no sums are made, so their own events are read.

They are found by their numbers, of which the sums know from where on to look.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select, text

from portfolio.cache_policy import VISITOR_REAL_TIME
from portfolio.caching.flask_adapter import cache_statistics
from portfolio.extensions import db
from portfolio.models import VisitorQuarter, VisitorRollup
from portfolio.schemas.visit_statistics import MinuteViews, RealTimeVisits, ValueCount

_NOW, _SHOWN = timedelta(minutes=5), timedelta(minutes=30)
_QUARTER = timedelta(minutes=15)
_MOST = 20
_MINUTES = 31
"""That half an hour has a part in."""
OF_LAST_MINUTES = text("""
SELECT minute, path, count(*) AS views
FROM (
    SELECT date_bin('1 minute', at, '2000-01-01T00:00Z') AS minute, path FROM visitor_events
    WHERE number > :after AND at > :since AND kind = 'page_view' AND NOT is_bot
) AS views
GROUP BY GROUPING SETS ((minute), (path))
ORDER BY minute NULLS LAST, count(*) DESC, path LIMIT :most
""")
OF_NOW = text("""
SELECT count(DISTINCT session_id) AS visitors,
    count(*) FILTER (WHERE kind = 'page_view') AS page_views
FROM visitor_events WHERE number > :after AND at > :lately AND NOT is_bot
""")


@cache_statistics(VISITOR_REAL_TIME)
def real_time_visits() -> dict[str, Any]:
    """The last minutes, in the shape of the schema."""
    now = datetime.now(UTC)
    since = now - _SHOWN
    after = _number_before(since)
    rows = db.session.execute(
        OF_LAST_MINUTES, {"after": after, "since": since, "most": _MINUTES + _MOST + 1}
    ).all()
    lately = db.session.execute(OF_NOW, {"after": after, "lately": now - _NOW}).one()
    pages = [row for row in rows if row.path is not None]
    told = RealTimeVisits(
        visitors=lately.visitors,
        page_views=lately.page_views,
        by_minute=_every_minute(since, {row.minute: row.views for row in rows if row.minute}),
        pages=[ValueCount(name=row.path, count=row.views) for row in pages[:_MOST]],
    )
    return told.model_dump(mode="json")


def _every_minute(since: datetime, views: dict[datetime, int]) -> list[MinuteViews]:
    first = since.replace(second=0, microsecond=0)
    minutes = [first + timedelta(minutes=number) for number in range(_MINUTES)]
    return [MinuteViews(minute=minute, page_views=views.get(minute, 0)) for minute in minutes]


def _number_before(moment: datetime) -> int:
    """A number below that of every event since then: of summed ones, and of those to be summed."""
    summed = db.session.scalar(select(func.max(VisitorRollup.number))) or 0
    first = db.session.scalar(
        select(func.min(VisitorQuarter.first_number)).where(
            VisitorQuarter.start > moment - _QUARTER
        )
    )
    return summed if first is None else min(summed, first - 1)
