"""`flask db …`: Flask-Migrate, bound to the folder of our migrations."""

from flask import Flask
from flask_migrate import Migrate

from portfolio.extensions import MIGRATIONS, db

# The cache's own tables are made by migrations alone; nothing maps them.
_migrate = Migrate(
    directory=str(MIGRATIONS),
    include_name=lambda name, kind, _parents: not (name or "").startswith("cache_"),
)


def register_migrations(app: Flask) -> None:
    """Give the application its migrations and their commands."""
    _migrate.init_app(app, db)
