"""Runs migrations on the application's database, one runner at a time."""

import logging
from logging.config import fileConfig

from alembic import context
from flask import current_app
from sqlalchemy import text

import portfolio.models  # noqa: F401 - autogenerate compares with the tables it defines
from portfolio.caching.postgres_adapter.patience import wait_for_ever
from portfolio.caching.postgres_adapter.triggers import INVALIDATE_ALL
from portfolio.extensions import db

RUNNERS_LOCK = 7_305_120_950

if context.config.config_file_name is not None:
    fileConfig(context.config.config_file_name, disable_existing_loggers=False)
logger = logging.getLogger("alembic.env")


def run_offline() -> None:
    """Print the SQL instead of running it."""
    context.configure(
        url=db.engine.url.render_as_string(hide_password=False),
        target_metadata=db.metadata,
        literal_binds=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    """Run the SQL. All migrations of one call succeed together or not at all."""
    with db.engine.connect() as connection:
        wait_for_ever(connection)
        # A migration may take longer than a request, and waits for another runner to finish.
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("SET lock_timeout = '60s'"))
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": RUNNERS_LOCK})
        connection.commit()
        try:
            applied: list[object] = []
            context.configure(
                connection=connection,
                target_metadata=db.metadata,
                on_version_apply=lambda step, **_: applied.append(step),
                **_options(),
            )
            with context.begin_transaction():
                context.run_migrations()
                if applied and connection.scalar(text("SELECT to_regclass('cache_outbox')")):
                    # DDL fires no triggers: whatever was computed from the old schema is void.
                    for statement in INVALIDATE_ALL:
                        connection.exec_driver_sql(statement)
        finally:
            connection.rollback()
            connection.invalidate()  # ends the settings and the lock with the connection


def _options() -> dict[str, object]:
    options: dict[str, object] = dict(current_app.extensions["migrate"].configure_args)
    return options


if context.is_offline_mode():
    run_offline()
else:
    run_online()
