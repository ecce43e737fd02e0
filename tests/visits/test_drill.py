"""Visitors go on coming while the worker is killed and the durable Redis restarted."""

import os
import subprocess
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from apiflask import APIFlask

from portfolio.extensions import enqueue
from portfolio.local.embedded import EmbeddedServers
from portfolio.local.program import Program
from tests.visits.conftest import Rows, Write, send
from tests.waiting import until

BATCH = 20
VISITORS = 2


class Visitors:
    """Send batches at once until they are told to stop, each again until it is taken."""

    def __init__(self, app: APIFlask) -> None:
        self._app = app
        self.sent: set[str] = set()

    @contextmanager
    def coming(self) -> Iterator["Visitors"]:
        stop = threading.Event()
        threads = [threading.Thread(target=self._come, args=(n, stop)) for n in range(VISITORS)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    def more(self, events: int = 20 * BATCH) -> None:
        """Wait until so many more events were taken."""
        enough = len(self.sent) + events
        until(lambda: len(self.sent) >= enough)

    def _come(self, number: int, stop: threading.Event) -> None:
        client = self._app.test_client()
        while not stop.is_set():
            ids = [str(uuid.uuid4()) for _ in range(BATCH)]
            events = [{"kind": "page_view", "path": f"/{number}", "id": each} for each in ids]
            while send(client, *events, **{"Accept-Language": str(number)}).status_code != 202:
                pass
            self.sent.update(ids)


@contextmanager
def worker(environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    command = ("celery", "-A", "celery_worker:celery", "worker", "--pool", "solo")
    program = Program("worker", (*command, "--without-mingle"), module=True, directory=Path.cwd())
    process = subprocess.Popen(
        program.command(os.getpid()),
        env={**os.environ, **environment},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("patience", [0.3])
def test_nothing_is_lost_and_nothing_counts_twice(
    make_app: Callable[..., APIFlask],
    servers: EmbeddedServers,
    environment: dict[str, str],
    rows: Rows,
    counts: Write,
) -> None:
    app = make_app(EVENT_RATE_LIMIT="1000000 per second")
    visitors = Visitors(app)

    def written() -> int:
        return int(rows("SELECT count(*) AS events FROM visitor_events")[0]["events"])

    def written_by_worker(events: int) -> bool:
        """What beat does every few seconds, and whether so many are there now."""
        with app.app_context():
            enqueue("portfolio.visitors.write", expires=5)
        threading.Event().wait(0.2)
        return written() >= events

    with visitors.coming():
        with worker(environment) as first:
            until(lambda: written_by_worker(1), seconds=60)
            visitors.more()
            first.kill()
            first.wait()
        visitors.more()
        servers.redis_durable.stop()
        before = written()
        visitors.more()
        assert written() > before, "without Redis they are written at once"
        servers.redis_durable.start()
        visitors.more()
    with worker(environment):
        waiting = written()
        with visitors.coming():
            until(lambda: written_by_worker(waiting + 1), seconds=60)
            visitors.more()
        until(lambda: written_by_worker(len(visitors.sent)), seconds=60)
    assert {str(row["event_id"]) for row in rows("SELECT event_id FROM visitor_events")} == (
        visitors.sent
    )
    (total,) = rows("SELECT sum(events) AS events, sum(page_views) AS views FROM visitor_sessions")
    assert total == {"events": len(visitors.sent), "views": len(visitors.sent)}
    assert "apart" not in counts()
