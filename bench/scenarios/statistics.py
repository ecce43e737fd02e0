"""What statistics cost when nothing is cached, with few page views and with very many."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import psycopg
from flask.testing import FlaskClient

from bench.figures import Row, Section, Table
from bench.in_process import product_in_process
from bench.site import BenchError, Site
from bench.visitors import DAYS, fill_with_visits
from portfolio.caching.flask_adapter import refreshing
from portfolio.services.visits.rollups import roll_up

MOST = 1.5
"""Times that the dearest size may cost what the cheapest does."""
CALLS, TURNS = 10, 5
"""Calls in a row of each address, and how often its turn comes: so a slow moment of the machine is
not all of one's time, and what another address has pushed out of the processor's memory is back."""
PATHS = (
    *("visitors/stats/", "visitors/stats/?days=90&time_zone=Asia/Kolkata", "visitors/real-time/"),
    *("visitors/engagement/", "visitors/funnel/", "conversations/stats/"),
    *("conversations/questions/", "job-analyses/stats/", "stats/"),
)
ORACLE = """
SELECT count(*) FILTER (WHERE kind = 'page_view'),
    count(*) FILTER (WHERE is_entrance), count(*) FILTER (WHERE kind = 'project_view'),
    count(DISTINCT session_id), count(DISTINCT session_id) FILTER (WHERE kind = 'contact')
FROM visitor_events WHERE NOT is_bot AND at >= %(first)s AND at < %(last)s::date + 1
"""
"""Of raw events. A session is of one day, so that different ones are visitors' days."""


def measure(site: Site) -> Section:
    """For each number of page views: write them, sum them, compare, and time each address."""
    costs: dict[str, list[float]] = {path: [] for path in PATHS}
    rows: list[tuple[str, ...]] = []
    equal, database = True, site.environment["DATABASE_URL"]
    with product_in_process(site) as app:
        ask = _asking(site, app.test_client())
        for size in site.scale.page_views:
            events, filling = _timed(partial(fill_with_visits, database, size, _now()))
            with app.app_context():
                summed, summing = _timed(roll_up)
            if summed is None or summed["events"] != events:
                raise BenchError(f"of {events} events {summed} were summed")
            equal = equal and _is_equal(database, ask)
            for path, seconds in _least_seconds(ask).items():
                costs[path].append(seconds)
            rows.append((f"{size:,}", f"{events:,}", f"{filling:.1f}", f"{summing:.1f}"))
    return _tell(site, costs, rows, equal=equal)


def _now() -> datetime:
    return datetime.now(UTC)


def _timed(run: Callable[[], Any]) -> tuple[Any, float]:
    begin = time.perf_counter()
    return run(), time.perf_counter() - begin


def _least_seconds(ask: Callable[[str], Any]) -> dict[str, float]:
    """For each address."""
    least = dict.fromkeys(PATHS, float("inf"))
    for path in PATHS * TURNS:
        times = [_timed(partial(ask, path))[1] for _ in range(CALLS)]
        least[path] = min(least[path], *times)
    return least


def _asking(site: Site, client: FlaskClient) -> Callable[[str], Any]:
    headers = {"Authorization": f"Bearer {site.token}"}

    def ask(path: str) -> Any:
        with refreshing():
            answer = client.get(f"/api/v1/{path}", headers=headers)
        if answer.status_code != 200:
            raise BenchError(f"{path}: {answer.text}")
        return answer.get_json()

    return ask


def _is_equal(database: str, ask: Callable[[str], Any]) -> bool:
    told, funnel = ask("visitors/stats/"), ask("visitors/funnel/")
    days = {"first": told["first_day"], "last": told["last_day"]}
    with psycopg.connect(database, options="-c TimeZone=UTC") as connection:
        counted = connection.execute(ORACLE, days).fetchone()
    names = ("page_views", "visits", "project_views", "visitor_days")
    return counted == (*(told[name] for name in names), funnel["steps"][-1]["sessions"])


def _tell(
    site: Site, costs: dict[str, list[float]], rows: list[tuple[str, ...]], *, equal: bool
) -> Section:
    sizes = [f"{size:,}" for size in site.scale.page_views]
    section = Section("Statistics of visits")
    section.notes.append(
        f"Page views of {DAYS} days up to now, with what goes with them, are written by COPY and "
        "summed; then each address is asked with a token while every cached value is computed "
        f"anew, {TURNS} times {CALLS} calls, in turn. Milliseconds are the least of these, in this "
        "process."
    )
    section.tables.append(Table(("page views", "events", "seconds to write", "to sum"), rows))
    shares = {path: max(times) / min(times) for path, times in costs.items()}
    cells = [
        (f"`{path}`", *(f"{seconds * 1000:.1f}" for seconds in times), f"{shares[path]:.2f}")
        for path, times in costs.items()
    ]
    section.tables.append(Table(("address", *sizes, "dearest to cheapest"), cells))
    worst = max(shares, key=lambda path: shares[path])
    section.rows.append(
        Row(
            f"cold cost of statistics from {sizes[0]} to {sizes[-1]} page views",
            f"each within {MOST:g} times",
            f"at most {shares[worst]:.2f} times, {worst}",
            shares[worst] <= MOST,
        )
    )
    section.rows.append(
        Row(
            "statistics of visits, and the same counted from raw events",
            "equal",
            "equal" if equal else "different",
            equal,
        )
    )
    return section
