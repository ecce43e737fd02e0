"""Takes the place of the conftest in Flask-Caching's own tests: every cache is Portfolio's.

Its fixtures keep the names that those tests ask for.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import flask_caching
import pytest
import redis
from flask import Flask
from flask_caching import Cache, backends
from sqlalchemy import create_engine

from portfolio.caching.flask_adapter.backend import EngineBackend
from portfolio.caching.policy import PolicyTable
from portfolio.caching.postgres_adapter.triggers import INSTALL
from portfolio.local.embedded import EmbeddedServers, embedded_servers
from tests.caching.flask_app import small_app

LEFT_OUT = Path(__file__).with_name("left_out.txt")
OTHERS = ("SimpleCache", "RedisCache")
"""Backends that tests ask for by name although they are not about them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what is left out, so that each reason is printed; every entry must fit something."""
    reasons = dict(
        line.split(": ", 1)
        for line in LEFT_OUT.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
    unused = set(reasons)
    for item in items:
        for name in (item.path.name, f"{item.path.name}::{item.name}"):
            if name in reasons:
                unused.discard(name)
                item.add_marker(pytest.mark.skip(reason=f"left out: {reasons[name]}"))
    if unused:
        raise pytest.UsageError(f"left out, but not there: {', '.join(sorted(unused))}")


@pytest.fixture(scope="session")
def servers() -> Iterator[EmbeddedServers]:
    with embedded_servers() as running:
        yield running


@pytest.fixture(scope="session")
def database(servers: EmbeddedServers) -> str:
    url = servers.create_database("suite")
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in INSTALL:
            connection.exec_driver_sql(statement)
    engine.dispose()
    return url


@pytest.fixture
def app(
    request: pytest.FixtureRequest,
    servers: EmbeddedServers,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Flask]:
    """An application whose caches are all Portfolio's, over an empty Redis."""
    for name in OTHERS:
        monkeypatch.setattr(backends, name, EngineBackend)
    templates = str(request.path.parent)
    with small_app(servers, database, PolicyTable(), template_folder=templates) as app:
        app.testing = True
        yield app
        used = app.extensions.get("cache", {}).values()
        assert all(isinstance(backend, EngineBackend) for backend in used)


@pytest.fixture
def cache(app: Flask) -> Cache:
    return Cache(app)


class ServerClock:
    """Lets time pass for the keys of a real server: each loses so much of the life it has left."""

    def __init__(self, url: str) -> None:
        self._url = url

    def advance(self, seconds: float) -> None:
        with redis.Redis.from_url(self._url) as client:
            for key in client.scan_iter():
                client.pexpire(key, client.pttl(key) - int(seconds * 1000))


@pytest.fixture
def clock(servers: EmbeddedServers) -> ServerClock:
    return ServerClock(servers.redis_url)


@pytest.fixture
def redis_server() -> None:
    """The tests that ask for it name a Redis of their own; they get the embedded one."""


@pytest.fixture(
    params=flask_caching.SUPPORTED_HASH_FUNCTIONS,
    ids=[method.__name__ for method in flask_caching.SUPPORTED_HASH_FUNCTIONS],
)
def hash_method(request: pytest.FixtureRequest) -> Callable[..., object]:
    method: Callable[..., object] = request.param
    return method
