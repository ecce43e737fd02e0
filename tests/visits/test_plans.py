"""Statistics of visits are read by indexes, when there is so much that the planner has a choice."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from apiflask import APIFlask
from sqlalchemy import text

from portfolio.extensions import db
from portfolio.services.periods import Period
from portfolio.services.visits.real_time import OF_EVENTS, OF_MINUTES, OF_PAGES
from portfolio.services.visits.statistics import OF_QUARTERS, OF_VALUES, of_stretches

MANY = """
INSERT INTO visitor_events (event_id, kind, at, session_id, path, is_entrance, device, browser,
    system, is_bot)
SELECT CAST(lpad(to_hex(n), 32, '0') AS uuid), 'page_view',
    now() - interval '100 days' * (1 - n / 100000.0), CAST(lpad(to_hex(n), 32, '0') AS uuid),
    '/' || n % 50, true, 'desktop', 'Firefox', 'Linux', false
FROM generate_series(1, 100000) n;
INSERT INTO visitor_quarters SELECT start,
    1, 1, 1, 1, 1, 1, 1, 1, 1
FROM generate_series(now() - interval '400 days', now(), interval '15 minutes') start;
INSERT INTO visitor_days SELECT day, 9, 1, 1, 9, 9, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
FROM generate_series(current_date - 5000, current_date, interval '1 day') day;
INSERT INTO visitor_minutes SELECT start, 1, 1
FROM generate_series(now() - interval '1 year', now(), interval '1 hour') start;
INSERT INTO visitor_recent_pages SELECT start, '/' || n, 1
FROM generate_series(now() - interval '1 year', now(), interval '1 day') start,
    generate_series(1, 20) n;
INSERT INTO visitor_rollups SELECT 1, max(number) - 100, current_date FROM visitor_events;
INSERT INTO visitor_values SELECT dimension, day, '/' || n, n
FROM unnest(ARRAY['page', 'device', 'referrer', 'country']) dimension,
    generate_series(current_date - 400, current_date, interval '1 day') day,
    generate_series(1, 20) n;
ANALYZE
"""
TABLES = (
    "visitor_events, visitor_quarters, visitor_days, visitor_values, visitor_minutes, "
    "visitor_recent_pages, visitor_rollups"
)


def plan(statement: Any, **values: Any) -> str:
    explained = text(f"EXPLAIN {statement.text}").bindparams(*statement._bindparams.values())
    return "\n".join(db.session.scalars(explained, values))


@pytest.fixture
def many(app: APIFlask, environment: dict[str, str]) -> Iterator[None]:
    """Enough for the planner to have a choice; a hundred thousand events, and years of sums."""
    with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(MANY)
        yield
        connection.execute(f"TRUNCATE {TABLES}")
        connection.execute(f"ANALYZE {TABLES}")


def test_plans_go_by_indexes_when_there_is_much(app: APIFlask, many: None) -> None:
    now = datetime.now(UTC)
    days = {"first": now.date() - timedelta(days=29), "last": now.date()}
    stretches = Period(days["first"], days["last"], "Europe/Berlin").stretches()
    recent = {"first": now - timedelta(minutes=30)}
    of_days = text("SELECT * FROM visitor_days WHERE day BETWEEN :first AND :last")
    with app.app_context():
        number = db.session.scalar(text("SELECT max(number) - 100 FROM visitor_events"))
        assert "pk_visitor_quarters" in plan(OF_QUARTERS, **of_stretches(stretches))
        assert "pk_visitor_values" in plan(OF_VALUES, **days, most=20)
        assert "pk_visitor_minutes" in plan(OF_MINUTES, **recent)
        chosen = {"summed": number, "after": number, "lately": now}
        assert "pk_visitor_events" in plan(OF_EVENTS, **recent, **chosen)
        of_pages = plan(OF_PAGES, **recent, most=20)
        assert "pk_visitor_recent_pages" in of_pages
        assert "pk_visitor_events" in of_pages
        assert "pk_visitor_days" in plan(of_days, **days)
        db.session.rollback()
