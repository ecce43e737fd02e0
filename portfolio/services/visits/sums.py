"""The statements that make sums of visits: added from events, and made anew from a day's sessions.

What is added is an event's own; what depends on all that a visitor did on a day is made anew.
"""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, text

from portfolio.vocabulary import VisitDimension

MOST_VALUES = 1000
"""Values of one dimension that are kept of a day that is over: the most frequent ones."""
PAGES_SCORED, PROJECTS_SCORED, MS_SCORED = 5, 3, 600_000
"""How much of each counts in the score of a session: see docs/visitors.md."""
_PARTS = 6
"""Of a day, so that no statement takes long, however much happened on it."""
_OF_EVENTS = (VisitDimension.PAGE, VisitDimension.PROJECT)
_OF_SESSIONS = tuple(kind for kind in VisitDimension if kind not in _OF_EVENTS)
_SUMMED = (
    *("visits", "page_views", "project_views", "chat_starts", "job_matches"),
    *("downloads", "contacts", "durations", "duration_ms"),
)
_NEW = "number > :after AND number <= :upto AND NOT is_bot"
_NEW_TODAY = f"{_NEW} AND at >= :begin"
# Not by the index of numbers, which a plan without values would take for the narrower one.
_OF_PART = "number + 0 <= :upto AND at >= :begin AND at < :end AND NOT is_bot"

_QUARTERS = f"""
INSERT INTO visitor_quarters AS kept (start, {", ".join(_SUMMED)})
SELECT
    date_bin('15 minutes', at, '2000-01-01T00:00Z') AS start,
    count(*) FILTER (WHERE is_entrance),
    count(*) FILTER (WHERE kind = 'page_view'), count(*) FILTER (WHERE kind = 'project_view'),
    count(*) FILTER (WHERE kind = 'chat_start'), count(*) FILTER (WHERE kind = 'job_match'),
    count(*) FILTER (WHERE kind = 'download'), count(*) FILTER (WHERE kind = 'contact'),
    count(*) FILTER (WHERE kind = 'duration'), coalesce(sum(duration_ms), 0)
FROM visitor_events WHERE {{chosen}}
GROUP BY 1
ON CONFLICT (start) DO UPDATE SET
    {", ".join(f"{name} = kept.{name} + excluded.{name}" for name in _SUMMED)}
"""  # noqa: S608 - names of ours
_VALUES = """
INSERT INTO visitor_values AS kept (dimension, day, value, count)
SELECT dimension, CAST(at AT TIME ZONE 'UTC' AS date), value, count(*)
FROM visitor_events CROSS JOIN LATERAL (
    VALUES ('page', 'page_view', path), ('project', 'project_view', CAST(project_id AS text))
) AS named (dimension, of_kind, value)
WHERE kind = of_kind AND value IS NOT NULL AND {chosen}
GROUP BY 1, 2, 3
ON CONFLICT (dimension, day, value) DO UPDATE SET count = kept.count + excluded.count
"""
_MINUTES = """
INSERT INTO visitor_minutes AS kept (start, first_number, page_views)
SELECT date_bin('1 minute', at, '2000-01-01T00:00Z') AS start, min(number),
    count(*) FILTER (WHERE kind = 'page_view')
FROM visitor_events WHERE {chosen} AND at >= :recent
GROUP BY 1
ON CONFLICT (start) DO UPDATE SET
    first_number = least(kept.first_number, excluded.first_number),
    page_views = kept.page_views + excluded.page_views
"""
_RECENT_PAGES = """
INSERT INTO visitor_recent_pages AS kept (start, path, page_views)
SELECT date_bin('5 minutes', at, '2000-01-01T00:00Z') AS start, path, count(*)
FROM visitor_events
WHERE kind = 'page_view' AND path IS NOT NULL AND {chosen} AND at >= :recent
GROUP BY 1, 2
ON CONFLICT (start, path) DO UPDATE SET page_views = kept.page_views + excluded.page_views
"""

_OF_DAYS, _OF_NOW = (_QUARTERS, _VALUES), (_MINUTES, _RECENT_PAGES)
_ADD_NEW = (
    *(text(each.format(chosen=_NEW_TODAY)) for each in _OF_DAYS),
    # What happens now began yesterday, too, and does not wait until that day is summed anew.
    *(text(each.format(chosen=_NEW)) for each in _OF_NOW),
)
_ADD_PART = tuple(text(each.format(chosen=_OF_PART)) for each in (*_OF_DAYS, *_OF_NOW))

_FORGET_BY_TIME = tuple(
    text(f"DELETE FROM {table} WHERE start >= :begin AND start < :end")  # noqa: S608 - ours
    for table in ("visitor_quarters", "visitor_minutes", "visitor_recent_pages")
)
_FORGET_MINUTES = tuple(
    text(f"DELETE FROM {table} WHERE start < :recent")  # noqa: S608 - names of ours
    for table in ("visitor_minutes", "visitor_recent_pages")
)
_FORGET_VALUES = text(
    "DELETE FROM visitor_values WHERE day = :day AND dimension = ANY (:dimensions)"
)
_LEAVE_FREQUENT = text("""
DELETE FROM visitor_values AS kept USING (
    SELECT dimension, value, row_number() OVER (
        PARTITION BY dimension ORDER BY count DESC, value
    ) AS place
    FROM visitor_values WHERE day = :day AND dimension = ANY (:dimensions)
) AS placed
WHERE kept.day = :day AND kept.dimension = placed.dimension AND kept.value = placed.value
    AND place > :most
""")

_FORGET_DAY = text("DELETE FROM visitor_days WHERE day = :day")
_SUM_DAY = text("""
INSERT INTO visitor_days (
    day, visitors, bots, recruiters, visits, page_views, viewers, bounces,
    project_viewers, chatters, matchers, downloaders, contacters,
    stayers, duration_ms, scored_pages, scored_projects, scored_ms
)
SELECT
    day, count(*) FILTER (WHERE NOT is_bot), count(*) FILTER (WHERE is_bot),
    count(*) FILTER (WHERE NOT is_bot AND recruiter_reasons <> '{}'),
    coalesce(sum(visits) FILTER (WHERE NOT is_bot), 0),
    coalesce(sum(page_views) FILTER (WHERE NOT is_bot), 0),
    count(*) FILTER (WHERE NOT is_bot AND page_views > 0),
    count(*) FILTER (
        WHERE NOT is_bot AND page_views = 1
        AND project_views + chat_starts + job_matches + downloads + contacts = 0
    ),
    count(*) FILTER (WHERE NOT is_bot AND project_views > 0),
    count(*) FILTER (WHERE NOT is_bot AND chat_starts > 0),
    count(*) FILTER (WHERE NOT is_bot AND job_matches > 0),
    count(*) FILTER (WHERE NOT is_bot AND downloads > 0),
    count(*) FILTER (WHERE NOT is_bot AND contacts > 0),
    count(*) FILTER (WHERE NOT is_bot AND duration_ms > 0),
    coalesce(sum(duration_ms) FILTER (WHERE NOT is_bot), 0),
    coalesce(sum(least(page_views, :pages)) FILTER (WHERE NOT is_bot), 0),
    coalesce(sum(least(project_views, :projects)) FILTER (WHERE NOT is_bot), 0),
    coalesce(sum(least(duration_ms, :ms)) FILTER (WHERE NOT is_bot), 0)
FROM visitor_sessions WHERE day = :day
GROUP BY day
""")
_COUNT_SESSIONS = text("""
INSERT INTO visitor_values (dimension, day, value, count)
SELECT dimension, day, value, count(*)
FROM visitor_sessions CROSS JOIN LATERAL (
    VALUES ('device', device), ('browser', browser), ('system', system), ('country', country),
        ('referrer', referrer_host), ('campaign', utm_source)
) AS named (dimension, value)
WHERE day = :day AND NOT is_bot AND value IS NOT NULL
GROUP BY 1, 2, 3
""")


def add_events(
    connection: Connection, after: int, upto: int, begin: datetime, recent: datetime
) -> None:
    """Add the events with these numbers.

    Args:
        begin: of today; earlier ones are added to the sums of minutes alone.
        recent: from when on sums of single minutes are kept.
    """
    chosen = {"after": after, "upto": upto, "begin": begin, "recent": recent}
    for statement in _ADD_NEW:
        connection.execute(statement, chosen)


def forget_minutes(connection: Connection, recent: datetime) -> None:
    """Delete the sums of single minutes that began before."""
    for statement in _FORGET_MINUTES:
        connection.execute(statement, {"recent": recent})


def sum_sessions(connection: Connection, day: date) -> None:
    """Make anew what depends on all that the visitors of a day did."""
    dimensions = list(_OF_SESSIONS)
    connection.execute(_FORGET_DAY, {"day": day})
    scored = {"pages": PAGES_SCORED, "projects": PROJECTS_SCORED, "ms": MS_SCORED}
    connection.execute(_SUM_DAY, {"day": day, **scored})
    connection.execute(_FORGET_VALUES, {"day": day, "dimensions": dimensions})
    connection.execute(_COUNT_SESSIONS, {"day": day})
    _leave_frequent(connection, day, dimensions)


def sum_anew(connection: Connection, day: date, upto: int, recent: datetime, *, over: bool) -> None:
    """Make all sums of a day anew from its events up to a number, a part in each statement.

    Args:
        recent: from when on sums of single minutes are kept.
        over: the day is, so that only its most frequent values need be kept.
    """
    begin = datetime.combine(day, time.min, UTC)
    end = begin + timedelta(days=1)
    dimensions = list(_OF_EVENTS)
    for statement in _FORGET_BY_TIME:
        connection.execute(statement, {"begin": begin, "end": end})
    connection.execute(_FORGET_VALUES, {"day": day, "dimensions": dimensions})
    for part in range(_PARTS):
        first = begin + part * timedelta(days=1) / _PARTS
        last = first + timedelta(days=1) / _PARTS
        chosen = {"upto": upto, "begin": first, "end": last, "recent": recent}
        for statement in _ADD_PART:
            connection.execute(statement, chosen)
    if over:
        _leave_frequent(connection, day, dimensions)
    sum_sessions(connection, day)


def _leave_frequent(connection: Connection, day: date, dimensions: list[VisitDimension]) -> None:
    connection.execute(_LEAVE_FREQUENT, {"day": day, "dimensions": dimensions, "most": MOST_VALUES})
