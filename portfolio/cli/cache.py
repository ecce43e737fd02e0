"""`flask cache …`: the operator's view of the cache."""

import json
import signal
import threading
from collections.abc import Callable
from typing import Any

import click
from flask import current_app

from portfolio.caching.breaker import StoreUnavailable
from portfolio.caching.flask_adapter import cache_extension
from portfolio.caching.policy import PolicyError
from portfolio.caching.postgres_adapter.relay import run_relay
from portfolio.cli.command_group import CommandGroup
from portfolio.extensions import enqueue
from portfolio.services import cache_admin, warming

cache_commands = CommandGroup("cache", help="Look at, clear and fill the cache.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@cache_commands.command("stats")
@as_json
def show_stats(as_json: bool) -> None:
    """Show counts by policy, summed over all processes."""
    description = cache_admin.describe_cache()
    if as_json:
        _print_json(description)
        return
    columns = ("type", "ttl", "entries", "hits", "misses", "hit_rate", "fills", "errors", "bytes")
    rows: list[tuple[str, ...]] = [("policy", *columns)]
    totals = {"type": "", "ttl": "", **description["totals"]}
    for name, row in [*description["policies"].items(), ("total", totals)]:
        rows.append((name, *(_cell(column, row[column]) for column in columns)))
    _print_table(rows)
    store = description["store"]
    if store is None:
        click.echo("\nThe cache Redis does not answer.")
        return
    click.echo(
        f"\nRedis {store['version']}, {store['memory_bytes']:,} of "
        f"{store['memory_limit_bytes']:,} bytes, {store['policy']}, {store['evicted']} evicted"
    )


@cache_commands.command("clear")
@click.argument("selector", default="all")
@as_json
def clear(selector: str, as_json: bool) -> None:
    """Clear SELECTOR: `all`, a type or a policy. What was hot is warmed again by the worker."""
    result = _answer(lambda: cache_admin.clear_cache(selector))
    result["warming"] = enqueue("portfolio.warming.warm")
    if as_json:
        _print_json(result)
        return
    click.echo(f"Cleared {result['cleared']} entries of {selector}.")
    if not result["warming"]:
        click.echo("The task queue does not answer; run `flask cache warm` to fill the cache.")


@cache_commands.command("warm")
@click.option("--force", is_flag=True, help="Renew valid entries too.")
@as_json
def warm(force: bool, as_json: bool) -> None:
    """Fill the cache with what visitors ask for first."""
    paths = warming.list_hot_paths()
    statuses: dict[str, int] = {}
    visits = warming.warm_paths(paths, force=force)
    with click.progressbar(visits, length=len(paths), label="Warming", hidden=as_json) as bar:
        statuses.update(bar)
    failed = {path: status for path, status in statuses.items() if status != 200}
    if as_json:
        _print_json({"warmed": len(statuses) - len(failed), "failed": failed})
    else:
        click.echo(f"Warmed {len(statuses) - len(failed)} of {len(statuses)} pages.")
        for path, status in failed.items():
            click.echo(f"{status}  {path}", err=True)
    if failed:
        raise SystemExit(1)


@cache_commands.command("health")
@as_json
def show_health(as_json: bool) -> None:
    """Check store, outbox and counters; exit code 1 when something is wrong."""
    report = cache_admin.check_cache()
    if as_json:
        _print_json(report)
    else:
        rows: list[tuple[str, ...]] = [("part", "state", "detail")]
        for name, check in report["checks"].items():
            state = "ok" if check["healthy"] else "FAILED"
            detail = ", ".join(f"{k} {v}" for k, v in check.items() if k != "healthy")
            rows.append((name, state, detail))
        _print_table(rows)
    if not report["healthy"]:
        raise SystemExit(1)


@cache_commands.command("cleanup")
@as_json
def clean_up(as_json: bool) -> None:
    """Remove entries that are invalid but not yet expired."""
    result = _answer(cache_admin.clean_cache)
    if as_json:
        _print_json(result)
        return
    click.echo(f"Checked {result['checked']} entries, removed {result['removed']}.")


@cache_commands.command("relay")
def relay() -> None:
    """Carry changes from the database to the cache, until stopped. The supervisor runs this."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_signal: stop.set())
    cache = cache_extension()
    url = current_app.config["DATABASE_URL"].replace("postgresql+psycopg:", "postgresql:", 1)
    run_relay(url, cache.source, cache.store, stop)


def _answer(call: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return call()
    except PolicyError as error:
        raise click.UsageError(str(error)) from error
    except StoreUnavailable as error:
        raise click.ClickException(f"the cache Redis does not answer: {error}") from error


def _print_json(data: dict[str, Any]) -> None:
    click.echo(json.dumps(data, indent=2))


def _cell(column: str, value: Any) -> str:
    if value is None:
        return "-"
    if column == "hit_rate":
        return f"{value:.1%}"
    return str(value) if column in ("type", "ttl") else f"{value:,}"


def _print_table(rows: list[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    numeric = [
        all(cell[:1].isdigit() or cell in ("", "-") for cell in column[1:])
        for column in zip(*rows, strict=True)
    ]
    for row in rows:
        cells = (
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        )
        click.echo("  ".join(cells).rstrip())
