"""Changes that no trigger told of are noticed when the triggers are not the same any more."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text

from portfolio.caching.breaker import StoreUnavailable
from portfolio.caching.postgres_adapter.triggers import watch
from portfolio.local.embedded import EmbeddedServers

from .conftest import IMPATIENT, Process

SWITCHED_OFF = (
    "ALTER TABLE item DISABLE TRIGGER USER",
    "UPDATE item SET value = 99 WHERE id = 1",
    "ALTER TABLE item ENABLE TRIGGER USER",
)
MADE_ANEW = (
    "CREATE TEMPORARY TABLE kept AS SELECT * FROM item",
    "DROP TABLE item",
    "CREATE TABLE item (id int PRIMARY KEY, value int, note text)",
    "INSERT INTO item SELECT id, 99, note FROM kept",
    *watch("item", "item", ["id"]),
)


@pytest.fixture(params=[SWITCHED_OFF, MADE_ANEW], ids=["switched off", "made anew"])
def unspoken(
    request: pytest.FixtureRequest, item_database: str, process: Process
) -> Iterator[tuple[str, ...]]:
    """Statements that change an item without a word."""
    process.source.outbox.notice_restore(process.store.invalidate)
    yield request.param
    engine = create_engine(item_database)
    with engine.begin() as connection:
        for event in ("insert", "update", "delete", "truncate"):
            connection.execute(text(f"ALTER TABLE item ENABLE ALWAYS TRIGGER cache_{event}"))
    engine.dispose()


def change(process: Process, statements: tuple[str, ...]) -> None:
    with process.sql.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_everything_is_invalidated_once(process: Process, unspoken: tuple[str, ...]) -> None:
    assert process.row(1) == 10
    change(process, unspoken)
    told: list[list[str]] = []

    def invalidate(tags: list[str]) -> None:
        told.append(tags)
        process.store.invalidate(tags)

    assert process.row(1) == 10, "or the test shows nothing"
    for _ in range(3):
        process.source.outbox.notice_restore(invalidate)
        assert process.row(1) == 99
    assert told == [["all"]]


@IMPATIENT
def test_it_is_told_again_until_the_store_has_heard(
    process: Process, servers: EmbeddedServers, unspoken: tuple[str, ...]
) -> None:
    assert process.row(1) == 10
    servers.redis_cache.suspend()
    try:
        change(process, unspoken)
        for _ in range(2):
            with pytest.raises(StoreUnavailable):
                process.source.outbox.notice_restore(process.store.invalidate)
    finally:
        servers.redis_cache.resume()
    process.source.recover(process.store)
    assert process.row(1) == 99


def test_a_process_that_starts_notices_too(
    processes: tuple[Process, Process], unspoken: tuple[str, ...]
) -> None:
    running, starting = processes
    assert running.row(1) == 10
    change(running, unspoken)
    assert starting.row(1) == 99, "its first connection has looked before it was used"


def test_it_is_told_by_a_process_that_has_not_met_the_store(
    processes: tuple[Process, Process], unspoken: tuple[str, ...]
) -> None:
    """Meeting it takes a question to the database, over the one connection that there is."""
    running, starting = processes
    assert running.row(1) == 10
    change(running, unspoken)
    starting.source.outbox.notice_restore(starting.store.invalidate)
    assert running.row(1) == 99
