"""Many requests at once for one value that takes 300 ms: how often it is computed, who waits."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import redis

from bench.contenders.slow_app import COUNT, SECONDS, STALE, TTL
from bench.figures import Row, Section, Table
from bench.site import BenchError, Site
from bench.wire import Answer, Connection, request_bytes
from portfolio.local.app_programs import WEB_WORKERS

PROMPT = SECONDS / 3
"""Seconds: whoever had its answer by then has not waited for a computation."""


@dataclass(frozen=True)
class Rush:
    """What a crowd met with."""

    computed: int
    statuses: Counter[int]
    longest: float

    @property
    def refused(self) -> int:
        """Answers with 503."""
        return self.statuses[503]

    def cells(self) -> tuple[str, ...]:
        statuses = ", ".join(f"{count} with {status}" for status, count in self.statuses.items())
        return str(self.computed), statuses, f"{self.longest * 1000:.0f}"


def measure(site: Site) -> Section:
    """A missing value, then the same one expired, several times."""
    numbers = range(site.scale.repetitions)
    with (
        redis.Redis.from_url(site.environment["CELERY_BROKER_URL"]) as counter,
        site.granian(
            "bench.contenders.slow_app:app",
            ready="/process/",
            environment={"BENCH_SLOW": "yes"},
        ) as server,
        _crowd(server.port, site.scale.crowd) as crowd,
    ):
        missing = [_rush(crowd, number, counter) for number in numbers]
        time.sleep(TTL + 0.2)  # the ttl is what is measured: all of them are expired then
        expired = [_rush(crowd, number, counter) for number in numbers]
    section = Section("A crowd before one value")
    section.notes.append(
        f"{site.scale.crowd} connections, as many to each of {WEB_WORKERS} worker processes, send "
        f"at the same moment. The value takes {SECONDS * 1000:.0f} ms, lives {TTL} s and may be "
        f"served for {STALE} s after. Computations are counted where they are made, in Redis, "
        "until a second after the last answer."
    )
    rows = [("missing", *rush.cells()) for rush in missing]
    rows += [("expired", *rush.cells()) for rush in expired]
    columns = ("value", "computed", "answers", "longest ms")
    section.tables.append(Table(columns, rows))
    section.rows = [
        Row(
            f"{site.scale.crowd} requests at once for a missing {SECONDS * 1000:.0f} ms key "
            f"over {WEB_WORKERS} workers",
            "1 computation",
            _say(missing),
            all(rush.computed == 1 for rush in missing) and _all_answered(missing),
        ),
        Row(
            "then for an expired one",
            "1 computation, nobody waits",
            _say(expired),
            all(rush.computed == 1 and rush.longest < PROMPT for rush in expired)
            and _all_answered(expired)
            and not any(rush.refused for rush in expired),
        ),
    ]
    return section


def _say(rushes: list[Rush]) -> str:
    computed = max(rush.computed for rush in rushes)
    longest = max(rush.longest for rush in rushes) * 1000
    refused = max(rush.refused for rush in rushes)
    text = f"{computed} at most in {len(rushes)} rounds; longest answer {longest:.0f} ms"
    return text + (f"; up to {refused} answers were 503" if refused else "")


def _all_answered(rushes: list[Rush]) -> bool:
    return all(set(rush.statuses) <= {200, 503} and rush.statuses[200] for rush in rushes)


@contextmanager
def _crowd(port: int, size: int) -> Iterator[list[Connection]]:
    """Kept connections, spread evenly over the worker processes."""
    request = request_bytes("/process/")
    share = size // WEB_WORKERS
    with ExitStack() as stack:
        kept: dict[bytes, list[Connection]] = {}
        # A worker process may still be starting when the first one answers.
        deadline = time.monotonic() + 60
        while [len(held) for held in kept.values()] != [share] * WEB_WORKERS:
            if time.monotonic() > deadline:
                raise BenchError("one worker process gets no connections")
            # Many at once: one by one, an idle process may take them all.
            for connection in [Connection(port) for _ in range(size)]:
                held = kept.setdefault(connection.ask(request).body, [])
                if len(held) < share:
                    held.append(stack.enter_context(connection))
                else:
                    connection.close()
        yield [connection for held in kept.values() for connection in held]


def _rush(crowd: list[Connection], number: int, counter: "redis.Redis") -> Rush:
    request = request_bytes(f"/slow/{number}/")
    name = COUNT.format(number=number)
    before = int(counter.get(name) or 0)
    gate = threading.Barrier(len(crowd))

    def ask(connection: Connection) -> tuple[Answer, float]:
        gate.wait()
        begin = time.perf_counter()
        return connection.ask(request), time.perf_counter() - begin

    with ThreadPoolExecutor(len(crowd)) as pool:
        answers = list(pool.map(ask, crowd))
    time.sleep(1)  # a computation behind everybody's back ends in this time too
    computed = int(counter.get(name) or 0) - before
    return Rush(
        computed,
        Counter(answer.status for answer, _seconds in answers),
        max(seconds for _answer, seconds in answers),
    )
