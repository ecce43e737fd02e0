"""Visitors that never were: so many page views, and what goes with them, written by COPY."""

import random
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import NamedTuple

import psycopg

DAYS = 90
"""Over so many days up to now they are spread."""
PAGES = tuple(f"/page/{number}" for number in range(20))
REFERRERS = ("\\N", "search.example", "news.example", "friend.example", "jobs.example")
AGENTS = (
    ("desktop", "Firefox", "Linux"),
    ("desktop", "Chrome", "Windows"),
    ("phone", "Safari", "iOS"),
    ("phone", "Chrome", "Android"),
    ("tablet", "Safari", "iOS"),
)
COUNTRIES = ("DE", "FR", "IN", "US", "\\N")
OTHER_KINDS = ("project_view", "chat_start", "job_match", "download", "contact")
BLOCK = 20_000
"""Sessions that are sent at a time."""
_EVENTS = """
COPY visitor_events (event_id, kind, at, session_id, path, is_entrance, duration_ms, referrer_host,
    device, browser, system, country, is_bot) FROM STDIN
"""
_SESSIONS = """
COPY visitor_sessions (id, day, first_seen, last_seen, entry_at, entry_path, visits, events,
    page_views, project_views, chat_starts, job_matches, downloads, contacts, duration_ms,
    referrer_host, device, browser, system, country, is_bot) FROM STDIN
"""
_TABLES = (
    *("visitor_events", "visitor_sessions", "visitor_quarters", "visitor_days"),
    *("visitor_values", "visitor_minutes", "visitor_recent_pages"),
    *("visitor_rollups", "visitor_recounts"),
)


class Session(NamedTuple):
    """Rows in PostgreSQL's text format: one of a session, and those of its events."""

    row: str
    events: list[str]
    page_views: int


def fill_with_visits(database: str, page_views: int, now: datetime) -> int:
    """Put so many page views in place of all visits; how many events that are.

    The same number at the same moment makes the same visits.
    """
    sessions, events = make_sessions(page_views, now), 0
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"TRUNCATE {', '.join(_TABLES)}")
        while block := list(islice(sessions, BLOCK)):
            with connection.cursor().copy(_EVENTS) as copy:
                copy.write("".join(line for session in block for line in session.events))
            with connection.cursor().copy(_SESSIONS) as copy:
                copy.write("".join(session.row for session in block))
            events += sum(len(session.events) for session in block)
        connection.execute("VACUUM ANALYZE visitor_events, visitor_sessions")
    return events


def make_sessions(page_views: int, now: datetime) -> Iterator[Session]:
    """Sessions with so many page views together, in the order of time."""
    chance = random.Random(page_views)  # noqa: S311 - no secret
    begin, made, number = now - timedelta(days=DAYS), 0, 0
    while made < page_views:
        number += 1
        at = begin + (now - begin) * (made / page_views)
        views = min(chance.choice((1, 1, 2, 3, 5)), page_views - made)
        session = _session(chance, number, at, now, views)
        made += views
        yield session


def _session(
    chance: random.Random, number: int, at: datetime, now: datetime, views: int
) -> Session:
    name = uuid.UUID(int=number)
    agent, referrer = chance.choice(AGENTS), chance.choice(REFERRERS)
    is_bot = number % 20 == 0
    rest = "\t".join((*agent, chance.choice(COUNTRIES), "t" if is_bot else "f"))
    pages = [chance.choice(PAGES) for _ in range(views)]
    others = [kind for kind in OTHER_KINDS if chance.random() < 0.08]
    stay = chance.randrange(2_000, 300_000) if chance.random() < 0.5 else 0
    whats = [("page_view", page, "\\N") for page in pages]
    whats += [(kind, "\\N", "\\N") for kind in others]
    whats += [("duration", "\\N", str(stay))] * bool(stay)
    # All of them on the day on which it began, and none later than now.
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    step = min((min(midnight, now) - at) / (len(whats) + 1), timedelta(seconds=20))
    moments = [(at + step * turn).isoformat() for turn in range(len(whats))]
    events = [
        f"{uuid.UUID(int=number * 16 + turn)}\t{kind}\t{moments[turn]}\t{name}\t{path}\t"
        f"{'t' if turn == 0 else 'f'}\t{ms}\t{referrer}\t{rest}\n"
        for turn, (kind, path, ms) in enumerate(whats)
    ]
    counts = [str(others.count(kind)) for kind in OTHER_KINDS]
    row = (
        *(str(name), at.astimezone(UTC).date().isoformat(), moments[0], moments[-1]),
        *(moments[0], pages[0], "1", str(len(whats)), str(views), *counts, str(stay)),
        *(referrer, rest),
    )
    return Session("\t".join(row) + "\n", events, views)
