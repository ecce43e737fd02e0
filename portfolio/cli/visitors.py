"""`flask visitors …`: events that wait, and what is kept of one visitor."""

import uuid

import click

from portfolio.cli.command_group import CommandGroup
from portfolio.cli.table import print_table
from portfolio.schemas.json_text import encode_model
from portfolio.services.visits import keeping
from portfolio.services.visits.draining import write_queued
from portfolio.services.visits.queue import QueueAway, event_queue

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
