"""Real servers for a test session: PostgreSQL and two Redis of its own, gone with it."""

import gc
from collections.abc import Callable, Iterator

import psycopg
import pytest
import redis
from apiflask import APIFlask
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import settings

from portfolio import chat_settings, extensions
from portfolio.caching.flask_adapter import EXTENSION, extension
from portfolio.caching.postgres_adapter import patience
from portfolio.command_app import create_command_app
from portfolio.config import Settings
from portfolio.extensions import db
from portfolio.local.embedded import EmbeddedServers, embedded_servers
from portfolio.queries import ledger
from portfolio.rate_limits import limiter
from portfolio.services.wording import spending, wordsmith
from tests.routing import KeptRule

# On a busy machine anything may take long now and then.
settings.register_profile("portfolio", deadline=None)
settings.load_profile("portfolio")
Flask.url_rule_class = KeptRule

LONG = (
    "test_schemathesis.py",
    "test_schemathesis_scopes.py",
    "test_lifecycle.py",
    "test_documents.py",
    "test_scenarios.py",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of sessions side by side none is left with a long file when the others are done."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: LONG.index(item.path.name) if item.path.name in LONG else 9)


def pytest_collection_finish() -> None:
    """What was imported and collected stays; no collection of garbage need go through it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def servers() -> Iterator[EmbeddedServers]:
    with embedded_servers() as running:
        yield running


@pytest.fixture(autouse=True, scope="session")
def patient() -> Iterator[None]:
    """Servers are waited for, though the machine stands still for a second or two.

    Tests in which they hang are less patient.
    """
    with pytest.MonkeyPatch.context() as patch:
        for module in (extension, extensions, ledger, spending, wordsmith):
            patch.setattr(module, "_PATIENCE", 10.0)
        patch.setattr(patience, "CONNECT_TIMEOUT", 10)
        patch.setattr(chat_settings, "RATE_LIMIT_PATIENCE", 10.0)
        yield


@pytest.fixture(scope="session")
def environment(
    servers: EmbeddedServers, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The environment variables of an application on the session's servers, schema in place."""
    environment = {
        **servers.environment,
        "DATABASE_URL": servers.create_database("application"),
        "SECRET_KEY": "a secret for tests only",
        # A busy machine stands still for seconds; outage tests set their own.
        "CACHE_TIMEOUT": "10",
        "DATABASE_LOCK_TIMEOUT": "10",
        "DATABASE_POOL_TIMEOUT": "10",
        "PORTFOLIO_VAR": "/nonexistent",
        "PORTFOLIO_MEDIA": str(tmp_path_factory.mktemp("media")),
    }
    app = create_command_app(Settings.load(environment))
    with app.app_context():
        upgrade()
    close_app(app)
    return environment


@pytest.fixture
def make_app(environment: dict[str, str]) -> Iterator[Callable[..., APIFlask]]:
    """Builds applications on empty tables and an empty cache; several stand for processes."""
    apps: list[APIFlask] = []

    def make(**settings: str) -> APIFlask:
        apps.append(create_command_app(Settings.load({**environment, **settings})))
        return apps[-1]

    # It is one for all applications here, and may think of the last one's Redis that it is away.
    limiter._storage_dead = False
    empty_tables(environment["DATABASE_URL"])
    for url in (environment["REDIS_URL"], environment["CELERY_BROKER_URL"]):
        with redis.Redis.from_url(url) as client:
            client.flushall()
    yield make
    for app in apps:
        close_app(app)


@pytest.fixture
def app(make_app: Callable[..., APIFlask]) -> APIFlask:
    return make_app()


@pytest.fixture
def client(app: APIFlask) -> FlaskClient:
    return app.test_client()


def close_app(app: APIFlask) -> None:
    app.extensions[EXTENSION].close()
    with app.app_context():
        db.engine.dispose()


def empty_tables(database: str) -> None:
    with psycopg.connect(database) as connection:
        tables = connection.execute(
            "SELECT format('SELECT %1$L WHERE EXISTS (SELECT FROM %1$I)', tablename) FROM pg_tables"
            " WHERE schemaname = 'public' AND tablename NOT IN ('alembic_version', 'cache_state')"
        ).fetchall()
        filled = {name for (name,) in connection.execute(" UNION ALL ".join(q for (q,) in tables))}
        # Not TRUNCATE, which makes new files for each table and index: a tenth of a second a test.
        # What was emptied stands in the outbox and in the history: they come last.
        last = {"cache_outbox", "changes"}
        for table in (*(filled - last), *last):
            connection.execute(f"DELETE FROM {table}")
