"""A hit that only Redis has, in process, beside plain GETs of the same size and time."""

import os
from collections.abc import Callable

import redis

from bench.figures import Row, Section, Spread, Table, ratios
from bench.machine import describe_machine
from bench.site import BenchError, Site
from bench.small_app import close_small_app, make_small_app
from bench.timing import BATCH, typical_seconds
from portfolio.caching.policy import CacheType, Policy, PolicyTable

# As many tags as the product's statistics have.
VALUE = Policy("value", CacheType.API, 3600, ("project", "profile"), ("number",))
SIZE = 1024
MOST_GETS, CLAIM = 1.8, 0.09
"""The bars: in GETs, and the original's claim in milliseconds."""


def measure(site: Site) -> Section:
    """Hits of a 1 KB response with no memory of the process's own, and GETs, in turn."""
    app, extension = make_small_app(
        site.environment, PolicyTable(VALUE), memory=0, prefix="bench-second"
    )
    response = [200, [["Content-Type", "application/json"]], os.urandom(SIZE)]
    calls = max(site.scale.calls // 5, 100)
    try:
        with app.app_context(), redis.Redis.from_url(site.environment["REDIS_URL"]) as client:
            client.set("bench-get", response[-1])
            extension.engine.fetch(VALUE, {"number": 1}, lambda: response)

            def hit() -> None:
                outcome = extension.engine.fetch(VALUE, {"number": 1}, lambda: None)
                if outcome.tier != "l2":
                    raise BenchError(f"not a hit in Redis: {outcome}")

            hits, gets = [], []
            for _ in range(site.scale.repetitions):
                hits.append(_micros(hit, calls))
                gets.append(_micros(lambda: client.get("bench-get"), calls))
    finally:
        close_small_app(app, extension)
    ratio, mean = ratios(hits, gets), Spread.of(hits)
    versions = dict(describe_machine(site.cores))
    section = Section("A hit that only Redis has, in process")
    section.notes.append(
        f"`engine.fetch` of a stored response with {SIZE} bytes and four tags, in a process "
        f"without memory of its own; and `GET` of {SIZE} bytes through redis-py "
        f"{versions['redis']} as it comes, with hiredis {versions['hiredis']}. Up to {calls} calls "
        f"of each in each of {site.scale.repetitions} rounds, in turn; a figure is the median of "
        f"the means of batches of {BATCH}."
    )
    section.tables.append(
        Table(("hit µs", "GET µs", "ratio"), [(mean.text(), Spread.of(gets).text(), ratio.text())])
    )
    section.rows = [
        Row(
            "a hit that only L2 has, in process, 1 KB",
            f"{MOST_GETS} redis-py GETs of the same run at most",
            f"{ratio.text()} GETs",
            ratio.middle <= MOST_GETS,
        ),
        Row(
            "the original's claim: hit 0.09 ms",
            "L2 hit in process under it",
            f"{mean.middle / 1000:.3f} ms; a GET of the same run "
            f"{Spread.of(gets).middle / 1000:.3f} ms",
            mean.middle / 1000 < CLAIM,
        ),
    ]
    return section


def _micros(call: Callable[[], object], calls: int) -> float:
    def run(count: int) -> None:
        for _ in range(count):
            call()

    return typical_seconds(run, calls) * 1e6
