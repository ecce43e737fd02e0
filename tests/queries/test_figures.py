"""The database's figures: true, told in parts, and never waited for."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import psycopg
import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient, FlaskCliRunner
from sqlalchemy import Connection

from portfolio.extensions import db
from portfolio.local.embedded import EmbeddedServers
from portfolio.vocabulary import Scope
from tests.api.conftest import Headers, bearer
from tests.waiting import until

from .conftest import STATS, recorded

NOWHERE = "postgresql://nobody:secret-word@127.0.0.1:1/nothing"
PARTS = ("server", "connections", "cache_hits", "tables", "indexes", "locks", "bloat")
HEAP = (
    "CREATE TABLE owners (id int PRIMARY KEY)",
    "CREATE TABLE heap (id int PRIMARY KEY, owner int REFERENCES owners, word text)",
    "INSERT INTO heap SELECT n, NULL, repeat('w', 90) || n FROM generate_series(1, 20000) n",
    "SELECT pg_stat_force_next_flush()",
    "CREATE INDEX heap_word ON heap (word)",
    "VACUUM ANALYZE heap",
    "DELETE FROM heap WHERE id > 12000",
    "SELECT pg_stat_force_next_flush()",
)
Figures = Callable[..., dict[str, Any]]


@contextmanager
def superuser(servers: EmbeddedServers, url: str) -> Iterator[psycopg.Connection]:
    database = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
    with psycopg.connect(servers.cluster.url(database, "postgres"), autocommit=True) as connection:
        yield connection


@pytest.fixture
def heap(app: APIFlask) -> Iterator[Connection]:
    """A table of its own with dead rows, a foreign key and an index that nothing reads."""
    with app.app_context():
        engine = db.engine
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        try:
            for statement in HEAP:
                connection.exec_driver_sql(statement)
            yield connection
        finally:
            connection.exec_driver_sql("DROP TABLE IF EXISTS heap, owners")


def named(rows: list[dict[str, Any]], **wanted: str) -> list[dict[str, Any]]:
    return [row for row in rows if wanted.items() <= row.items()]


def test_sizes_hints_and_housekeeping(
    heap: Connection, figures: Figures, run: FlaskCliRunner
) -> None:
    until(lambda: named(figures()["bloat"], table="heap"), 10)
    told = figures()
    (table,) = named(told["tables"], table="heap")
    size = "SELECT pg_total_relation_size('heap')"
    assert (table["bytes"], table["dead_rows"]) == (heap.exec_driver_sql(size).scalar(), 8000)
    assert told["sizes_are_estimates"] is False
    assert named(told["bloat"], table="heap")[0]["dead_share"] == pytest.approx(0.4)
    assert [row["index"] for row in told["unused_indexes"]] == ["heap_word"]
    missing = named(told["missing_indexes"], table="heap", reason="a foreign key has no index")
    assert missing[0]["columns"] == ["owner"]
    planned = run.invoke(args=["database", "optimize", "--dry-run"]).output
    assert "VACUUM (SKIP_LOCKED, ANALYZE) public.heap: 8,000 of its rows are no more" in planned
    assert "Nothing was done." in planned
    assert "heap_word" in planned
    assert named(figures()["bloat"], table="heap"), "a plan changes nothing"
    with heap.engine.begin() as holder:
        holder.exec_driver_sql("LOCK TABLE heap IN ACCESS EXCLUSIVE MODE")
        skipped = run.invoke(args=["database", "optimize"])
        assert (skipped.exit_code, "lock not available" in skipped.stderr) == (0, True)
    done = run.invoke(args=["database", "optimize"]).output
    assert "public.heap: 8,000 of its rows are no more … " in done
    until(lambda: not named(figures()["bloat"], table="heap"), 10)
    assert "public.heap" not in run.invoke(args=["database", "optimize", "--dry-run"]).output


def test_a_locked_table_is_not_waited_for_and_who_waits_is_told(
    app: APIFlask, heap: Connection, figures: Figures, run: FlaskCliRunner
) -> None:
    blocked = heap.engine.connect()
    with heap.engine.begin() as holder, blocked:
        holder.exec_driver_sql("LOCK TABLE heap IN ACCESS EXCLUSIVE MODE")
        told = figures()
        assert told["sizes_are_estimates"] is True
        assert named(told["tables"], table="heap")[0]["bytes"] > 1_000_000
        assert told["unavailable"] == figures()["unavailable"]
        assert "A table is locked" in run.invoke(args=["database", "stats"]).output
        driver = blocked.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        driver.pgconn.send_query(b"UPDATE heap SET word = 'private' WHERE id = 17")
        until(lambda: figures()["locks"], 10)
        (wait,) = figures()["locks"]
        assert wait["statement"] == "UPDATE heap SET word = $1 WHERE id = $2"
        assert wait["table"] == "heap"
        assert wait["waits_for"] == [holder.exec_driver_sql("SELECT pg_backend_pid()").scalar()]
        blocked.invalidate()


def test_what_a_role_may_not_see_is_named_and_the_rest_is_told(
    environment: dict[str, str], servers: EmbeddedServers, figures: Figures, run: FlaskCliRunner
) -> None:
    before = figures()
    assert [part for part in PARTS if before[part] is None] == []
    assert before["connections"]["total"] >= 1
    assert before["pool"]["size"] == 16
    absent = {"part": "server_statements", "reason": "the server does not have it"}
    assert before["unavailable"] == [absent]
    assert figures()["queries"]["failed"] == 0, "to look is no failure"
    with superuser(servers, environment["DATABASE_URL"]) as connection:
        connection.execute("REVOKE SELECT ON pg_stat_activity, pg_stat_user_tables FROM PUBLIC")
        try:
            told = figures()
            printed = run.invoke(args=["database", "stats"])
        finally:
            connection.execute("GRANT SELECT ON pg_stat_activity, pg_stat_user_tables TO PUBLIC")
    lost = {"connections", "tables", "missing_indexes", "bloat", "locks"}
    refused = [{"part": part, "reason": "the database's role may not see it"} for part in lost]
    key = str
    assert sorted(told["unavailable"], key=key) == sorted([*refused, absent], key=key)
    assert all(told[part] is None for part in lost)
    assert told["server"]["version"] == before["server"]["version"]
    assert printed.exit_code == 0
    assert "Not told: tables, as the database's role may not see it." in printed.stderr


def test_who_may_ask_and_how(app: APIFlask, client: FlaskClient, figures: Figures) -> None:
    assert client.get(STATS).status_code == 401
    assert client.get(STATS, headers=bearer(app, Scope.WRITE)).status_code == 403
    assert len(figures(limit="3")["tables"]) == 3
    for order in ("total", "worst", "p95", "count", "slow", "last_seen"):
        rows = figures(order=order)["queries"]["statements"]
        column = {"total": "total_ms", "worst": "worst_ms", "p95": "p95_ms"}.get(order, order)
        values = [row[column] for row in rows]
        if order == "last_seen":
            values = [datetime.fromisoformat(value) for value in values]
        assert values == sorted(values, reverse=True)
    headers = bearer(app, Scope.ADMIN)
    wrong = client.get(STATS, headers=headers, query_string={"order": "luck", "limit": "0"})
    assert (wrong.status_code, len(wrong.json["errors"])) == (422, 2)


def test_every_recorded_read_can_be_planned(
    client: FlaskClient, admin: Headers, figures: Figures, run: FlaskCliRunner
) -> None:
    for path in (
        "projects/",
        "profiles/",
        "projects/stats/",
        "history/",
        "job-analyses/",
        "search/?q=a",
    ):
        assert client.get(f"/api/v1/{path}", headers=admin).status_code == 200
    assert run.invoke(args=["portfolio", "export"]).exit_code == 1  # there is none, but it looks
    figures()
    planned = 0
    for row in recorded(run, "--all")["statements"]:
        if (
            row["statement"].startswith(("SELECT", "WITH"))
            and "stat_statements" not in row["statement"]
        ):
            result = run.invoke(args=["database", "explain", row["id"]])
            assert result.exit_code == 0, f"{row['statement']}: {result.output}"
            assert "cost=" in result.output
            planned += 1
    assert planned > 20


def test_what_cannot_be_explained_is_refused_in_a_sentence(
    admin: Headers, client: FlaskClient, run: FlaskCliRunner
) -> None:
    deleting = "WITH a AS (DELETE FROM api_tokens RETURNING id) SELECT id FROM a"
    for arguments, sentence in (
        (["SELECT 1; DELETE FROM api_tokens"], "Only a single SELECT or WITH can be explained."),
        (["DELETE FROM api_tokens"], "Only a single SELECT or WITH can be explained."),
        (["SELECT * FROM nothing"], 'PostgreSQL cannot plan it: relation "nothing" does not'),
        (["--analyze", "SELECT pg_\udcff(1)"], "It holds bytes that are no text in UTF-8."),
        (["abcdef012345"], "No recorded statement has the id abcdef012345."),
        (["--analyze", "SELECT $1::int"], "It has no values to be run with: give the SQL, with"),
        (["--analyze", "SELECT PG_Sleep/* */(9)"], "It is not run: pg_sleep may do more than to"),
        (["--analyze", 'SELECT pg_catalog."pg_sleep" (9)'], "It is not run: pg_sleep may do more"),
        (["--analyze", deleting], "PostgreSQL cannot plan it: cannot execute SELECT in a read-"),
    ):
        result = run.invoke(args=["database", "explain", *arguments])
        assert (result.exit_code, result.stdout) == (1, ""), arguments
        assert result.stderr.startswith(f"Error: {sentence}"), result.stderr
    assert client.get(STATS, headers=admin).status_code == 200, "the token is still there"
    typed = "SELECT ';%x' FROM projects WHERE slug = $1"
    assert "cost=" in run.invoke(args=["database", "explain", typed]).output
    counting = "SELECT count(*), 'pg_sleep (1)', random() FROM projects"
    ran = run.invoke(args=["database", "explain", "--analyze", counting])
    assert "actual time=" in ran.output


def test_the_database_is_away(make_app: Callable[..., APIFlask]) -> None:
    run = make_app(DATABASE_URL=NOWHERE).test_cli_runner()
    for words in (["stats"], ["explain", "SELECT 1"], ["optimize"], ["optimize", "--dry-run"]):
        result = run.invoke(args=["database", *words])
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("Error: The database is busy or away (connection failed: ")
        assert "secret-word" not in result.stderr


def test_json_is_what_the_endpoint_tells(figures: Figures, run: FlaskCliRunner) -> None:
    result = run.invoke(args=["database", "stats", "--json"])
    assert json.loads(result.output).keys() == figures().keys()
