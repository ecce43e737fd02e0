"""What happens now: sums of the last minutes, and the events that are in no sum yet.

Visitors who are different cannot be summed: the events of five minutes are read for them, found by
their numbers, of which the sums know from where on to look.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from portfolio.cache_policy import VISITOR_REAL_TIME
from portfolio.caching.flask_adapter import cache_statistics
from portfolio.extensions import db
from portfolio.schemas.visit_statistics import MinuteViews, RealTimeVisits, ValueCount

_MINUTE, _NOW, _SHOWN = timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30)
_MOST = 20
_MINUTES = 31
"""That half an hour has a part in."""
_PAGES_APART = timedelta(minutes=5)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
OF_MINUTES = text("""
SELECT number AS summed, start, first_number, page_views
FROM visitor_rollups LEFT JOIN visitor_minutes ON start >= :first
""")
OF_EVENTS = text("""
SELECT minute, count(*) FILTER (WHERE is_view AND number > :summed) AS new_views,
    count(*) FILTER (WHERE is_view AND is_late) AS views,
    count(DISTINCT session_id) FILTER (WHERE is_late) AS visitors
FROM (
    SELECT number, date_bin('1 minute', at, '2000-01-01T00:00Z') AS minute, session_id,
        kind = 'page_view' AS is_view, at > :lately AS is_late
    FROM visitor_events WHERE number > :after AND at >= :first AND NOT is_bot
) AS events
GROUP BY GROUPING SETS ((minute), ()) ORDER BY minute NULLS FIRST
""")
OF_PAGES = text("""
SELECT path, CAST(sum(page_views) AS bigint) AS views
FROM (
    SELECT path, page_views FROM visitor_recent_pages WHERE start >= :first
    UNION ALL
    SELECT path, 1 FROM visitor_events
    WHERE number > coalesce((SELECT number FROM visitor_rollups), 0) AND at >= :first
        AND kind = 'page_view' AND path IS NOT NULL AND NOT is_bot
) AS views
GROUP BY path ORDER BY sum(page_views) DESC, path LIMIT :most
""")


@cache_statistics(VISITOR_REAL_TIME)
def real_time_visits() -> dict[str, Any]:
    """The last minutes, in the shape of the schema."""
    now = datetime.now(UTC)
    first, lately = _begin(now - _SHOWN, _MINUTE), now - _NOW
    minutes = db.session.execute(OF_MINUTES, {"first": first}).all()
    summed = minutes[0].summed if minutes else 0
    of_now = [row.first_number for row in minutes if row.start and row.start > lately - _MINUTE]
    chosen = {"summed": summed, "after": min(of_now, default=summed + 1) - 1}
    found = db.session.execute(OF_EVENTS, {**chosen, "first": first, "lately": lately})
    whole, *news = found.all()
    views = Counter({row.start: row.page_views for row in minutes})
    views.update({row.minute: row.new_views for row in news})
    since = _begin(now - _SHOWN, _PAGES_APART)
    pages = db.session.execute(OF_PAGES, {"first": since, "most": _MOST})
    shown = [first + number * _MINUTE for number in range(_MINUTES)]
    told = RealTimeVisits(
        visitors=whole.visitors,
        page_views=whole.views,
        by_minute=[MinuteViews(minute=minute, page_views=views[minute]) for minute in shown],
        pages=[ValueCount(name=row.path, count=row.views) for row in pages],
    )
    return told.model_dump(mode="json")


def _begin(moment: datetime, length: timedelta) -> datetime:
    """Of the stretch of this length in which a moment lies."""
    return moment - (moment - _EPOCH) % length
