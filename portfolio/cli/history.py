"""`flask portfolio history`: who changed what."""

import click
from flask.cli import with_appcontext

from portfolio.cli.command_group import print_line
from portfolio.schemas.history import ChangeItem, HistoryQuery, RowsQuery
from portfolio.schemas.lists import PAGE_SIZE_LIMIT
from portfolio.services import history


@click.command("history")
@click.option("--profile", metavar="SLUG", help="Only of this profile and what belongs to it.")
@click.option(
    "--last",
    type=click.IntRange(1, PAGE_SIZE_LIMIT),
    default=20,
    show_default=True,
    help="How many changes.",
)
@with_appcontext
def print_history(profile: str | None, last: int) -> None:
    """Print who changed what, the newest change first."""
    if profile is None:
        items, total = history.list_history(HistoryQuery(page_size=last))
    else:
        items, total = history.list_profile_history(profile, RowsQuery(page_size=last))
    for item in items:
        print_line(_line(item))
    if total > len(items):
        click.echo(f"{total - len(items)} older changes are not shown.")


def _line(item: ChangeItem) -> str:
    what = f"{item.entity} {item.row_id}" if item.row_id else item.entity
    many = f", {item.rows} rows" if item.rows and not item.row_id else ""
    fields = f": {', '.join(item.fields)}" if item.fields else ""
    return f"{item.at:%Y-%m-%d %H:%M:%S}  {item.actor}  {item.action} {what}{many}{fields}"
