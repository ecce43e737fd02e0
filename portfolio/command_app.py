"""The application with its commands. Web processes and workers load neither them nor Alembic."""

import os

from apiflask import APIFlask

from portfolio.app import create_app
from portfolio.cli import register_commands
from portfolio.cli.scratch import SIBLING
from portfolio.config import Settings


def create_command_app(settings: Settings | None = None) -> APIFlask:
    """As `create_app` builds it, for the `flask` command."""
    settings = settings or Settings.load(os.environ)
    app = create_app(settings)
    register_commands(app)
    app.extensions[SIBLING] = lambda changes: create_command_app(
        settings.model_copy(update=changes)
    )
    return app
