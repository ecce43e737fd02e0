"""Clocks that jump by an hour: this process's, the store's, the database's."""

import ast
import time
from pathlib import Path

import psycopg
import pytest
import redis

import portfolio.caching
from portfolio.local.embedded import EmbeddedServers
from tests.waiting import until

from .conftest import ROW, Process

HOUR = 3600
TIMES_OF_DAY = {"ctime", "gmtime", "localtime", "now", "time_ns", "today", "utcnow"}
MODULES = sorted(Path(portfolio.caching.__file__).parent.rglob("*.py"))


@pytest.fixture(params=[0, 1_000_000], ids=["redis", "memory"])
def memory(request: pytest.FixtureRequest) -> int:
    size: int = request.param
    return size


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_module_asks_for_the_time_of_day(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    asked = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and (
            node.attr in TIMES_OF_DAY or (node.attr == "time" and ast.unparse(node) == "time.time")
        )
    }
    taken = {
        name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "time"
        for name in node.names
    }
    assert asked | (taken - {"monotonic", "perf_counter", "sleep"}) == set()


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
def test_this_process_does_not_notice(
    processes: tuple[Process, Process], monkeypatch: pytest.MonkeyPatch, jump: int
) -> None:
    writer, reader = processes
    assert [reader.row(1), reader.row(2)] == [10, 20]
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + jump)
    assert [reader.row(1), reader.row(2)] == [10, 20]
    assert reader.computed == [1, 2]
    writer.write("UPDATE item SET value = 11 WHERE id = 1")
    until(lambda: reader.row(1) == 11, 2)
    monkeypatch.undo()
    assert [reader.row(1), reader.row(2)] == [11, 20]
    assert reader.computed == [1, 2, 1]


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
def test_the_stores_keys_live_shorter_or_longer(
    processes: tuple[Process, Process], servers: EmbeddedServers, jump: int
) -> None:
    writer, reader = processes
    assert writer.row(1) == 10
    with redis.Redis.from_url(servers.redis_url) as client:
        for key in client.scan_iter():
            client.pexpire(key, client.pttl(key) - jump * 1000)

    def compute() -> int:
        return 10

    outcome = reader.engine.fetch(ROW, {"id": 1}, compute)
    assert outcome.value == 10
    assert outcome.status == ("miss" if jump > 0 else "hit")
    assert outcome.copy is not None
    assert outcome.copy.expires - time.monotonic() <= ROW.ttl, (
        "nothing is believed for longer than its policy says"
    )
    writer.write("UPDATE item SET value = 11 WHERE id = 1")
    until(lambda: reader.row(1) == 11, 2)


@pytest.mark.parametrize("memory", [1_000_000])
@pytest.mark.parametrize("jump", ["1 hour", "-1 hour"])
def test_the_database_dates_a_change_an_hour_off(
    processes: tuple[Process, Process], item_database: str, jump: str
) -> None:
    """There is no relay here: only those who serve find what another program has written."""
    _writer, reader = processes
    assert reader.row(1) == 10
    with psycopg.connect(item_database) as connection:
        connection.execute("UPDATE item SET value = 11 WHERE id = 1")
        connection.execute(f"UPDATE cache_outbox SET created_at = created_at + interval '{jump}'")
    until(lambda: reader.row(1) == 11, 2.5)
