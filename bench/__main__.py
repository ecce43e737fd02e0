"""`python -m bench`: run the scenarios, print the table, write docs/performance.md."""

import argparse
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import redis

from bench.figures import Row, Section
from bench.load import LoadFailed
from bench.machine import describe_machine, foreign_load
from bench.report import Report, now
from bench.scale import FULL, QUICK, Scale
from bench.scenarios import (
    crowd,
    evaluation,
    freshness,
    front,
    job_match,
    knowledge,
    one_connection,
    outage,
    over_http,
    second_tier,
    statistics,
    tags,
    visits,
)
from bench.site import BenchError, Site, open_site
from portfolio.caching.breaker import StoreUnavailable
from portfolio.local.preflight import PROJECT

SCENARIOS: dict[str, Callable[[Site], Section]] = {
    "over_http": over_http.measure,
    "front": front.measure,
    "second_tier": second_tier.measure,
    "one_connection": one_connection.measure,
    "crowd": crowd.measure,
    "freshness": freshness.measure,
    "tags": tags.measure,
    "outage": outage.measure,
    "knowledge": knowledge.measure,
    "evaluation": evaluation.measure,
    "job_match": job_match.measure,
    "visits": visits.measure,
    "statistics": statistics.measure,
}
QUIET = 0.3
WARNING = "This machine is busy with other things ({:.1f} for each core): do not trust the figures."
FAILURES = (BenchError, LoadFailed, OSError, redis.RedisError, StoreUnavailable)
DOCUMENT = PROJECT / "docs/performance.md"


def main(arguments: Sequence[str]) -> int:
    """0, or 1 if a scenario failed, or if `--strict` and a bar was missed."""
    options = parse_arguments(arguments)
    # So that servers and folders go when the bench is ended.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    scale = scale_of(options)
    sections, failed, busy = [], False, foreign_load()
    if busy > QUIET:
        print(WARNING.format(busy), flush=True)
    with open_site(scale) as site:
        for name in options.only or SCENARIOS:
            begin = time.monotonic()
            print(f"{name} …", flush=True)
            try:
                sections.append(SCENARIOS[name](site))
            except FAILURES as error:
                failed = True
                sections.append(Section(name, [Row(name, "", f"it failed: {error}", None)]))
            for row in sections[-1].rows:
                print(f"  {row.measure}: {row.measured}")
            print(f"{name}: {time.monotonic() - begin:.0f} s", flush=True)
        report = Report(
            version=_version(),
            moment=now(),
            machine=[
                *describe_machine(site.cores),
                *site.versions(),
                ("Load before the start", f"{busy:.2f} processes for each core"),
            ],
            arrangement=site.cores.describe(),
            sections=sections,
        )
    print("\n" + report.terminal(min(shutil.get_terminal_size().columns, 110)))
    if busy > QUIET:
        print("\n" + WARNING.format(busy))
    if options.output:
        options.output.write_text(report.markdown(), "utf-8")
        print(f"\nWritten to {options.output}.")
    else:
        print("\nA part, or a smoke run: nothing was written. `--output FILE` writes it there.")
    return int(failed or (options.strict and bool(report.missed)))


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """The options; a full run writes the document unless told where else."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smoke run of a minute or two")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if a bar is missed")
    parser.add_argument("--only", nargs="+", choices=SCENARIOS, help="some scenarios")
    parser.add_argument("--repetitions", type=int, help="rounds of each comparison")
    parser.add_argument(
        "--tag-sizes", type=int, nargs="+", help="entries on one tag: 10 10000 1000000"
    )
    parser.add_argument("--output", type=Path, help=f"instead of {DOCUMENT.name}")
    options = parser.parse_args(arguments)
    if options.output is None and not options.quick and not options.only:
        options.output = DOCUMENT
    return options


def scale_of(options: argparse.Namespace) -> Scale:
    """How much to measure."""
    scale = QUICK if options.quick else FULL
    if options.repetitions:
        scale = replace(scale, repetitions=options.repetitions)
    if options.tag_sizes:
        scale = replace(scale, tag_sizes=tuple(options.tag_sizes))
    return scale


def _version() -> str:
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or "unknown"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
