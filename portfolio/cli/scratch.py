"""An application like the running one, on a database of its own that is gone afterwards."""

import logging
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import psycopg
from flask import Flask, current_app
from flask_migrate import upgrade
from psycopg import sql
from sqlalchemy import make_url

from portfolio.caching.flask_adapter import cache_extension
from portfolio.extensions import db

SIBLING = "portfolio_sibling"
"""Among an application's extensions: what makes another one, from settings that differ."""
LONGEST_PREFIX = 40


class ScratchUnavailable(Exception):
    """No database of one's own can be had; the message says why."""


@contextmanager
def scratch_app(name: str) -> Iterator[Flask]:
    """The other application, its database empty, on the same servers.

    Nothing of the running portfolio is read or written: neither its database nor its keys in Redis.

    Args:
        name: of what it is for; a part of the database's name and of the keys in Redis.

    Raises:
        ScratchUnavailable
    """
    config = current_app.config
    make: Callable[[Mapping[str, object]], Flask] = current_app.extensions[SIBLING]
    with _database(config["DATABASE_URL"], f"portfolio_{name}_{secrets.token_hex(4)}") as url:
        prefix = f"{config['CACHE_KEY_PREFIX'][: LONGEST_PREFIX - len(name) - 1]}-{name}"
        app = make({"DATABASE_URL": url, "CACHE_KEY_PREFIX": prefix})
        try:
            with app.app_context():
                _migrate()
                yield app
        finally:
            cache_extension(app).close()
            with app.app_context():
                db.engine.dispose()


@contextmanager
def _database(url: str, name: str) -> Iterator[str]:
    own = make_url(url).set(database=name).render_as_string(hide_password=False)
    server = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    quoted = sql.Identifier(name)
    try:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(quoted))
    except psycopg.errors.InsufficientPrivilege as error:
        raise ScratchUnavailable(
            "The user of DATABASE_URL may not make a database: give it the right CREATEDB."
        ) from error
    try:
        yield own
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(quoted))


def _migrate() -> None:
    # Each step would be told otherwise.
    logging.disable(logging.INFO)
    try:
        upgrade()
    finally:
        logging.disable(logging.NOTSET)
