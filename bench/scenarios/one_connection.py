"""The mean time of a hit over HTTP on one kept connection, beside a raw callable."""

import time
from statistics import fmean

from bench.figures import TIME_COLUMNS, Row, Section, Table, describe_times
from bench.ready_answer import VARIABLE, ReadyAnswer
from bench.scenarios.over_http import SUBJECTS, fetch_hit
from bench.site import Site
from bench.wire import Connection, request_bytes

CLAIM = 0.21
"""Milliseconds: what the original says of its mean response."""


def measure(site: Site) -> Section:
    """Both subjects, one request after the other."""
    section = Section("One kept connection")
    table = Table(("asked for", "from", *TIME_COLUMNS), rows := [])
    parts, met = [], True
    with site.product() as product:
        for subject in SUBJECTS:
            file = site.folder / "one-answer.json"
            ReadyAnswer.of(fetch_hit(product.port, subject.path)).save(file)
            environment = {VARIABLE: str(file)}
            with site.granian("bench.contenders.raw:app", environment=environment) as raw:
                times = _alternate(site, {"Portfolio": product.port, "raw": raw.port}, subject.path)
            for name, seconds in times.items():
                rows.append((subject.name, name, *describe_times(seconds)))
            ours, reference = (fmean(seconds) * 1000 for seconds in times.values())
            parts.append(f"{subject.name} {ours:.3f} ms, raw callable {reference:.3f} ms")
            met = met and ours < CLAIM
    section.tables.append(table)
    section.notes.append(
        "One client in Python on one connection, request after request; product and raw callable "
        "in turn. The time is from the sending of the request to the last byte of the answer."
    )
    section.rows.append(
        Row(
            "the original's claim: mean response 0.21 ms",
            "mean HTTP hit on one keep-alive connection under it",
            "; ".join(parts),
            met,
        )
    )
    return section


def _alternate(site: Site, ports: dict[str, int], path: str) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in ports}
    request = request_bytes(path)
    asked = max(site.scale.calls // 20, 50)
    for _ in range(site.scale.repetitions):
        for name, port in ports.items():
            with Connection(port) as connection:
                for _ in range(50):  # until the process behind it has its copy
                    connection.ask(request)
                for _ in range(asked):
                    begin = time.perf_counter()
                    connection.ask(request)
                    times[name].append(time.perf_counter() - begin)
    return times
