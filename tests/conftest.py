"""Real servers for a test session: PostgreSQL and two Redis of its own, gone with it."""

from collections.abc import Callable, Iterator

import pytest
import redis
from apiflask import APIFlask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import settings
from sqlalchemy import text

from portfolio.app import create_app
from portfolio.caching.flask_adapter import EXTENSION
from portfolio.config import Settings
from portfolio.extensions import db
from portfolio.local.embedded import EmbeddedServers, embedded_servers

# On a busy machine anything may take long now and then.
settings.register_profile("portfolio", deadline=None)
settings.load_profile("portfolio")

LONG = ("test_schemathesis.py", "test_lifecycle.py", "test_documents.py", "test_scenarios.py")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of sessions side by side none is left with a long file when the others are done."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: LONG.index(item.path.name) if item.path.name in LONG else 9)


@pytest.fixture(scope="session")
def servers() -> Iterator[EmbeddedServers]:
    with embedded_servers() as running:
        yield running


@pytest.fixture(scope="session")
def environment(
    servers: EmbeddedServers, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The environment variables of an application on the session's servers, schema in place."""
    environment = {
        **servers.environment,
        "DATABASE_URL": servers.create_database("application"),
        "SECRET_KEY": "a secret for tests only",
        # Twice what a busy test machine may need for a round trip; outage tests set their own.
        "CACHE_TIMEOUT": "0.5",
        "PORTFOLIO_VAR": "/nonexistent",
        "PORTFOLIO_MEDIA": str(tmp_path_factory.mktemp("media")),
    }
    app = create_app(Settings.load(environment))
    with app.app_context():
        upgrade()
    close_app(app)
    return environment


@pytest.fixture
def make_app(environment: dict[str, str]) -> Iterator[Callable[..., APIFlask]]:
    """Builds applications on empty tables and an empty cache; several stand for processes."""
    apps: list[APIFlask] = []

    def make(**settings: str) -> APIFlask:
        apps.append(create_app(Settings.load({**environment, **settings})))
        return apps[-1]

    first = make()
    with first.app_context(), db.engine.begin() as connection:
        tables = connection.scalars(
            text(
                "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
                " AND tablename NOT IN ('alembic_version', 'cache_state')"
            )
        ).all()
        # Not TRUNCATE, which makes new files for each table and index: a tenth of a second a test.
        # What was emptied stands in the outbox and in the history: they come last.
        last = ("cache_outbox", "changes")
        for table in (*(table for table in tables if table not in last), *last):
            connection.execute(text(f"DELETE FROM {table}"))
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
