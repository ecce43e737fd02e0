"""`flask visitors …`: events that wait, sums of them, and what is kept of one visitor."""

import uuid
from contextlib import AbstractContextManager
from typing import Any

import click

from portfolio.cli.command_group import CommandGroup
from portfolio.cli.table import print_table
from portfolio.schemas.json_text import encode_model
from portfolio.services.visits import keeping
from portfolio.services.visits.draining import write_queued
from portfolio.services.visits.queue import QueueAway, event_queue
from portfolio.services.visits.rollups import roll_up

visitor_commands = CommandGroup("visitors", help="Look at what is kept of visitors, or erase it.")
session = click.argument("session", type=click.UUID)


@visitor_commands.command("queue")
@click.option("--write", is_flag=True, help="Write what waits now, as the worker does.")
def show_queue(write: bool) -> None:
    """Show how many events wait, and what became of all others."""
    try:
        if write:
            write_queued()
        described = event_queue().describe()
    except QueueAway:
        raise click.ClickException("the durable Redis does not answer.") from None
    print_table([(name, f"{count:,}") for name, count in described.items()])


@visitor_commands.command("rollup")
@click.option("--rebuild", is_flag=True, help="Sum every day anew of which there are events.")
def roll_up_visits(rebuild: bool) -> None:
    """Bring the sums that statistics are made of up to date."""
    bar: AbstractContextManager[Any] = click.progressbar(length=1, label="days", show_pos=True)
    with bar as shown:

        def progress(done: int, of: int) -> None:
            shown.length = max(of, 1)
            shown.update(max(done, int(of == 0)) - shown.pos)

        sums = roll_up(rebuild=rebuild, progress=progress)
    if sums is None:
        raise click.ClickException("a worker is at it; try again when it is done.")
    click.echo(f"{sums['events']:,} events were new; {sums['days']:,} days were summed anew.")


@visitor_commands.command("export")
@session
def export(session: uuid.UUID) -> None:
    """Print all that is kept of a SESSION, as JSON."""
    click.echo(encode_model(keeping.export_session(session)).decode())


@visitor_commands.command("erase")
@session
def erase(session: uuid.UUID) -> None:
    """Erase a SESSION with all its events, for good."""
    keeping.erase_session(session)
    click.echo("Erased.")
