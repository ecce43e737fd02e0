"""A Flask application of the bench's own on the cache, with policies of the bench's own."""

from collections.abc import Mapping

from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from portfolio.caching.flask_adapter import CacheExtension
from portfolio.caching.policy import PolicyTable
from portfolio.extensions import AppSession


def make_small_app(
    environment: Mapping[str, str], policies: PolicyTable, *, memory: int, prefix: str
) -> tuple[Flask, CacheExtension]:
    """An application without a view, and its cache.

    Args:
        environment: of the site, whose database and Redis it shares.
        memory: bytes of the first tier; 0 for none.

    Redis may take its time: no outage is measured on this application.
    """
    app = Flask("bench.small_app")
    app.config.update(
        SQLALCHEMY_DATABASE_URI=sqlalchemy_url(environment["DATABASE_URL"]),
        SQLALCHEMY_ENGINE_OPTIONS={"pool_size": 32, "max_overflow": 0},
        REDIS_URL=environment["REDIS_URL"],
        CACHE_LEDGER_URL=environment["CELERY_BROKER_URL"],
        CACHE_KEY_PREFIX=prefix,
        CACHE_TIMEOUT=0.5,
        CACHE_RETRY_INTERVAL=1.0,
        CACHE_MEMORY=memory,
        PUBLIC_URL="",
        SECRET_KEY="a secret of the bench",  # noqa: S106 - guards nothing
    )
    db = SQLAlchemy(app, session_options={"class_": AppSession})
    with app.app_context():
        extension = CacheExtension(app, db.session, db.engine, policies)
    app.extensions["bench_database"] = db
    return app, extension


def sqlalchemy_url(url: str) -> str:
    """The address with the driver named."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def close_small_app(app: Flask, extension: CacheExtension) -> None:
    """Leave no thread and no connection behind."""
    extension.close()
    with app.app_context():
        app.extensions["bench_database"].engine.dispose()
