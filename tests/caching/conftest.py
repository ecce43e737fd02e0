"""The engine by itself: a table with triggers, a session of our own, no Flask application."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import pytest
import redis
from flask import Flask
from flask_caching import Cache
from sqlalchemy import Engine as SqlEngine
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from portfolio.caching.codec import Codec
from portfolio.caching.counters import Counters, RedisLedger
from portfolio.caching.engine import Engine
from portfolio.caching.nearby import Nearby
from portfolio.caching.policy import CacheType, Policy, PolicyTable
from portfolio.caching.postgres_adapter.session import SnapshotSession
from portfolio.caching.postgres_adapter.source import PostgresSource
from portfolio.caching.postgres_adapter.triggers import INSTALL, watch
from portfolio.caching.redis_adapter import push
from portfolio.caching.redis_adapter.push import PushListener
from portfolio.caching.redis_adapter.store import RedisStore
from portfolio.caching.seal import Seal
from portfolio.local.embedded import EmbeddedServers

from .flask_app import small_app

ROW = Policy("row", CacheType.QUERY, 60, ("item:id={id}", "item:*"), ("id",))
TOTAL = Policy("total", CacheType.STATISTICS, 60, ("item",))
REPORT = Policy("report", CacheType.API, 300, ("item",))
TABLE = PolicyTable(ROW, TOTAL, REPORT)

IMPATIENT = pytest.mark.parametrize("patience", [0.2])
"""For tests in which the cache's Redis hangs: they have to wait for as long."""

_session: ContextVar[SnapshotSession | None] = ContextVar("session", default=None)


@dataclass
class Process:
    """What one process has of the engine; several in one test stand for several processes."""

    sql: SqlEngine
    store: RedisStore
    source: PostgresSource
    engine: Engine
    counters: Counters
    computed: list[Any] = field(default_factory=list)

    @contextmanager
    def session(self) -> Iterator[SnapshotSession]:
        """A session of the application's own."""
        with SnapshotSession(self.sql) as session:
            reset = _session.set(session)
            try:
                yield session
            finally:
                _session.reset(reset)

    def query(self, statement: str, **values: Any) -> Any:
        """A scalar, read in the current session, or in one of its own."""
        session = _session.get()
        if session is not None:
            return session.scalar(text(statement), values)
        with self.session() as own:
            return own.scalar(text(statement), values)

    def write(self, statement: str, **values: Any) -> None:
        """A committed change."""
        with self.session() as session:
            session.execute(text(statement), values)
            session.commit()

    def close(self) -> None:
        self.counters.close()
        self.engine.nearby.close()
        self.store.close()
        self.source.close()
        self.sql.dispose()

    def row(self, number: int, *, during: Callable[[], None] = lambda: None) -> Any:
        """A row's value through the cache; `during` runs when it has been read from the table."""

        def compute() -> Any:
            value = self.query("SELECT value FROM item WHERE id = :id", id=number)
            self.computed.append(number)
            during()
            return value

        return self.engine.fetch(ROW, {"id": number}, compute).value

    def total(self) -> Any:
        """The sum of all values through the cache."""

        def compute() -> Any:
            self.computed.append("total")
            return self.query("SELECT coalesce(sum(value), 0)::int FROM item")

        return self.engine.fetch(TOTAL, {}, compute).value


def make_process(
    servers: EmbeddedServers, url: str, memory: int = 0, patience: float = 10
) -> Process:
    prefix = "test"
    sql = create_engine(url)

    @contextmanager
    def fresh() -> Iterator[Session]:
        with SnapshotSession(sql) as session:
            reset = _session.set(session)
            try:
                yield session
            finally:
                _session.reset(reset)

    source = PostgresSource(sql, _session.get, fresh)
    store = RedisStore(
        servers.redis_url,
        prefix=prefix,
        timeout=patience,
        retry_interval=0.2,
        trusted=source.trust,
        recover=source.recover,
    )
    nearby = Nearby(
        PushListener(store.raw, store.tag_name("")), memory, store.breaker, source.attend
    )
    source.attach(store, nearby)
    counters = Counters(RedisLedger(redis.Redis.from_url(servers.celery_broker_url), f"{prefix}:n"))
    engine = Engine(TABLE, store, source, Codec(), Seal("secret"), counters, nearby)
    return Process(sql, store, source, engine, counters)


@pytest.fixture(scope="session")
def item_database(servers: EmbeddedServers) -> str:
    url = servers.create_database("engine")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE item (id int PRIMARY KEY, value int, note text)"))
        for statement in (*INSTALL, *watch("item", "item", ["id"])):
            connection.exec_driver_sql(statement)
    engine.dispose()
    return url


@pytest.fixture
def memory() -> int:
    """Bytes of the processes' own memory; a test module may say otherwise."""
    return 0


@pytest.fixture
def patience() -> float:
    """Seconds that the processes wait for Redis: on a machine that stands still for one, more."""
    return 10


@pytest.fixture
def believing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies are believed although this process, and its heartbeats, stood still for seconds."""
    monkeypatch.setattr(push, "BOUND", 60.0)


@pytest.fixture
def processes(
    servers: EmbeddedServers, item_database: str, memory: int, patience: float
) -> Iterator[tuple[Process, Process]]:
    """Two processes on one database and one Redis, with three items."""
    with redis.Redis.from_url(servers.redis_url) as client:
        client.flushdb()
    pair = tuple(make_process(servers, item_database, memory, patience) for _ in range(2))
    pair[0].write("TRUNCATE item")
    pair[0].write("INSERT INTO item VALUES (1, 10), (2, 20), (3, 30)")
    yield pair
    for process in pair:
        process.close()


@pytest.fixture
def process(processes: tuple[Process, Process]) -> Process:
    return processes[0]


@pytest.fixture
def policies() -> PolicyTable:
    """Those of the small application; a test module may say otherwise."""
    return PolicyTable()


@pytest.fixture
def app(
    servers: EmbeddedServers, item_database: str, policies: PolicyTable, patience: float
) -> Iterator[Flask]:
    """A small application, entered."""
    config = {"CACHE_TIMEOUT": patience}
    with small_app(servers, item_database, policies, config=config) as app, app.app_context():
        yield app


@pytest.fixture
def cache(app: Flask) -> Cache:
    return Cache(app)
