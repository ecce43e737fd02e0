"""Redis hangs under load and comes back: the first answers, the later ones, and the recovery."""

import os
import time
from collections.abc import Sequence

from bench.figures import TIME_COLUMNS, Row, Section, Table, describe_times, percentile
from bench.processor_time import family
from bench.site import BenchError, Site, WebServer
from bench.steady import Asked, Steady, steady_load

PATHS = (
    "/api/v1/projects/stats/",
    "/api/v1/projects/?page_size=20",
    "/api/v1/projects/featured/",
    "/api/v1/profiles/",
    "/api/v1/projects/?search=nothing-has-word-{}",
)
"""The last is another one each time: it is in nobody's memory, so that Redis has to be asked."""
CONNECTIONS, INTERVAL = 8, 0.2
"""Forty requests a second: what the uncached path answers without a queue."""
FIRST_LIMIT, LATER_LIMIT = 0.3, 0.005
FIRST_SECONDS = 2.5
"""Requests sent in this time after the hang are the first ones; no copy is believed longer."""
RECOVERY_SECONDS = 10


def measure(site: Site) -> Section:
    """The uncached product and the product in turn, several times."""
    section = Section("Redis hangs under load")
    uncached: list[Asked] = []
    first: list[Asked] = []
    later: list[Asked] = []
    recoveries: list[float] = []
    failures = 0
    with (
        site.granian(
            "bench.contenders.uncached_app:app",
            ready="/ready/",
            environment={"BENCH_UNCACHED": "yes"},
        ) as plain,
        site.product() as product,
    ):
        for server in (plain, product):
            _warm(server)
        if not _asks_cache(product) or _asks_cache(plain):
            raise BenchError("one of the two should answer from the cache, the other never")
        workers = family(product.pid)
        for number in range(site.scale.repetitions):
            with steady_load(plain.port, PATHS, CONNECTIONS, INTERVAL) as load:
                time.sleep(site.scale.hang_seconds - FIRST_SECONDS)  # under load, as long as below
            uncached += load.asked
            with steady_load(product.port, PATHS, CONNECTIONS, INTERVAL) as load:
                time.sleep(0.5)  # the load is under way when Redis hangs
                hung, back = _hang(site, load)
                first += load.between(hung, hung + FIRST_SECONDS)
                later += load.between(hung + FIRST_SECONDS, back)
                recoveries.append(_wait_for_hits(load, back) - back)
                failures += load.failures
            print(f"  round {number + 1}: hits again after {recoveries[-1] * 1000:.0f} ms")
        if family(product.pid) != workers:
            raise BenchError("a worker process was replaced")
    longest = max(asked.seconds for asked in first)
    p99_later, p99_plain = (
        percentile([asked.seconds for asked in found], 0.99) for found in (later, uncached)
    )
    errors = failures + sum(asked.status != 200 for asked in first + later)
    section.notes.append(
        f"{CONNECTIONS} connections ask for four lists and a search that is new each time, "
        f"{CONNECTIONS / INTERVAL:.0f} times a second together. The cache's Redis is "
        f"stopped with SIGSTOP for {site.scale.hang_seconds:g} s, {site.scale.repetitions} times; "
        f"requests sent within the first {FIRST_SECONDS:g} s count as first ones. "
        "The uncached path: the same application with the cache taken out, under the same load, "
        f"in turn. Recovery: from SIGCONT until {CONNECTIONS} known lists in a row were "
        "hits, in the same processes."
    )
    rows = [
        ("uncached path", str(len(uncached)), *_times(uncached)),
        ("Redis hung, first requests", str(len(first)), *_times(first)),
        ("Redis hung, later", str(len(later)), *_times(later)),
    ]
    section.tables.append(Table(("", "requests", *TIME_COLUMNS), rows))
    section.rows = [
        Row(
            "Redis hung (SIGSTOP) under load: first requests",
            f"{FIRST_LIMIT:g} s at most",
            f"{longest:.3f} s; {errors} errors",
            longest <= FIRST_LIMIT and not errors,
        ),
        Row(
            "then",
            f"p99 within {LATER_LIMIT * 1000:g} ms of the uncached path",
            f"p99 {p99_later * 1000:.1f} ms, uncached path {p99_plain * 1000:.1f} ms",
            p99_later <= p99_plain + LATER_LIMIT,
        ),
        Row(
            "recovery",
            "without a restart",
            f"hits again {max(recoveries) * 1000:.0f} ms after SIGCONT at most, "
            "in the same processes",
            True,
        ),
    ]
    return section


def _warm(server: WebServer) -> None:
    with steady_load(server.port, PATHS, CONNECTIONS, 0.02):
        time.sleep(1)  # under load: every worker process fills its memory


def _asks_cache(server: WebServer) -> bool:
    with steady_load(server.port, PATHS, CONNECTIONS, 0.02) as load:
        time.sleep(0.5)  # under load, for some answers of every worker process
    return any(asked.hit for asked in load.asked)


def _hang(site: Site, load: Steady) -> tuple[float, float]:
    """Stop the bench's own Redis for a while; when it was stopped, and when it went on."""
    redis = site.servers.redis_cache
    command = os.readlink(f"/proc/{redis.pid}/exe")
    if not command.endswith("redis-server"):
        raise BenchError(f"process {redis.pid} is not the Redis that was started, but {command}")
    redis.suspend()
    try:
        hung = time.perf_counter()
        time.sleep(site.scale.hang_seconds)  # the load goes on in threads of its own
        if not load.between(hung, time.perf_counter()):
            raise BenchError("nothing was answered while Redis hung")
    finally:
        redis.resume()
    return hung, time.perf_counter()


def _wait_for_hits(load: Steady, since: float) -> float:
    """The moment from which on everything is a hit."""
    while time.perf_counter() < since + RECOVERY_SECONDS:
        time.sleep(0.02)  # as often as the load asks
        known = [asked for asked in load.between(since, time.perf_counter()) if not asked.new]
        latest = sorted(known, key=lambda asked: asked.sent)[-CONNECTIONS:]
        if len(latest) == CONNECTIONS and all(asked.hit for asked in latest):
            return latest[0].sent
    raise BenchError("no hits again after Redis went on")


def _times(asked: Sequence[Asked]) -> list[str]:
    return describe_times([one.seconds for one in asked])
