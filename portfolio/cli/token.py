"""`flask token …`: who may call the API."""

import json
import re
import uuid
from datetime import UTC, datetime, time, timedelta
from typing import Any

import click
from flask import current_app

from portfolio.cli.command_group import CommandGroup
from portfolio.services import tokens
from portfolio.vocabulary import SHORT_LENGTH, Scope

token_commands = CommandGroup("token", help="Make, list and revoke tokens.")

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class Expiry(click.ParamType[datetime]):
    """A moment in the future: `30d` from now, a date (its end, UTC) or a date with time."""

    name = "time"

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime:
        """The moment in UTC."""
        now = datetime.now(UTC)
        span = re.fullmatch(r"(\d{1,5})([mhdw])", value)
        try:
            if span:
                moment = now + timedelta(**{_UNITS[span[2]]: int(span[1])})
            elif re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                moment = datetime.combine(datetime.fromisoformat(value), time.max, UTC)
            else:
                given = datetime.fromisoformat(value)
                moment = given if given.tzinfo else given.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is neither a span such as 30d nor a date.", param, ctx)
        if moment <= now:
            self.fail(f"{value!r} is over.", param, ctx)
        return moment


def _checked_name(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    name = " ".join(value.split())
    if not name or len(name) > SHORT_LENGTH or not name.isprintable():
        raise click.BadParameter(f"should be 1 to {SHORT_LENGTH} printable characters.")
    return name


@token_commands.command("create")
@click.option("--name", default="token", callback=_checked_name, help="What it is for.")
@click.option(
    "--scope",
    type=click.Choice([scope.value for scope in Scope]),
    default=Scope.READ.value,
    show_default=True,
)
@click.option("--expires", type=Expiry(), help="A span such as 30d, or a date.")
def create(name: str, scope: str, expires: datetime | None) -> None:
    """Make a token and print it. It is not kept and cannot be shown again."""
    click.echo(tokens.create_token(name, Scope(scope), expires))


@token_commands.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_all(as_json: bool) -> None:
    """List all tokens."""
    rows = tokens.list_tokens()
    if as_json:
        click.echo(json.dumps(rows, default=datetime.isoformat, indent=2))
        return
    columns = ("id", "scope", "state", "created_at", "expires_at", "last_used_at", "name")
    table = [columns, *(tuple(_cell(row[column]) for column in columns) for row in rows)]
    widths = [max(map(len, cells)) for cells in zip(*table, strict=True)]
    for cells in table:
        line = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        click.echo(line.rstrip())


@token_commands.command("revoke")
@click.argument("token_id", metavar="ID", type=click.UUID)
def revoke(token_id: uuid.UUID) -> None:
    """Revoke the token with this id, at once and for good."""
    click.echo("Revoked." if tokens.revoke_token(token_id) else "It was revoked before.")


@token_commands.command("ensure-admin")
def ensure_admin() -> None:
    """Register ADMIN_TOKEN, or make the first token; print it if it is new."""
    token = tokens.ensure_admin_token(current_app.config["ADMIN_TOKEN"])
    if token is not None:
        click.echo(token)


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    return "-" if value is None else str(value)
