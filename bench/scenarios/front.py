"""What answering before Flask costs in process, over a raw callable with the same bytes."""

import copy
from typing import Any

from bench.contenders.raw import constant
from bench.figures import Row, Section, Spread, Table
from bench.in_process import (
    Application,
    call,
    make_environ,
    product_in_process,
    seconds_per_call,
)
from bench.site import BenchError, Site
from bench.timing import BATCH
from portfolio.caching.flask_adapter import cache_extension
from portfolio.caching.web.front import Front

LIMIT = 2.0
"""Microseconds."""

SMALL, LIST = "/api/v1/projects/stats/", "/api/v1/projects/?page_size=20"

NOT_ANSWERED = {
    "POST": make_environ(SMALL, method="POST"),
    "Authorization": make_environ(SMALL, {"Authorization": "Bearer x"}),
    "not cached": make_environ("/live/"),
    "unknown query": make_environ(f"{SMALL}?profile=nobody-of-that-name"),
}


def measure(site: Site) -> Section:
    """Hits in four forms, and requests that are passed on."""
    section = Section("The front, in process")
    with product_in_process(site) as app:
        front = cache_extension(app).front
        hits = {
            "plain": make_environ(SMALL),
            "with query": make_environ(LIST),
            "Accept-Encoding": make_environ(SMALL, {"Accept-Encoding": "gzip"}),
        }
        for environ in hits.values():
            warm(app.wsgi_app, environ)
        tag = dict(call(app.wsgi_app, hits["plain"]).headers)["ETag"]
        hits["304"] = make_environ(SMALL, {"If-None-Match": tag})
        section.rows.append(_measure_hits(site, section, app.wsgi_app, front, hits))
        section.rows.append(_measure_passing(site, section, front))
    section.notes.append(
        "Time of a call in a loop, one thread: the median of the means of batches of "
        f"{BATCH}. The same loop over a callable that returns the "
        "same status, headers and body as constants is taken off, round by round. The front is "
        "judged by itself; the edge outside it (host check, request id, security headers) is "
        "shown beside it."
    )
    return section


def warm(application: Application, environ: dict[str, Any]) -> None:
    """Ask until the answer comes from this process's memory.

    Raises:
        BenchError: it never does.
    """
    for _ in range(200):
        answer = call(application, environ)
        if "detail=l1" in dict(answer.headers).get("Cache-Status", ""):
            return
    raise BenchError(f"never a hit in memory: {answer.status} {answer.headers}")


def _measure_hits(
    site: Site,
    section: Section,
    stack: Application,
    front: Front,
    hits: dict[str, dict[str, Any]],
) -> Row:
    table = Table(("hit", "raw µs", "front adds µs", "with the edge µs"), rows := [])
    found = {}
    for name, environ in hits.items():
        raw = constant(call(front, environ))
        raw_times, added, with_edge = [], [], []
        for _ in range(site.scale.repetitions):
            base = seconds_per_call(raw, environ, site.scale.calls)
            raw_times.append(base * 1e6)
            added.append((seconds_per_call(front, environ, site.scale.calls) - base) * 1e6)
            with_edge.append((seconds_per_call(stack, environ, site.scale.calls) - base) * 1e6)
        found[name] = Spread.of(added)
        texts = (Spread.of(times).text() for times in (raw_times, added, with_edge))
        rows.append((name, *texts))
    section.tables.append(table)
    measure = "what the front adds in process to the raw callable on a hit"
    bar = f"{LIMIT:g} µs at most"
    text = ", ".join(f"{name} {spread.text()} µs" for name, spread in found.items())
    return Row(measure, bar, text, all(spread.middle <= LIMIT for spread in found.values()))


def _measure_passing(site: Site, section: Section, front: Front) -> Row:
    measure, bar = "what it adds to a request that it cannot answer", f"{LIMIT:g} µs at most"
    table = Table(("passed on", "raw µs", "front adds µs"), rows := [])
    found = {}
    for name, environ in NOT_ANSWERED.items():
        raw = constant(call(lambda _environ, start: (start("200 OK", []), [b""])[1], environ))
        passing = copy.copy(front)
        passing.application = raw
        raw_times, added = [], []
        for _ in range(site.scale.repetitions):
            base = seconds_per_call(raw, environ, site.scale.calls)
            raw_times.append(base * 1e6)
            added.append((seconds_per_call(passing, environ, site.scale.calls) - base) * 1e6)
        found[name] = Spread.of(added)
        rows.append((name, Spread.of(raw_times).text(), found[name].text()))
    section.tables.append(table)
    text = ", ".join(f"{name} {spread.text()} µs" for name, spread in found.items())
    return Row(measure, bar, text, all(spread.middle <= LIMIT for spread in found.values()))
