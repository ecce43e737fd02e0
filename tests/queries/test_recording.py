"""Statements are recorded with what they cost and who asked; their values are nowhere."""

import logging
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import redis
from apiflask import APIFlask
from flask.testing import FlaskClient, FlaskCliRunner
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from portfolio.blueprints.http.event_stream import stream
from portfolio.extensions import celery, db
from portfolio.local.embedded import EmbeddedServers
from portfolio.queries import ledger
from portfolio.queries.flask_adapter import query_recorder
from portfolio.queries.work import a_part, watched
from tests.api.conftest import Headers
from tests.waiting import until

from .conftest import STATS, execute, recorded, statement_like

SECRET = "tamsin@private.example.org"
Figures = Callable[..., dict[str, Any]]


def read_names(times: int) -> str:
    """A view as nobody should write one."""
    by_name = text("SELECT slug FROM profiles WHERE name = :name")
    for name in ["Ines"] * times:
        db.session.execute(by_name, {"name": name})
    return ""


def test_turns_of_a_piece_of_work_repeat_nothing(app: APIFlask, figures: Figures) -> None:
    with app.app_context(), watched("in turns"):
        for _turn in range(11):
            with a_part():
                read_names(1)
    assert figures()["queries"]["repeated"] == []


def test_a_repeated_read_is_named_with_its_place(
    app: APIFlask, client: FlaskClient, figures: Figures, caplog: pytest.LogCaptureFixture
) -> None:
    app.get("/repeat/<int:times>/")(read_names)
    line = read_names.__code__.co_firstlineno + 4
    with caplog.at_level(logging.WARNING):
        logging.getLogger("portfolio").addHandler(caplog.handler)
        for times in (10, 11, 25, 14):
            assert client.get(f"/repeat/{times}/").status_code == 200
        logging.getLogger("portfolio").removeHandler(caplog.handler)
    (named,) = figures()["queries"]["repeated"]
    assert named["statement"] == "SELECT slug FROM profiles WHERE name = $1"
    assert named["endpoint"] == "GET /repeat/<int:times>/"
    assert named["place"] == f"tests/queries/test_recording.py:{line}"
    assert (named["count"], named["requests"]) == (25, 3)
    told = [record.message for record in caplog.records if "ran a statement" in record.message]
    assert len(told) == 1, "a log says it once"
    assert named["place"] in told[0]


def test_tasks_commands_and_streams_are_named_too(
    app: APIFlask, client: FlaskClient, run: FlaskCliRunner, figures: Figures
) -> None:
    @celery.task(name="tests.repeat")
    def repeat() -> None:
        read_names(12)

    def chunks() -> Any:
        for _ in range(12):
            yield read_names(1)

    app.get("/stream/")(lambda: stream(chunks()))
    repeat()
    with client.get("/stream/") as answer:
        assert answer.data == b""
    with app.app_context(), watched("cli: sample"):
        read_names(12)
    named = {row["endpoint"] for row in figures()["queries"]["repeated"]}
    assert named == {"task: tests.repeat", "GET /stream/", "cli: sample"}
    assert run.invoke(args=["token", "list"]).exit_code == 0
    tokens = statement_like(figures()["queries"], "FROM api_tokens ORDER BY")
    assert tokens["endpoint"] == "cli: token list"


def test_a_slow_statement_is_recorded_and_so_is_one_that_fails(
    make_app: Callable[..., APIFlask], run: FlaskCliRunner
) -> None:
    app = make_app(DATABASE_STATEMENT_TIMEOUT="2", QUERY_SLOW_AFTER="2")
    app.get("/sleep/<seconds>/")(lambda seconds: str(execute(f"SELECT pg_sleep({seconds})").all()))
    client = app.test_client()
    for seconds, status in (("0.05", 200), ("0", 200), ("20", 503)):
        assert client.get(f"/sleep/{seconds}/").status_code == status
    row = statement_like(recorded(app.test_cli_runner()), "pg_sleep")
    assert row["statement"] == "SELECT pg_sleep($1)"
    # What the database ends as too long is slow; what it finished had a shorter time than that.
    assert (row["count"], row["slow"], row["failed"]) == (3, 1, 1)
    assert 2000 <= row["worst_ms"] <= row["p95_ms"] * 1.125
    assert 2050 <= row["total_ms"] == pytest.approx(row["mean_ms"] * 3, abs=1)
    assert row["endpoint"] == "GET /sleep/<seconds>/"
    assert row["place"].startswith("tests/queries/conftest.py:")
    told = run.invoke(args=["database", "slow"]).output
    assert "SELECT pg_sleep($1)" in told
    assert run.invoke(args=["database", "slow", "--forget"]).exit_code == 0
    assert recorded(run, "--all")["count"] < 10


def test_values_are_nowhere(
    app: APIFlask,
    client: FlaskClient,
    servers: EmbeddedServers,
    admin: Headers,
    caplog: pytest.LogCaptureFixture,
) -> None:
    @app.get("/private/<address>/")
    def view(address: str) -> str:
        for _ in range(12):
            execute("SELECT id FROM profiles WHERE email = :email", email=address)
        execute(f"SELECT id /* {address} */ FROM profiles WHERE email = '{address}'")
        with pytest.raises(SQLAlchemyError):
            execute("SELECT id FROM profiles WHERE email = CAST(:email AS integer)", email=address)
        return ""

    logging.getLogger("portfolio").addHandler(caplog.handler)
    assert client.get(f"/private/{SECRET}/").status_code == 200
    told = client.get(f"{STATS}?limit=100", headers=admin).text
    logging.getLogger("portfolio").removeHandler(caplog.handler)
    assert told.count("email = ") == 3
    with redis.Redis.from_url(servers.celery_broker_url) as durable:
        kept = b"".join(
            b"".join(durable.hvals(key)) for key in durable.scan_iter("*:queries:*", _type="HASH")
        )
    assert b"email = $1" in kept
    for text_of in (told, kept.decode("utf-8", "replace"), caplog.text):
        assert SECRET not in text_of


def read_in_a_child(times: int) -> int:
    """Forks; the child's exit status."""
    child = os.fork()
    if child == 0:
        with watched("child"):
            for _ in range(times):
                execute("SELECT slug AS other FROM profiles")
        os._exit(not query_recorder().fold())
    return os.waitpid(child, 0)[1]


def test_figures_of_processes_add_up(app: APIFlask, run: FlaskCliRunner) -> None:
    with app.app_context():
        for times in (7, 20):
            for _ in range(times):
                execute("SELECT slug AS other FROM profiles")
            db.session.remove()  # its connection stays here
            # What this process has not handed on yet is not the child's to hand on.
            assert read_in_a_child(times) == 0
    queries = recorded(run, "--all")
    assert statement_like(queries, "AS other")["count"] == 2 * (7 + 20)
    assert [row["endpoint"] for row in queries["repeated"]] == ["child"]


@pytest.fixture
def patience(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> float:
    """Seconds that the application waits for the durable Redis."""
    seconds: float = request.param
    monkeypatch.setattr(ledger, "_PATIENCE", seconds)
    return seconds


# Longer than a busy machine stands still.
@pytest.mark.parametrize("patience", [3.0], indirect=True)
def test_nobody_waits_for_a_redis_that_hangs_and_nothing_is_lost(
    patience: float, app: APIFlask, client: FlaskClient, figures: Figures, servers: EmbeddedServers
) -> None:
    app.get("/one/")(lambda: str(execute("SELECT slug AS one FROM profiles").all()))
    client.get("/one/")
    with app.app_context():
        recorder = query_recorder()
    assert recorder.fold()
    servers.redis_durable.suspend()
    try:
        with ThreadPoolExecutor(1) as pool:
            for _ in range(2):
                client.get("/one/")
            folding = pool.submit(recorder.fold)
            client.get("/one/")
            assert not folding.done(), "it was waited for"
            # What was sent may have arrived all the same; it is sent again and counted once.
            assert not folding.result()
    finally:
        servers.redis_durable.resume()
    until(recorder.fold)
    assert statement_like(figures()["queries"], "AS one")["count"] == 4


@pytest.mark.parametrize("patience", [0.3], indirect=True)
def test_while_redis_hangs_the_other_figures_are_told(
    patience: float, figures: Figures, servers: EmbeddedServers
) -> None:
    servers.redis_durable.suspend()
    try:
        told = figures()
        assert told["queries"] is None
        assert {"part": "queries", "reason": "the durable Redis does not answer"} in told[
            "unavailable"
        ]
        assert told["tables"]
    finally:
        servers.redis_durable.resume()


def test_room_is_bounded_and_what_was_slow_stays(make_app: Callable[..., APIFlask]) -> None:
    app = make_app(QUERY_RECORDS="20", QUERY_SLOW_AFTER="0.05")
    run = app.test_cli_runner()
    with app.app_context():
        execute("SELECT pg_sleep(0.06) AS sleepy")
        recorder = query_recorder()
        recorder.fold()
        for start in (0, 15, 30):
            for number in range(start, start + 25):
                execute(f"SELECT 1 AS column_{number}")
            recorder.fold()
    told = recorded(run, "--all")
    assert len(told["statements"]) == 20
    assert statement_like(told, "sleepy")["slow"] == 1
    assert told["count"] >= 76
    assert told["left_out"] >= 15


def test_counting_costs_little_beside_the_statement_itself(app: APIFlask) -> None:
    with app.app_context(), watched("bench"):
        recorder, connection = query_recorder(), db.session.connection()
        statement = text("SELECT 1")
        context = connection.execute(statement).context
        begin = time.thread_time()
        for _ in range(2000):
            recorder._begun(None, None, "SELECT 1", None, context, False)
            recorder._ended(None, None, "SELECT 1", None, context, False)
        counting = time.thread_time() - begin
        begin = time.thread_time()
        for _ in range(2000):
            connection.execute(statement)
        running = time.thread_time() - begin
    assert counting < running / 3
