"""Writing: each event once, whoever brings it how often, and nothing that could be written lost."""

import json
import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest
import redis
from apiflask import APIFlask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from portfolio.extensions import db
from portfolio.services.visits.draining import write_queued
from portfolio.services.visits.queue import event_queue
from portfolio.services.visits.writing import Event, settled_number, write_events
from portfolio.vocabulary import EventKind
from tests.visits.conftest import PAGE_VIEW, Rows, Write, send

STREAM = "portfolio:events"
WRITERS = 7_013_001
FROM_EVENTS = """
SELECT
    session_id AS id, min(at) AS first_seen, max(at) AS last_seen, count(*) AS events,
    count(*) FILTER (WHERE kind = 'page_view') AS page_views,
    count(*) FILTER (WHERE kind = 'project_view') AS project_views,
    count(*) FILTER (WHERE kind = 'job_match') AS job_matches,
    count(*) FILTER (WHERE is_entrance) AS visits,
    coalesce(sum(duration_ms), 0) AS duration_ms,
    min(at) FILTER (WHERE kind = 'page_view') AS entry_at,
    (array_agg(path ORDER BY at) FILTER (WHERE kind = 'page_view'))[1] AS entry_path,
    (array_agg(referrer_host ORDER BY at) FILTER (WHERE kind = 'page_view'))[1] AS referrer_host,
    array_remove(ARRAY[
        CASE WHEN bool_or(referrer_host = 'hire.example') THEN 'company_referrer' END,
        CASE WHEN bool_or(kind = 'job_match') THEN 'job_analysis' END,
        CASE WHEN count(*) FILTER (WHERE is_entrance) >= 3 THEN 'repeated_visits' END
    ], NULL) AS recruiter_reasons
FROM visitor_events GROUP BY session_id ORDER BY session_id
"""
KINDS = [EventKind.PAGE_VIEW, EventKind.PROJECT_VIEW, EventKind.JOB_MATCH, EventKind.DURATION]


def make_event(number: int, kind: str = "page_view", session: int = 0, **more: Any) -> Event:
    """Numbers, so that no two have the same moment, and an entry is one event's alone."""
    made: dict[str, Any] = dict.fromkeys(Event.__annotations__)
    made |= {"event_id": str(uuid.UUID(int=number)), "session_id": str(uuid.UUID(int=session))}
    made |= {"kind": kind, "at": f"2026-11-20T10:{number // 60:02}:{number % 60:02}Z"}
    made |= {"device": "desktop", "browser": "Firefox", "system": "Linux", "is_bot": False}
    made |= {"is_entrance": False, "duration_ms": 7 if kind == "duration" else None}
    return Event(**(made | more))


@st.composite
def told_in_parts(draw: st.DrawFn) -> list[list[Event]]:
    """Batches, with repetitions, in any order."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=15))
    events = [
        make_event(
            number,
            kind,
            draw(st.integers(0, 2)),
            path=f"/{number}",
            is_entrance=kind == "page_view" and draw(st.booleans()),
            referrer_host=draw(st.sampled_from([None, "hire.example", "other.example"])),
        )
        for number, kind in enumerate(kinds)
    ]
    again = draw(st.lists(st.sampled_from(events), max_size=8))
    mixed = draw(st.permutations(events + again))
    cuts = sorted(draw(st.sets(st.integers(0, len(mixed)), max_size=4)) | {0, len(mixed)})
    return [mixed[begin:end] for begin, end in pairwise(cuts)]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=told_in_parts())
def test_sessions_are_the_sums_of_their_events_in_whatever_parts_they_come(
    app: APIFlask, batches: list[list[Event]]
) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("DELETE FROM visitor_events"))
        connection.execute(text("DELETE FROM visitor_sessions"))
    with app.app_context():
        written = sum(write_events(batch, r"^hire\.example$") for batch in batches)
        expected = [dict(row) for row in db.session.execute(text(FROM_EVENTS)).mappings()]
        kept = db.session.execute(text("SELECT * FROM visitor_sessions ORDER BY id")).mappings()
        found = [{name: row[name] for name in expected[0]} for row in kept]
    assert found == expected
    assert written == len({event["event_id"] for batch in batches for event in batch})


@pytest.fixture
def app(make_app: Callable[..., APIFlask]) -> APIFlask:
    """An application that does not wait long for a lock."""
    return make_app(DATABASE_LOCK_TIMEOUT="1")


@pytest.fixture
def durable(environment: dict[str, str]) -> Iterator["redis.Redis"]:
    with redis.Redis.from_url(environment["CELERY_BROKER_URL"]) as client:
        yield client


def test_what_can_never_be_written_is_set_apart_and_hinders_nobody(
    app: APIFlask, durable: "redis.Redis", rows: Rows, write: Write, counts: Write
) -> None:
    send(app.test_client(), PAGE_VIEW)
    bad = [b"nonsense", b'{"kind": "page_view"}', json.dumps(make_event(1, kind="wink")).encode()]
    for event in bad:
        durable.xadd(STREAM, {"event": event})
    send(app.test_client(), PAGE_VIEW)
    assert write() == {"written": 2, "apart": 3}
    assert len(rows()) == 2
    assert counts() == {"queued": 2, "written": 2, "apart": 3}
    apart = [fields for _place, fields in durable.xrange(f"{STREAM}:apart")]
    assert sorted(fields[b"event"] for fields in apart) == sorted(bad)
    assert {fields[b"reason"] for fields in apart} == {b"unreadable", b"CheckViolation"}


def test_what_was_written_before_a_crash_is_not_written_again(
    app: APIFlask, rows: Rows, write: Write, counts: Write
) -> None:
    send(app.test_client(), PAGE_VIEW, {"kind": "download"}, {"kind": "download"})
    with app.app_context():
        event_queue().prepare()
        taken = event_queue().take(2)  # by a worker that dies before it can say that it is done
        write_events([json.loads(event) for _place, event in taken])
    assert write() == {"written": 1, "apart": 0}
    assert len(rows()) == rows("SELECT * FROM visitor_sessions")[0]["events"] == 3
    assert counts() == {"queued": 3, "written": 1, "again": 2}


def test_a_database_that_is_busy_sets_nothing_apart(
    app: APIFlask, rows: Rows, write: Write, counts: Write
) -> None:
    send(app.test_client(), PAGE_VIEW)
    with app.app_context(), db.engine.connect() as other:
        other.execute(text(f"SELECT pg_advisory_lock({WRITERS})"))
        other.execute(text("SET lock_timeout = 0"))
        with app.app_context(), pytest.raises(OperationalError):
            write_queued()
        other.execute(text(f"SELECT pg_advisory_unlock({WRITERS})"))
    assert counts() == {"waiting": 1, "queued": 1}
    assert write() == {"written": 1, "apart": 0}


def test_many_writers_at_once_count_each_event_once(app: APIFlask, rows: Rows) -> None:
    events = [make_event(number, session=number % 3) for number in range(60)]

    def bring(writer: int) -> int:
        with app.app_context():
            mine = events[writer:] + events[:writer]
            return sum(write_events(mine[begin : begin + 7]) for begin in range(0, 60, 7))

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(bring, range(0, 60, 10))) == 60
    assert sum(row["events"] for row in rows("SELECT * FROM visitor_sessions")) == 60


def test_a_number_is_settled_when_no_smaller_one_can_appear(app: APIFlask, rows: Rows) -> None:
    """A writer that began first and is not done holds back who sums up, and nobody else."""
    settled: list[int] = []

    def wait() -> None:
        with app.app_context():
            settled.append(settled_number())

    with app.app_context(), db.engine.begin() as slow:
        slow.execute(text(f"SELECT pg_advisory_xact_lock_shared({WRITERS})"))
        early = slow.scalar(text("SELECT nextval('visitor_events_number_seq')"))
        with app.app_context():
            write_events([make_event(1)])
        waiting = threading.Thread(target=wait)
        waiting.start()
        waiting.join(0.3)
        assert settled == []
    waiting.join()
    (event,) = rows()
    assert settled == [event["number"]]
    assert early < event["number"]
