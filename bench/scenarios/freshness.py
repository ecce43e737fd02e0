"""How long after a change the old answer is still given, in other processes than the writer's."""

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg

from bench.figures import TIME_COLUMNS, Row, Section, Table, describe_times, percentile
from bench.load import background_load
from bench.site import BenchError, Site, WebServer
from bench.wire import Connection, request_bytes

LIMIT = 0.010
"""Seconds, for the 99th percentile."""
LONGEST = 90.0
"""Seconds that the changes of one kind may take together."""
COMPUTED = 100
"""Reads past the cache, for the reference."""
BUSY = 32
READ = "/api/v1/projects/stats/"
"""What the busy threads answer; it depends on the projects that are changed."""


@dataclass
class Arrivals:
    """Times from the writer's answer on, one for each change, in seconds.

    Attributes:
        fresh: to the end of the first fresh read.
        stale: to the beginning of the last stale read; only for changes that had one.
    """

    fresh: list[float] = field(default_factory=list)
    stale: list[float] = field(default_factory=list)


Found = tuple[Row, list[tuple[str, ...]]]


class Reader:
    """Reads one project in one process."""

    def __init__(self, connection: Connection, project: str, token: str) -> None:
        self._connection = connection
        self._request = request_bytes(f"/api/v1/projects/{project}/")
        self._computed = request_bytes(
            f"/api/v1/projects/{project}/", headers={"Authorization": f"Bearer {token}"}
        )

    def title(self, *, computed: bool = False) -> str:
        """The project's title; with a token, the cache is passed by."""
        answer = self._connection.ask(self._computed if computed else self._request)
        if answer.status != 200:
            raise BenchError(f"reading a project: {answer.status} {answer.body!r}")
        return str(json.loads(answer.body)["title"])

    def wait_for(self, title: str, since: float, arrivals: Arrivals) -> None:
        """Read until the title is there, and note how long it took."""
        last_stale = None
        while True:
            begin = time.perf_counter()
            if self.title() == title:
                break
            last_stale = begin - since
            if last_stale > 10:
                raise BenchError("a change never arrives")
        arrivals.fresh.append(time.perf_counter() - since)
        if last_stale is not None:
            arrivals.stale.append(last_stale)

    def times(self, count: int, *, computed: bool = False) -> list[float]:
        """How long reads take while nothing changes."""
        seconds: list[float] = []
        while len(seconds) < count and sum(seconds) < LONGEST / 5:
            begin = time.perf_counter()
            self.title(computed=computed)
            seconds.append(time.perf_counter() - begin)
        return seconds


def measure(site: Site) -> Section:
    """Writes through the API into one process, read in a busy other; raw SQL, read in both."""
    section = Section("How soon a change is seen")
    section.notes.append(
        "Two web servers of one worker process each, on the same database and Redis, so that each "
        "process can be asked by itself; and the relay. Before each change both have a copy in "
        f"memory. {site.scale.writes} changes, or as many as {LONGEST:g} s allow, one after the "
        "other. A time is from the writer's "
        "answer to the last byte of the first fresh answer; reads follow each other without a "
        f"pause. Busy threads: {BUSY} connections of the load generator, which ask the reading "
        f"process for `{READ}` without a pause, so that a read waits its turn; how long one takes "
        "while nothing changes stands beside it, and how long it takes when it is computed (with a "
        "token, past the cache), as the first fresh one has to be. "
        "Stale reads: those that were sent after the writer had its answer and still gave the "
        "old one. The bar is held against how long such reads are possible; how soon the first "
        "fresh answer is complete, computation included, stands beside it."
    )
    table = Table(("", "times", *TIME_COLUMNS), rows := [])
    with (
        site.relay(),
        site.product(workers=1) as one,
        site.product(workers=1) as other,
    ):
        with Connection(one.port) as connection:
            listed = connection.ask(request_bytes("/api/v1/projects/featured/"))
        slug = json.loads(listed.body)["items"][0]["slug"]
        row, cells = _measure_api(site, one, other, slug)
        section.rows.append(row)
        rows += cells
        row, cells = _measure_sql(site, one, other, slug)
        section.rows.append(row)
        rows += cells
    section.tables.append(table)
    return section


def _measure_api(site: Site, one: WebServer, other: WebServer, slug: str) -> Found:
    arrivals = Arrivals()
    with background_load(other.port, READ, BUSY), Connection(other.port) as connection:
        there = Reader(connection, slug, site.token)
        quiet, computed = there.times(site.scale.writes), there.times(COMPUTED, computed=True)
        # Opened when it is needed: the server closes what says nothing for half a minute.
        with Connection(one.port) as writer:
            for number in _changes(site):
                _settle([there])
                changed = _patch(site, writer, slug, f"Changed {number}")
                there.wait_for(f"Changed {number}", changed, arrivals)
    measure = f"write through the API, read in the other process, {BUSY} busy threads there"
    return _judge(measure, arrivals, quiet, computed), [
        ("a read by the busy process, nothing changes", *_cells(quiet)),
        ("the same past the cache", *_cells(computed)),
        ("API write to fresh read there", *_cells(arrivals.fresh)),
    ]


def _measure_sql(site: Site, one: WebServer, other: WebServer, slug: str) -> Found:
    arrivals = Arrivals()
    with (
        Connection(one.port) as first,
        Connection(other.port) as second,
        _psql(site, slug) as update,
        ThreadPoolExecutor(2) as pool,
    ):
        readers = [Reader(connection, slug, site.token) for connection in (first, second)]
        _settle(readers)
        quiet = readers[0].times(site.scale.writes)
        computed = readers[0].times(COMPUTED, computed=True)
        for number in _changes(site):
            _settle(readers)
            title = f"Changed by hand {number}"
            changed = update(title)
            waiting = [pool.submit(reader.wait_for, title, changed, arrivals) for reader in readers]
            for arrival in waiting:
                arrival.result()
    return _judge("raw SQL, seen over HTTP in every process", arrivals, quiet, computed), [
        ("a read, nothing changes", *_cells(quiet)),
        ("the same past the cache", *_cells(computed)),
        ("SQL write to fresh read in each process", *_cells(arrivals.fresh)),
    ]


def _judge(measure: str, arrivals: Arrivals, quiet: list[float], computed: list[float]) -> Row:
    fresh, hit, past = (
        percentile(seconds, 0.99) * 1000 for seconds in (arrivals.fresh, quiet, computed)
    )
    never = len(arrivals.fresh) - len(arrivals.stale)
    window = percentile([0.0] * never + arrivals.stale, 0.99) * 1000
    return Row(
        measure,
        f"p99 under {LIMIT * 1000:g} ms",
        f"the old answer was given for {window:.2f} ms (p99) after the writer had his; "
        f"{len(arrivals.stale)} of {len(arrivals.fresh)} changes had a stale read at all. The "
        "first fresh answer, which has to be computed, was complete after "
        f"{fresh:.2f} ms (p99); while nothing changes a hit takes {hit:.2f} ms there, a computed "
        f"answer {past:.2f} ms (p99)",
        window < LIMIT * 1000,
    )


def _cells(seconds: list[float]) -> list[str]:
    return [str(len(seconds)), *describe_times(seconds)]


def _changes(site: Site) -> Iterator[int]:
    """Numbers of changes, until there are enough or it has taken too long."""
    end = time.monotonic() + LONGEST
    for number in range(site.scale.writes):
        yield number
        if time.monotonic() > end:
            return


def _settle(readers: list[Reader]) -> None:
    for reader in readers:
        for _ in range(3):
            reader.title()


def _patch(site: Site, writer: Connection, slug: str, title: str) -> float:
    """Change the title; the moment at which the writer had its answer."""
    body = json.dumps({"title": title}).encode()
    headers = {"Authorization": f"Bearer {site.token}", "Content-Type": "application/json"}
    request = request_bytes(f"/api/v1/projects/{slug}/", "PATCH", headers, body)
    answer = writer.ask(request)
    moment = time.perf_counter()
    if answer.status != 200:
        raise BenchError(f"changing a project: {answer.status} {answer.body!r}")
    return moment


@contextmanager
def _psql(site: Site, slug: str) -> Iterator[Callable[[str], float]]:
    with psycopg.connect(site.environment["DATABASE_URL"], autocommit=True) as connection:

        def update(title: str) -> float:
            connection.execute("UPDATE projects SET title = %s WHERE slug = %s", (title, slug))
            return time.perf_counter()

        yield update
