"""An address is kept nowhere, and nobody can find it out once its day is over."""

import logging
import secrets
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
import redis
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portfolio.extensions import db
from portfolio.local.embedded import EmbeddedServers
from portfolio.rate_limits import client_key
from portfolio.services.visits.recognising import Caller, recognise
from portfolio.services.visits.salts import destroy_salts, salt_of
from portfolio.services.visits.writing import write_events
from tests.visits.conftest import CONTACT, FIREFOX, MESSAGE, PAGE_VIEW, Rows, Write
from tests.visits.test_writing import make_event

ADDRESSES = ("203.0.113.77", "2001:db8:77:77:1:2:3:4")
TRACES = ("203.0.113.77", "203.0.113", "2001:db8:77", FIREFOX, "rv:145.0")
"""Addresses, parts of them, and what tells browsers apart."""
PROXY = "192.0.2.1"
CALLER = Caller("203.0.113.77", "me.example.org", FIREFOX, None)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def app(make_app: Callable[..., APIFlask]) -> APIFlask:
    return make_app(TRUSTED_PROXIES=PROXY)


@pytest.fixture
def everything(
    app: APIFlask, environment: dict[str, str], caplog: pytest.LogCaptureFixture
) -> Callable[[], Iterator[str]]:
    """All that is in the database, in both Redis and in the log."""
    caplog.set_level(logging.DEBUG)

    def read() -> Iterator[str]:
        with app.app_context(), db.engine.connect() as connection:
            tables = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
            for table in connection.scalars(text(tables)).all():
                yield from connection.scalars(text(f"SELECT t::text FROM {table} AS t"))
        for name in ("REDIS_URL", "CELERY_BROKER_URL"):
            with redis.Redis.from_url(environment[name]) as client:
                for key in client.scan_iter():
                    yield key.decode("utf-8", "replace")
                    yield (client.dump(key) or b"").decode("latin-1")
                    if client.type(key) == b"stream":
                        yield repr(client.xrange(key))
        yield caplog.text

    return read


def test_no_table_no_key_and_no_log_holds_an_address(
    client: FlaskClient, everything: Callable[[], Iterator[str]], rows: Rows, write: Write
) -> None:
    for address in ADDRESSES:
        for peer, headers in ((address, {}), (PROXY, {"X-Forwarded-For": address})):
            place = {"REMOTE_ADDR": peer}
            told = {"User-Agent": FIREFOX, **headers}
            body = {"events": [PAGE_VIEW]}
            for path, sent in (
                ("/api/v1/visitors/events/", body),
                ("/api/v1/visitors/events/", {"events": []}),
                ("/api/v1/conversations/", {}),
                (CONTACT, MESSAGE),
            ):
                client.post(path, json=sent, headers=told, environ_overrides=place)
    found = "\n".join(everything())  # while events wait
    write()
    found += "\n".join(everything())
    assert "page_view" in found
    assert [trace for trace in TRACES if trace in found] == []
    assert len(rows("SELECT id FROM visitor_sessions")) == 2, "with and without the proxy"


def test_one_visitor_is_one_session_for_all_processes_until_midnight(
    make_app: Callable[..., APIFlask],
) -> None:
    def see(caller: Caller = CALLER, now: datetime = NOON, **settings: str) -> uuid.UUID:
        with make_app(**settings).app_context():
            return recognise(caller, now).session

    known = see()
    assert see(now=NOON + timedelta(hours=11, minutes=59)) == known
    assert see(now=NOON + timedelta(hours=12)) != known
    for other in (
        Caller("203.0.113.78", CALLER.host, CALLER.agent, None),
        Caller(CALLER.address, "other.example.org", CALLER.agent, None),
        Caller(CALLER.address, CALLER.host, "curl/8", None),
    ):
        assert see(other) != known
    assert see(SECRET_KEY="whoever has the database only") != known


def test_a_salt_is_destroyed_when_its_day_is_over(
    make_app: Callable[..., APIFlask], rows: Rows
) -> None:
    first = make_app()
    with first.app_context():
        known = recognise(CALLER, NOON).session
        salt = salt_of(NOON.date())
        file = rows("SELECT pg_relation_filepath('visitor_salts') AS path")
        assert destroy_salts(NOON.date()) == 0
        assert rows("SELECT salt FROM visitor_salts") == [{"salt": salt}]
        tomorrow = NOON + timedelta(days=1)
        salt_of(tomorrow.date())
        assert destroy_salts(tomorrow.date()) == 1
        assert salt not in [row["salt"] for row in rows("SELECT salt FROM visitor_salts")]
        assert rows("SELECT pg_relation_filepath('visitor_salts') AS path") != file
        # Not even by who knows everything else: neither here nor in another process.
        assert recognise(CALLER, NOON).session != known
    with make_app().app_context():
        assert recognise(CALLER, NOON).session != known


def test_a_salt_is_in_no_log_of_the_database_and_in_none_of_its_files_when_it_is_destroyed(
    app: APIFlask, servers: EmbeddedServers
) -> None:
    with psycopg.connect(servers.superuser_url, autocommit=True) as connection, app.app_context():
        shown = connection.execute("SHOW data_directory").fetchone()
        data = Path(shown[0] if shown else "")
        first, second = NOON.date(), NOON.date() + timedelta(days=1)
        salts = [salt_of(first), salt_of(second)]
        logged = secrets.token_bytes(32)
        # More than once: one of them may lie on the edge of a page, in two pieces.
        for _ in range(3):
            connection.execute("SELECT pg_logical_emit_message(true, 'test', %s)", [logged])
        connection.execute("CHECKPOINT")
        assert files_with(data / "pg_wal", logged) != [], "what is logged is found"
        assert files_with(data / "pg_wal", *salts) == []
        destroy_salts(second)
        connection.execute("CHECKPOINT")
        assert files_with(data / "pg_wal", *salts) == []
        assert files_with(data, salts[0]) == []


def files_with(folder: Path, *needles: bytes) -> list[Path]:
    """Files below that hold one of them."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file for file in files if any(needle in file.read_bytes() for needle in needles)]


def test_errors_of_the_database_tell_no_values(app: APIFlask) -> None:
    with app.app_context(), pytest.raises(DBAPIError) as told:
        write_events([make_event(1, kind="wink", path="/secret")])
    assert "/secret" not in str(told.value).split("DETAIL")[0]


def test_what_limits_rates_says_nothing_when_the_day_is_over(
    app: APIFlask, make_app: Callable[..., APIFlask]
) -> None:
    def key(app: APIFlask) -> str:
        with app.test_request_context(environ_base={"REMOTE_ADDR": ADDRESSES[0]}):
            return client_key()

    known = key(app)
    assert key(make_app()) == key(app) == known
    with app.app_context():
        destroy_salts(datetime.now(UTC).date() + timedelta(days=1))
    assert key(make_app()) != known
    alone = make_app(DATABASE_URL="postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert key(alone) == key(alone) != known
