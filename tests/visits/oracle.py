"""What sums of visits have to be, counted from events alone in a way of its own."""

from datetime import datetime
from typing import Any

from sqlalchemy import text

from portfolio.extensions import db

TABLES = (
    *("visitor_events", "visitor_sessions", "visitor_quarters", "visitor_days"),
    *("visitor_values", "visitor_minutes", "visitor_recent_pages"),
    *("visitor_rollups", "visitor_recounts"),
)
QUARTERS = """
SELECT to_timestamp(floor(extract(epoch FROM at) / 900) * 900) AS start,
    sum(CAST(is_entrance AS integer)) AS visits,
    count(*) FILTER (WHERE kind = 'page_view') AS page_views,
    count(*) FILTER (WHERE kind = 'project_view') AS project_views,
    count(*) FILTER (WHERE kind = 'chat_start') AS chat_starts,
    count(*) FILTER (WHERE kind = 'job_match') AS job_matches,
    count(*) FILTER (WHERE kind = 'download') AS downloads,
    count(*) FILTER (WHERE kind = 'contact') AS contacts,
    count(duration_ms) AS durations, coalesce(sum(duration_ms), 0) AS duration_ms
FROM visitor_events WHERE NOT is_bot GROUP BY 1 ORDER BY 1
"""
PER_SESSION = """
SELECT CAST(at AT TIME ZONE 'UTC' AS date) AS day, session_id, bool_or(is_bot) AS is_bot,
    count(*) FILTER (WHERE is_entrance) AS visits,
    count(*) FILTER (WHERE kind = 'page_view') AS pages,
    count(*) FILTER (WHERE kind = 'project_view') AS projects,
    count(*) FILTER (WHERE kind = 'chat_start') AS chats,
    count(*) FILTER (WHERE kind = 'job_match') AS matches,
    count(*) FILTER (WHERE kind = 'download') AS downloads,
    count(*) FILTER (WHERE kind = 'contact') AS contacts,
    coalesce(sum(duration_ms), 0) AS ms,
    min(browser) AS browser, min(country) AS country
FROM visitor_events GROUP BY 1, 2
"""
SESSIONS_OF_DAYS = f"""
SELECT day, count(*) FILTER (WHERE NOT is_bot) AS visitors,
    count(*) FILTER (WHERE is_bot) AS bots,
    coalesce(sum(visits) FILTER (WHERE NOT is_bot), 0) AS visits,
    coalesce(sum(pages) FILTER (WHERE NOT is_bot), 0) AS page_views,
    count(*) FILTER (WHERE NOT is_bot AND pages = 1
        AND greatest(projects, chats, matches, downloads, contacts) = 0) AS bounces,
    count(*) FILTER (WHERE NOT is_bot AND projects > 0) AS project_viewers,
    count(*) FILTER (WHERE NOT is_bot AND chats > 0) AS chatters,
    count(*) FILTER (WHERE NOT is_bot AND matches > 0) AS matchers,
    count(*) FILTER (WHERE NOT is_bot AND contacts > 0) AS contacters,
    count(*) FILTER (WHERE NOT is_bot AND ms > 0) AS stayers,
    coalesce(sum(ms) FILTER (WHERE NOT is_bot), 0) AS duration_ms,
    coalesce(sum(least(pages, 5)) FILTER (WHERE NOT is_bot), 0) AS scored_pages
FROM ({PER_SESSION}) AS sessions GROUP BY day ORDER BY day
"""
VALUES = f"""
SELECT 'page' AS dimension, CAST(at AT TIME ZONE 'UTC' AS date) AS day, path AS value,
    count(*) AS count
FROM visitor_events WHERE kind = 'page_view' AND path IS NOT NULL AND NOT is_bot GROUP BY 2, 3
UNION ALL SELECT 'browser', day, browser, count(*) FROM ({PER_SESSION}) AS s
WHERE NOT is_bot GROUP BY 2, 3
UNION ALL SELECT 'country', day, country, count(*) FROM ({PER_SESSION}) AS s
WHERE NOT is_bot AND country IS NOT NULL GROUP BY 2, 3
ORDER BY 1, 2, 3
"""
KEPT_VALUES = """
SELECT dimension, day, value, count FROM visitor_values
WHERE dimension IN ('page', 'browser', 'country') ORDER BY 1, 2, 3
"""
MINUTES = """
SELECT date_trunc('minute', at) AS start, min(number) AS first_number,
    count(*) FILTER (WHERE kind = 'page_view') AS page_views
FROM visitor_events WHERE NOT is_bot AND at >= '{recent}' GROUP BY 1 ORDER BY 1
"""
RECENT_PAGES = """
SELECT to_timestamp(floor(extract(epoch FROM at) / 300) * 300) AS start, path,
    count(*) AS page_views
FROM visitor_events
WHERE kind = 'page_view' AND path IS NOT NULL AND NOT is_bot AND at >= '{recent}'
GROUP BY 1, 2 ORDER BY 1, 2
"""


def found(statement: str) -> list[dict[str, Any]]:
    rows = [dict(row) for row in db.session.execute(text(statement)).mappings()]
    db.session.commit()
    return rows


def kept(table: str, like: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = found(f"SELECT * FROM {table} ORDER BY 1")
    return [{name: row[name] for name in like[0]} for row in rows] if like else rows


def check_sums() -> None:
    for table, oracle in (("visitor_quarters", QUARTERS), ("visitor_days", SESSIONS_OF_DAYS)):
        expected = found(oracle)
        assert kept(table, expected) == expected
    assert found(KEPT_VALUES) == found(VALUES)


def check_minutes(recent: datetime) -> None:
    """Of those from a moment on, with which five minutes begin."""
    for table, oracle in (("visitor_minutes", MINUTES), ("visitor_recent_pages", RECENT_PAGES)):
        assert found(f"SELECT * FROM {table} ORDER BY 1, 2") == found(oracle.format(recent=recent))


def empty() -> None:
    with db.engine.begin() as connection:
        for table in TABLES:
            connection.execute(text(f"DELETE FROM {table}"))
