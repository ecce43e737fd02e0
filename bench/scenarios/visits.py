"""Events of visitors come at a steady rate while the worker is killed and Redis restarted."""

import json
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg

from bench.figures import TIME_COLUMNS, Row, Section, Table, describe_times, percentile
from bench.site import BenchError, Site
from bench.wire import Connection, request_bytes
from portfolio.local.app_programs import app_programs
from portfolio.local.var_folder import VarFolder

RATE, BATCH, CONNECTIONS = 2000, 20, 8
INTERVAL = CONNECTIONS * BATCH / RATE
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:{0}.0) Gecko/20100101 Firefox/{0}.0"
BROWSERS = range(100, 300)
"""Versions: each is another visitor."""
AWAY = 2.0
"""Seconds for which the worker, and then Redis, is away."""
PATIENCE = 120.0
"""Seconds in which what waits has to be written, when nobody sends any more."""
COUNTS = """
SELECT (SELECT count(*) FROM visitor_events),
    (SELECT count(DISTINCT event_id) FROM visitor_events),
    (SELECT coalesce(sum(events), 0) FROM visitor_sessions)
"""


@dataclass
class Sent:
    """What was taken, and how it went.

    Attributes:
        again: batches that were sent once more, because they were not taken at first.
    """

    ids: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    again: int = 0


def measure(site: Site) -> Section:
    """The whole system but for the relay, with the limits lifted."""
    sent = Sent()
    with site.product(EVENT_RATE_LIMIT="1000000 per second") as server, site.process(*_beat(site)):
        begin = time.monotonic()
        with _visitors(server.port, sent):
            _disturb(site, begin)
            remaining = begin + site.scale.visit_seconds - time.monotonic()
            time.sleep(max(remaining, 0))  # the visitors go on in threads of their own
        taken = time.monotonic() - begin
        with site.process(*_worker(site)):
            written, behind = _wait_until_written(site, len(sent.ids))
    return _tell(site, sent, taken, written, behind)


def _disturb(site: Site, begin: float) -> None:
    """The worker is killed after a third of the time, and Redis restarted after two."""
    third = site.scale.visit_seconds / 3
    with site.process(*_worker(site)) as worker:
        time.sleep(max(begin + third - time.monotonic(), 0))  # it works meanwhile
        worker.kill()
    time.sleep(AWAY)  # events pile up meanwhile
    with site.process(*_worker(site)):
        time.sleep(max(begin + 2 * third - time.monotonic(), 0))  # it works meanwhile
        site.servers.redis_durable.stop()
        time.sleep(AWAY)  # events are written at once meanwhile
        site.servers.redis_durable.start()


@contextmanager
def _visitors(port: int, sent: Sent) -> Iterator[None]:
    stop = threading.Event()
    threads = [
        threading.Thread(target=_visit, args=(port, number, sent, stop))
        for number in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _visit(port: int, number: int, sent: Sent, stop: threading.Event) -> None:
    """Send a batch at each due moment, or at once when behind; each until it is taken."""
    due, turn = time.perf_counter() + INTERVAL * number / CONNECTIONS, number
    with Connection(port) as connection:
        while not stop.wait(max(due - time.perf_counter(), 0)):
            ids = [str(uuid.uuid4()) for _ in range(BATCH)]
            request = _request(ids, BROWSERS[turn % len(BROWSERS)])
            begin = time.perf_counter()
            while connection.ask(request).status != 202:
                sent.again += 1
            sent.seconds.append(time.perf_counter() - begin)
            sent.ids += ids
            due, turn = due + INTERVAL, turn + CONNECTIONS


def _request(ids: list[str], browser: int) -> bytes:
    events = [{"kind": "page_view", "path": "/", "id": number} for number in ids]
    headers = {"Content-Type": "text/plain", "User-Agent": AGENT.format(browser)}
    body = json.dumps({"events": events}).encode()
    return request_bytes("/api/v1/visitors/events/", "POST", headers, body)


def _wait_until_written(site: Site, events: int) -> tuple[tuple[int, int, int], float]:
    """What the database holds in the end, and after how many seconds."""
    begin = time.monotonic()
    with psycopg.connect(site.environment["DATABASE_URL"], autocommit=True) as connection:
        while True:
            found = connection.execute(COUNTS).fetchone()
            behind = time.monotonic() - begin
            if found is not None and (found[0] >= events or behind > PATIENCE):
                return (found[0], found[1], int(found[2])), behind
            time.sleep(0.2)  # nobody tells when the last one is written


def _tell(
    site: Site, sent: Sent, taken: float, written: tuple[int, int, int], behind: float
) -> Section:
    rows, distinct, summed = written
    lost, twice = len(sent.ids) - distinct, summed - distinct
    rate = len(sent.ids) / taken
    section = Section("Visitors' events")
    section.notes.append(
        f"{CONNECTIONS} connections send batches of {BATCH} events, {RATE:,} events a second "
        f"together, for {site.scale.visit_seconds:g} s, as {len(BROWSERS)} visitors. The worker is "
        f"killed and Redis stopped for {AWAY:g} s each; beat and worker run beside the two web "
        f"processes. {sent.again} batches were sent again. {behind:.1f} s after the last one all "
        "that was taken was written."
    )
    section.tables.append(
        Table(
            ("requests", *TIME_COLUMNS), [(str(len(sent.seconds)), *describe_times(sent.seconds))]
        )
    )
    p99 = percentile(sent.seconds, 0.99) * 1000
    section.rows.append(
        Row(
            "events taken while the worker is killed and Redis restarted",
            f"{RATE:,} a second, none lost, none twice",
            f"{rate:,.0f} a second; {len(sent.ids):,} taken, {lost} lost, {twice} twice; "
            f"p99 {p99:.0f} ms",
            rate >= 0.99 * RATE and rows == distinct and lost == twice == 0,
        )
    )
    return section


def _worker(site: Site) -> tuple[str, list[str]]:
    return "worker", _arguments(site, "worker")


def _beat(site: Site) -> tuple[str, list[str]]:
    (site.folder / "beat").mkdir(exist_ok=True)  # for its schedule
    return "beat", _arguments(site, "beat")


def _arguments(site: Site, name: str) -> list[str]:
    settings = {"HOST": "127.0.0.1", "PORT": "0", "WEB_THREADS": "4"}
    for program in app_programs(VarFolder(site.folder), settings):
        if program.name == name:
            return list(program.arguments)
    raise BenchError(f"there is no program {name}")
