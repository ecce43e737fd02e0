"""What answering before Flask costs in process, over a raw callable with the same bytes."""

import copy
from collections.abc import Iterable
from importlib.util import find_spec
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

FRONT = "portfolio.caching.web.front"
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
        layers = list(walk(app.wsgi_app))
        front = next((layer for layer in layers if type(layer).__module__ == FRONT), None)
        if front is None and find_spec(FRONT) is not None:
            raise BenchError(f"{FRONT} is not among the layers {layers}")
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


def walk(application: Any) -> Iterable[Any]:
    """The layers from the outermost inwards, as far as each says what it wraps."""
    while application is not None:
        yield application
        application = getattr(application, "_application", None)


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
    front: Application | None,
    hits: dict[str, dict[str, Any]],
) -> Row:
    table = Table(("hit", "raw µs", "front adds µs", "with the edge µs"), rows := [])
    found = {}
    for name, environ in hits.items():
        inner = stack if front is None else front
        raw = constant(call(inner, environ))
        raw_times, added, with_edge = [], [], []
        for _ in range(site.scale.repetitions):
            base = seconds_per_call(raw, environ, site.scale.calls)
            raw_times.append(base * 1e6)
            added.append((seconds_per_call(inner, environ, site.scale.calls) - base) * 1e6)
            with_edge.append((seconds_per_call(stack, environ, site.scale.calls) - base) * 1e6)
        found[name] = Spread.of(added)
        shown = "no front" if front is None else found[name].text()
        rows.append((name, Spread.of(raw_times).text(), shown, Spread.of(with_edge).text()))
    section.tables.append(table)
    measure = "what the front adds in process to the raw callable on a hit"
    bar = f"{LIMIT:g} µs at most"
    text = ", ".join(f"{name} {spread.text()} µs" for name, spread in found.items())
    if front is None:
        return Row(measure, bar, f"there is no front; all of Flask adds: {text}", False)
    return Row(measure, bar, text, all(spread.middle <= LIMIT for spread in found.values()))


def _measure_passing(site: Site, section: Section, front: Any) -> Row:
    measure, bar = "what it adds to a request that it cannot answer", f"{LIMIT:g} µs at most"
    if front is None:
        return Row(measure, bar, "there is no front", None)
    table = Table(("passed on", "raw µs", "front adds µs"), rows := [])
    found = {}
    for name, environ in NOT_ANSWERED.items():
        raw = constant(call(lambda _environ, start: (start("200 OK", []), [b""])[1], environ))
        passing = copy.copy(front)
        passing._application = raw
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
