"""What the server's own housekeeping has left over: tables to vacuum and to analyze."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import RowMapping, text

from portfolio.caching.postgres_adapter.patience import wait_for_ever
from portfolio.extensions import db
from portfolio.services.database import catalog
from portfolio.services.database.figures import DEAD_ROWS, DEAD_SHARE

CHANGED_ROWS, CHANGED_SHARE = 50, 0.1
"""So many rows and such a share of all have changed: the planner's numbers are old."""


@dataclass(frozen=True)
class Step:
    """One command and why it helps.

    Attributes:
        command: what is run; it skips what is locked, and waits for nothing.
        table: as people call it.
    """

    command: str
    table: str
    reason: str


def plan_optimization(*, everything: bool = False) -> list[Step]:
    """What would be done, the largest table first; `everything` takes all tables."""
    with db.engine.connect() as connection:
        rows = connection.execute(catalog.NEEDY_TABLES).mappings().all()
    steps = (_step(row, everything=everything) for row in rows)
    return [step for step in steps if step is not None]


def _step(row: RowMapping, *, everything: bool) -> Step | None:
    dead, rows, changed = row["dead_rows"], row["rows"], row["changed_rows"]
    vacuum = Step(f"VACUUM (SKIP_LOCKED, ANALYZE) {row['name']}", row["table"], "")
    if dead >= DEAD_ROWS and dead >= DEAD_SHARE * (dead + rows):
        return Step(vacuum.command, vacuum.table, f"{dead:,} of its rows are no more")
    if everything:
        return Step(vacuum.command, vacuum.table, "all tables were asked for")
    analyze = f"ANALYZE (SKIP_LOCKED) {row['name']}"
    if row["never_analyzed"] and changed:
        return Step(analyze, row["table"], "it was never analyzed")
    if changed >= CHANGED_ROWS + CHANGED_SHARE * rows:
        return Step(analyze, row["table"], f"{changed:,} rows have changed since the last time")
    return None


@contextmanager
def optimizer(seconds: float) -> Iterator[Callable[[Step], list[str]]]:
    """Does steps; each call tells what the server has left undone, and why.

    Args:
        seconds: longest run of one step.
    """
    said: list[str] = []

    def note(message: Any) -> None:
        if message.severity_nonlocalized == "WARNING":
            said.append(str(message.message_primary))

    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)  # noqa: S101 - told to the type checker
        driver.add_notice_handler(note)
        wait_for_ever(connection)
        limit = text("SELECT set_config('statement_timeout', :limit, false)")
        connection.execute(limit, {"limit": str(int(seconds * 1000))})

        def run(step: Step) -> list[str]:
            said.clear()
            connection.exec_driver_sql(step.command)
            return list(said)

        try:
            yield run
        finally:
            connection.invalidate()  # ends the settings with the connection
