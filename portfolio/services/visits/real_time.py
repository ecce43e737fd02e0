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
from portfolio.schemas.visit_statistics import RealTimeVisits

_NOW, _SHOWN = timedelta(minutes=5), timedelta(minutes=30)
_QUARTER = timedelta(minutes=15)
_MOST = 20
OF_LAST_MINUTES = text("""
WITH recent AS MATERIALIZED (
    SELECT at, session_id, kind, path FROM visitor_events
    WHERE number > :after AND at > :since AND NOT is_bot
), minutes AS (
    SELECT date_trunc('minute', at) AS minute, count(*) AS page_views
    FROM recent WHERE kind = 'page_view' GROUP BY 1 ORDER BY 1
), pages AS (
    SELECT path AS name, count(*) AS count
    FROM recent WHERE kind = 'page_view' AND path IS NOT NULL
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT :most
)
SELECT
    (SELECT count(DISTINCT session_id) FROM recent WHERE at > :lately) AS visitors,
    (SELECT count(*) FROM recent WHERE at > :lately AND kind = 'page_view') AS page_views,
    (SELECT coalesce(json_agg(minutes), '[]') FROM minutes) AS by_minute,
    (SELECT coalesce(json_agg(pages), '[]') FROM pages) AS pages
""")


@cache_statistics(VISITOR_REAL_TIME)
def real_time_visits() -> dict[str, Any]:
    """The last minutes, in the shape of the schema."""
    now = datetime.now(UTC)
    since = now - _SHOWN
    values = {"after": _number_before(since), "since": since, "lately": now - _NOW, "most": _MOST}
    row = db.session.execute(OF_LAST_MINUTES, values).one()
    return RealTimeVisits.model_validate(dict(row._mapping)).model_dump(mode="json")


def _number_before(moment: datetime) -> int:
    """A number below that of every event since then: of summed ones, and of those to be summed."""
    summed = db.session.scalar(select(func.max(VisitorRollup.number))) or 0
    first = db.session.scalar(
        select(func.min(VisitorQuarter.first_number)).where(
            VisitorQuarter.start > moment - _QUARTER
        )
    )
    return summed if first is None else min(summed, first - 1)
