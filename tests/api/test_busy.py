"""When the database is busy or away, the wait is bounded and ends in 503 with Retry-After."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from apiflask import APIFlask
from sqlalchemy import Engine, text

from portfolio.extensions import db
from portfolio.local.embedded import EmbeddedServers
from portfolio.vocabulary import Scope
from tests.api.conftest import Make, bearer
from tests.waiting import until

LIST = "/api/v1/projects/"
MakeApp = Callable[..., APIFlask]


@contextmanager
def bounded() -> Iterator[None]:
    """Nothing below is waited for by itself; a busy machine may stand still for a second or two."""
    start = time.monotonic()
    yield
    assert time.monotonic() - start < 10


def engine_of(app: APIFlask) -> Engine:
    # A context around requests would make them all share one session.
    with app.app_context():
        return db.engine


def assert_busy(answer: Any) -> None:
    assert answer.status_code == 503, answer.text
    assert answer.content_type == "application/problem+json"
    assert answer.json["type"] == "/problems/service-unavailable/"
    assert int(answer.headers["Retry-After"]) >= 1
    assert "psycopg" not in answer.text


def test_no_connection_is_free(make_app: MakeApp) -> None:
    app = make_app(DATABASE_POOL_SIZE="1", DATABASE_POOL_TIMEOUT="0.3")
    client = app.test_client()
    headers = bearer(app, Scope.READ)
    with engine_of(app).connect():
        assert engine_of(app).pool._timeout == 0.3  # type: ignore[attr-defined]
        for given in ({}, headers):
            with bounded():
                assert_busy(client.get(LIST, headers=given))
    until(lambda: client.get(LIST).status_code == 200)  # the failure is shared for a second


def test_a_row_is_locked(make_app: MakeApp, make_profile: Make, make_project: Make) -> None:
    make_profile()
    make_project()
    app = make_app(DATABASE_LOCK_TIMEOUT="0.3")
    client, headers = app.test_client(), bearer(app, Scope.WRITE)
    with engine_of(app).begin() as holder:
        assert holder.scalar(text("SHOW lock_timeout")) == "300ms"
        holder.execute(text("SELECT * FROM projects FOR UPDATE"))
        holder.execute(text("SELECT * FROM profiles FOR UPDATE"))
        for path, method in (
            (f"{LIST}tide-tables/", "PATCH"),
            (f"{LIST}tide-tables/", "DELETE"),
            ("/api/v1/profiles/ines-calder/", "PATCH"),
            (LIST, "POST"),
        ):
            with bounded():
                body = {"title": "x"} if method == "POST" else {}
                assert_busy(client.open(path, method=method, json=body, headers=headers))
        assert client.get(f"{LIST}tide-tables/").status_code == 200
    assert client.patch(f"{LIST}tide-tables/", json={}, headers=headers).status_code == 200


def test_a_statement_takes_too_long(make_app: MakeApp) -> None:
    app = make_app(DATABASE_STATEMENT_TIMEOUT="0.3")

    @app.get("/slow/")
    def sleep() -> str:
        assert db.session.scalar(text("SHOW statement_timeout")) == "300ms"
        db.session.execute(text("SELECT pg_sleep(20)"))
        return ""

    with bounded():
        assert_busy(app.test_client().get("/slow/"))


def test_connections_are_cut(app: APIFlask, servers: EmbeddedServers) -> None:
    client, headers = app.test_client(), bearer(app, Scope.READ)
    assert client.get(LIST, headers=headers).status_code == 200
    with engine_of(app).connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    statuses = [client.get(LIST, headers=headers).status_code for _ in range(20)]
    assert set(statuses) <= {200, 503}
    assert statuses[-1] == 200


@pytest.fixture
def stopped(servers: EmbeddedServers) -> Iterator[EmbeddedServers]:
    servers.postgres.stop()
    yield servers
    if not servers.postgres.running:
        servers.postgres.start()


def test_the_database_is_away(app: APIFlask, make_profile: Make, stopped: EmbeddedServers) -> None:
    client = app.test_client()
    for path in (LIST, "/api/v1/profiles/", f"{LIST}stats/", f"{LIST}x/", "/ready/", "/"):
        with bounded():
            assert_busy(client.get(path))
    with bounded():
        assert_busy(client.get(LIST, headers={"Authorization": "Bearer x"}))
    assert client.get("/live/").status_code == 200
    assert client.get("/api/v1/openapi.json").status_code == 200
    stopped.postgres.start()
    assert client.get(LIST).status_code == 200
