"""`flask database …`: what statements cost, and the state of the database."""

import json
import time
from typing import Any

import click

from portfolio.cli.command_group import CommandGroup, print_line
from portfolio.cli.table import print_table
from portfolio.schemas.database import (
    TOLD,
    DatabaseQuery,
    DatabaseStatistics,
    QueryFigures,
    StatementOrder,
)
from portfolio.schemas.lists import PAGE_SIZE_LIMIT
from portfolio.services.database.explaining import CannotExplain, explain_statement
from portfolio.services.database.figures import describe_database
from portfolio.services.database.optimizing import Step, optimizer, plan_optimization
from portfolio.services.database.recorded import (
    QueriesUnavailable,
    forget_recorded,
    recorded_queries,
)

database_commands = CommandGroup("database", help="Look at the database and what it is asked.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
limited = click.option(
    "--limit",
    type=click.IntRange(1, PAGE_SIZE_LIMIT),
    default=TOLD,
    show_default=True,
    help="Most rows of each list.",
)
_SHOWN = 100
"""Characters of a statement in a table."""


@database_commands.command("stats")
@limited
@as_json
def show_stats(limit: int, as_json: bool) -> None:
    """Show connections, sizes, hints and locks."""
    figures = describe_database(DatabaseQuery(limit=limit))
    if as_json:
        _print_json(figures)
        return
    _print_summary(figures)
    _print_rows("Tables", figures.tables, "table", "rows", "bytes", "index_bytes", "dead_rows")
    _print_hints(figures)
    _print_rows("Locks", figures.locks, "pid", "waits_for", "lock", "table", "seconds")
    for missing in figures.unavailable:
        click.echo(f"Not told: {missing.part}, as {missing.reason}.", err=True)


@database_commands.command("slow")
@limited
@click.option(
    "--order",
    type=click.Choice([order.value for order in StatementOrder]),
    default=StatementOrder.TOTAL.value,
    show_default=True,
    help="What comes first: the largest of this.",
)
@click.option("--all", "everything", is_flag=True, help="Statements that were never slow, too.")
@click.option("--forget", is_flag=True, help="Forget what was recorded, and begin anew.")
@as_json
def show_slow(limit: int, order: str, everything: bool, forget: bool, as_json: bool) -> None:
    """Show slow statements, and those that one request repeats (N+1), of all processes."""
    try:
        if forget:
            forget_recorded()
            click.echo("What was recorded is forgotten.")
            return
        query = DatabaseQuery(limit=limit, order=StatementOrder(order))
        figures = recorded_queries(query, only_slow=not everything)
    except QueriesUnavailable as error:
        raise _told(error) from error
    if as_json:
        _print_json(figures)
        return
    _print_recorded(figures)


@database_commands.command("explain")
@click.argument("statement")
@click.option("--analyze", is_flag=True, help="Run it, read only, and tell real times and rows.")
def explain(statement: str, analyze: bool) -> None:
    """Print the plan of STATEMENT: the id of a recorded one, or a SELECT."""
    try:
        plan = explain_statement(statement, analyze=analyze)
    except (CannotExplain, QueriesUnavailable) as error:
        raise _told(error) from error
    for line in plan.splitlines():
        print_line(line)


@database_commands.command("optimize")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--all", "everything", is_flag=True, help="All tables, also those that need nothing.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=600.0,
    show_default=True,
    help="Longest time for one table, in seconds.",
)
def optimize(dry_run: bool, everything: bool, timeout: float) -> None:
    """Vacuum and analyze tables that need it; tables that are locked are skipped."""
    steps = plan_optimization(everything=everything)
    if dry_run or not steps:
        for step in steps:
            print_line(f"{step.command}: {step.reason}")
        click.echo("Nothing was done." if steps else "No table needs anything.")
    else:
        _run(steps, timeout)
    _print_hints(describe_database(DatabaseQuery()))


def _run(steps: list[Step], timeout: float) -> None:
    with optimizer(timeout) as run:
        for number, step in enumerate(steps, 1):
            start = time.monotonic()
            click.echo(f"{number}/{len(steps)} {step.command}: {step.reason} … ", nl=False)
            undone = run(step)
            click.echo(f"{time.monotonic() - start:.1f} s" if not undone else "skipped")
            for reason in undone:
                print_line(f"  {reason}", err=True)


def _print_summary(figures: DatabaseStatistics) -> None:
    server, connections, pool = figures.server, figures.connections, figures.pool
    if server is not None:
        click.echo(
            f"PostgreSQL {server.version}, {server.bytes:,} bytes, {server.deadlocks} deadlocks"
        )
    if connections is not None:
        click.echo(
            f"Connections: {connections.total} of {connections.limit}, {connections.active} active,"
            f" {connections.idle_in_transaction} idle in a transaction,"
            f" {connections.waiting_for_locks} waiting for locks"
        )
    click.echo(f"Pool of this process: {pool.in_use} in use, {pool.size} at most")
    if figures.cache_hits is not None:
        hits = figures.cache_hits
        click.echo(
            f"Found in memory: {_share(hits.tables)} of tables, {_share(hits.indexes)} of indexes"
        )
    if figures.queries is not None:
        queries = figures.queries
        click.echo(
            f"Statements: {queries.count:,} in {_cell(queries.total_ms)} ms, {queries.slow:,} slow,"
            f" {queries.failed:,} failed; {len(queries.repeated)} repeated within a request"
        )
    if figures.sizes_are_estimates:
        click.echo("A table is locked: sizes are those of the last vacuum.")


def _print_hints(figures: DatabaseStatistics) -> None:
    _print_rows("Indexes that nothing reads", figures.unused_indexes, "index", "table", "bytes")
    _print_rows(
        "Indexes that may be missing", figures.missing_indexes, "table", "columns", "reason"
    )
    _print_rows("Rows that are no more", figures.bloat, "table", "dead_rows", "last_vacuum")


def _print_recorded(figures: QueryFigures) -> None:
    columns = ("id", "count", "slow", "failed", "total_ms", "mean_ms", "p95_ms", "worst_ms")
    title = f"Statements (slow from {figures.slow_after_ms:g} ms on)"
    _print_rows(title, figures.statements, *columns, "last_seen", "endpoint", "place", "statement")
    title = f"Repeated within one request (more than {figures.repeated_after} times)"
    _print_rows(
        title, figures.repeated, "id", "count", "requests", "endpoint", "place", "statement"
    )
    if not figures.statements and not figures.repeated:
        click.echo("Nothing was slow, and nothing repeated.")


def _print_rows(title: str, rows: Any, *columns: str) -> None:
    if not rows:
        return
    click.echo(f"\n{title}")
    cells = [[_cell(getattr(row, name)) for name in columns] for row in rows]
    print_table([[name.removesuffix("_ms").replace("_", " ") for name in columns], *cells])


def _cell(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:,.1f}"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "-"
    if hasattr(value, "isoformat"):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return value if len(value) <= _SHOWN else f"{value[: _SHOWN - 1]}…"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"


def _told(error: Exception) -> click.ClickException:
    sentence = str(error).rstrip(".")
    return click.ClickException(f"{sentence[:1].upper()}{sentence[1:]}.")


def _print_json(model: DatabaseStatistics | QueryFigures) -> None:
    click.echo(json.dumps(model.model_dump(mode="json"), indent=2))
