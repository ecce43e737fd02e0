"""The commands: each reads its arguments, calls one service and prints."""

from flask import Flask

from portfolio.cli.cache import cache_commands
from portfolio.cli.database import database_commands
from portfolio.cli.history import print_history
from portfolio.cli.images import clean_images
from portfolio.cli.knowledge import knowledge_commands
from portfolio.cli.migrations import register_migrations
from portfolio.cli.portfolio import portfolio_commands
from portfolio.cli.token import token_commands
from portfolio.cli.visitors import visitor_commands


def register_commands(app: Flask) -> None:
    """Give the `flask` command its subcommands."""
    register_migrations(app)
    portfolio_commands.add_command(print_history)
    portfolio_commands.add_command(clean_images)
    for group in (
        *(portfolio_commands, token_commands, cache_commands, knowledge_commands),
        visitor_commands,
        database_commands,
    ):
        app.cli.add_command(group)
