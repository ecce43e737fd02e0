"""A small Flask application on the engine and on Flask-Caching's backend, over real servers."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType, SimpleNamespace
from typing import Any

import redis
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text

from portfolio.caching.flask_adapter import CacheExtension
from portfolio.caching.policy import PolicyTable
from portfolio.extensions import AppSession
from portfolio.local.embedded import EmbeddedServers


@contextmanager
def small_app(
    servers: EmbeddedServers,
    database: str,
    table: PolicyTable,
    *,
    empty: bool = True,
    config: Mapping[str, Any] = MappingProxyType({}),
    extension_options: Mapping[str, Any] = MappingProxyType({}),
    **options: Any,
) -> Iterator[Flask]:
    """An application; `app.extensions["test"]` has its database.

    Args:
        database: the address of one with the cache's own tables.
        empty: empty both Redis servers first.
        options: Flask's own.
    """
    for url in (servers.redis_url, servers.celery_broker_url) if empty else ():
        with redis.Redis.from_url(url) as client:
            client.flushall()
    app = Flask(__name__, **options)
    app.config.update(
        SQLALCHEMY_DATABASE_URI=database,
        REDIS_URL=servers.redis_url,
        CACHE_TYPE="portfolio.caching.flask_adapter.backend.EngineBackend",
        CACHE_KEY_PREFIX="mini",
        CACHE_TIMEOUT=10,
        CACHE_RETRY_INTERVAL=0.2,
        CACHE_MEMORY=1_000_000,
        CACHE_LEDGER_URL=servers.celery_broker_url,
        PUBLIC_URL="",
        SECRET_KEY="a secret of the test",
    )
    app.config.update(config)
    db = SQLAlchemy(app, session_options={"class_": AppSession})
    with app.app_context():
        extension = CacheExtension(app, db.session, db.engine, table, **extension_options)
    app.extensions["test"] = SimpleNamespace(db=db)
    try:
        yield app
    finally:
        extension.close()
        with app.app_context():
            db.engine.dispose()


@contextmanager
def app_with_items(servers: EmbeddedServers, database: str, table: PolicyTable) -> Iterator[Flask]:
    """An application with two items, 1 of value 10 and 2 of value 20."""
    with small_app(servers, database, table) as app:
        db = app.extensions["test"].db
        with app.app_context():
            db.session.execute(text("TRUNCATE item"))
            db.session.execute(text("INSERT INTO item VALUES (1, 10), (2, 20)"))
            db.session.commit()
        yield app
