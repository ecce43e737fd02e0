"""An address is kept nowhere, and nobody can find it out once its day is over."""

import logging
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import redis
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import text

from portfolio.extensions import db
from portfolio.services.visits.recognising import Caller, recognise
from portfolio.services.visits.salts import destroy_salts, salt_of
from tests.visits.conftest import CONTACT, FIREFOX, MESSAGE, PAGE_VIEW, Rows, Write

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
