"""Events when they cannot wait: Redis away or hung, the queue full, the database away too."""

import time
from collections.abc import Callable, Mapping

import pytest
import redis
from apiflask import APIFlask

from portfolio.local.embedded import EmbeddedServers
from portfolio.services.visits.queue import EventQueue, QueueAway
from tests.visits.conftest import PAGE_VIEW, Rows, send
from tests.waiting import until

NOWHERE = "redis://127.0.0.1:1/0"
SESSIONS = "SELECT * FROM visitor_sessions"


def given_up(app: APIFlask) -> Mapping[str, int]:
    """What a process has counted that cannot tell Redis, or has not yet."""
    queue: EventQueue = app.extensions["portfolio_event_queue"]
    queue.close()
    return queue._counters.counted()


@pytest.mark.parametrize(
    ("settings", "count", "patience"),
    [
        ({"CELERY_BROKER_URL": NOWHERE}, "direct", 0.3),
        ({"EVENT_QUEUE_LENGTH": "1"}, "overflow", 10),
    ],
)
def test_what_cannot_wait_is_written_at_once(
    make_app: Callable[..., APIFlask], rows: Rows, settings: dict[str, str], count: str
) -> None:
    app = make_app(**settings)
    answer = send(app.test_client(), PAGE_VIEW, {"kind": "download"})
    assert answer.status_code == 202
    assert len(rows()) == rows(SESSIONS)[0]["events"] == 2
    assert given_up(app) == {f"events:{count}": 2}


@pytest.mark.parametrize("patience", [0.3])
def test_what_can_neither_wait_nor_be_written_is_refused_and_counted(
    make_app: Callable[..., APIFlask], servers: EmbeddedServers
) -> None:
    app = make_app(CELERY_BROKER_URL=NOWHERE)
    client = app.test_client()
    assert send(client, PAGE_VIEW).status_code == 202
    servers.postgres.kill()
    try:
        answer = send(client, PAGE_VIEW, PAGE_VIEW)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
    finally:
        servers.postgres.start()
    counted = given_up(app)
    assert counted == {"events:direct": 1, "events:refused": 2}, "and refused ones only as such"


def test_what_a_hung_redis_reads_too_late_does_not_come_into_the_queue(
    environment: dict[str, str], app: APIFlask, servers: EmbeddedServers
) -> None:
    queue = EventQueue(environment["CELERY_BROKER_URL"], "hung", 10, patience=0.1)
    with redis.Redis.from_url(environment["CELERY_BROKER_URL"]) as durable:
        assert queue.put([b"in time"])
        servers.redis_durable.suspend()
        try:
            with pytest.raises(QueueAway) as refused:
                queue.put([b"late"])
            assert refused.value.void_from - time.monotonic() < 0.5
            until(lambda: time.monotonic() > refused.value.void_from)
        finally:
            servers.redis_durable.resume()
        assert [fields[b"event"] for _place, fields in durable.xrange("hung:events")] == [
            b"in time"
        ]
    queue.close()
