"""A commit whose own flush fails at the worst moment: its writer reads no old value."""

from typing import Any

import pytest
from sqlalchemy import event

from tests.waiting import until

from .conftest import Process


@pytest.mark.parametrize("memory", [0, 1_000_000], ids=["redis", "memory"])
def test_a_flush_that_the_database_breaks_off_leaves_no_old_value_to_the_writer(
    process: Process,
) -> None:
    process.row(1)
    process.row(1)
    cut = [True]

    def break_off(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if "FROM cache_outbox" in statement and cut:
            cut.clear()
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    own = process.source._own
    event.listen(own, "before_cursor_execute", break_off)
    try:
        process.write("UPDATE item SET value = 11 WHERE id = 1")
    finally:
        event.remove(own, "before_cursor_execute", break_off)
    assert not cut, "the flush was not broken off"
    assert process.row(1) == 11
    until(lambda: process.store.available)
    assert process.row(1) == 11


@pytest.mark.parametrize("memory", [0, 1_000_000], ids=["redis", "memory"])
def test_a_commit_while_the_store_is_being_taken_back_is_flushed_before_it_is(
    process: Process,
) -> None:
    """The store is still left alone when the commit flushes, and is back a moment later."""
    process.row(1)
    process.row(1)
    recover, late = process.store._recover, [True]

    def commit_behind(store: Any) -> None:
        recover(store)
        if late:
            late.clear()
            process.write("UPDATE item SET value = 11 WHERE id = 1")

    process.store._recover = commit_behind
    process.store.doubt("for the test")
    until(lambda: process.store.available)
    assert not late
    assert process.row(1) == 11
