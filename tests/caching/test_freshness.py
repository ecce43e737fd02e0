"""No value is served that a commit has superseded, whoever wrote and however slow a fill was."""

import threading

import pytest
from sqlalchemy import text

from portfolio.caching.postgres_adapter.relay import run_relay
from tests.waiting import until

from .conftest import REPORT, Process


def test_a_second_read_computes_nothing(process: Process) -> None:
    assert [process.row(1), process.row(1)] == [10, 10]
    assert process.computed == [1]


def test_the_writer_reads_what_it_wrote(process: Process) -> None:
    process.row(1)
    process.write("UPDATE item SET value = 11 WHERE id = 1")
    assert process.row(1) == 11


def test_another_process_reads_it_too(processes: tuple[Process, Process]) -> None:
    one, other = processes
    assert other.row(1) == 10
    one.write("UPDATE item SET value = 11 WHERE id = 1")
    assert other.row(1) == 11


def test_a_row_of_another_id_stays_cached(process: Process) -> None:
    process.row(1)
    process.row(2)
    process.write("UPDATE item SET value = 21 WHERE id = 2")
    process.row(1)
    assert process.computed == [1, 2]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE item SET value = value + 1",
        "DELETE FROM item WHERE id = 1",
        "TRUNCATE item",
        "UPDATE item SET id = 101 WHERE id = 1",
        "INSERT INTO item SELECT n, 1 FROM generate_series(1000, 1200) AS n",
        "INSERT INTO item VALUES (1, 99) ON CONFLICT (id) DO UPDATE SET value = 99",
        "MERGE INTO item USING (VALUES (1)) AS v (id) ON item.id = v.id"
        " WHEN MATCHED THEN UPDATE SET value = 5",
    ],
)
def test_every_way_to_write_is_noticed(process: Process, change: str) -> None:
    process.row(1)
    process.total()
    process.write(change)
    assert process.row(1) == process.query("SELECT value FROM item WHERE id = 1")
    assert process.total() == process.query("SELECT coalesce(sum(value), 0)::int FROM item")


def test_an_update_that_changes_nothing_invalidates_nothing(process: Process) -> None:
    process.row(1)
    process.write("UPDATE item SET value = value")
    process.row(1)
    assert process.computed == [1]


def test_a_rollback_invalidates_nothing_and_leaves_no_phantom(process: Process) -> None:
    process.row(1)
    with process.session() as session:
        session.execute(text("UPDATE item SET value = 666 WHERE id = 1"))
        assert process.row(1) == 666, "a writer sees its own change"
        session.rollback()
    assert process.row(1) == 10
    assert process.computed == [1, 1]


def test_a_released_savepoint_is_no_commit(process: Process) -> None:
    process.row(1)
    with process.session() as session:
        with session.begin_nested():
            session.execute(text("UPDATE item SET value = 666 WHERE id = 1"))
        assert process.row(1) == 666
        session.rollback()
    assert process.row(1) == 10


def test_a_fill_that_began_before_a_write_is_never_served_after_it(
    processes: tuple[Process, Process],
) -> None:
    slow, writer = processes
    old = slow.row(1, during=lambda: writer.write("UPDATE item SET value = 11 WHERE id = 1"))
    assert old == 10, "the slow reader asked before the write"
    assert slow.row(1) == 11
    assert writer.row(1) == 11


def test_nobody_who_comes_after_a_write_joins_a_flight_from_before_it(process: Process) -> None:
    read, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        read.set()
        assert go_on.wait(5)

    early = threading.Thread(target=lambda: process.row(1, during=hold))
    early.start()
    assert read.wait(5)
    process.write("UPDATE item SET value = 11 WHERE id = 1")
    assert process.row(1) == 11
    go_on.set()
    early.join()
    assert process.row(1) == 11


def test_an_outer_value_is_as_fresh_as_what_it_was_made_of(process: Process) -> None:
    def report() -> object:
        return process.engine.fetch(REPORT, {}, lambda: {"total": process.total()}).value

    assert report() == {"total": 60}
    process.write("UPDATE item SET value = 0 WHERE id = 3")
    assert report() == {"total": 30}


def test_a_value_that_mixes_two_moments_is_not_stored(process: Process) -> None:
    def compute() -> object:
        before = process.total()
        threading.Thread(
            target=lambda: process.write("UPDATE item SET value = 0 WHERE id = 3")
        ).run()
        return [before, process.total()]

    first = process.engine.fetch(REPORT, {}, compute)
    assert not first.stored
    assert process.engine.fetch(REPORT, {}, lambda: "again").value == "again"


def test_the_snapshot_of_a_fill_cannot_write(process: Process) -> None:
    with pytest.raises(Exception, match="read-only transaction"):
        process.engine.fetch(REPORT, {}, lambda: process.query("DELETE FROM item RETURNING id"))
    assert process.query("SELECT count(*) FROM item") == 3


def test_a_write_past_every_hook_is_carried_by_the_relay(
    processes: tuple[Process, Process], item_database: str
) -> None:
    """As psql would write: no session of ours hears of it."""
    one, _ = processes
    stop = threading.Event()
    relay = threading.Thread(
        target=run_relay, args=(item_database, one.source, one.store, stop), daemon=True
    )
    relay.start()
    try:
        for value in range(100, 120):
            one.row(1)
            with one.sql.begin() as connection:
                connection.execute(text("UPDATE item SET value = :v WHERE id = 1"), {"v": value})
            until(lambda expected=value: one.row(1) == expected)
    finally:
        stop.set()
        relay.join(5)
    assert not relay.is_alive()
