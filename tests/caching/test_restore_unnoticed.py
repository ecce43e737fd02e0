"""What happened between two looks at the triggers shows too, and so does another server."""

from portfolio.local.embedded import EmbeddedServers

from .conftest import Process


def look(process: Process) -> None:
    process.source.outbox.notice_restore(process.store.invalidate)


def test_triggers_that_were_switched_off_and_on_again(process: Process) -> None:
    """As a bulk load does, in one transaction; afterwards they are as they were."""
    look(process)
    assert process.row(1) == 10
    with process.sql.begin() as connection:
        for statement in (
            "ALTER TABLE item DISABLE TRIGGER cache_update",
            "UPDATE item SET value = 99 WHERE id = 1",
            "ALTER TABLE item ENABLE ALWAYS TRIGGER cache_update",
        ):
            connection.exec_driver_sql(statement)
    assert process.row(1) == 10, "or the test shows nothing"
    look(process)
    assert process.row(1) == 99


def test_a_database_that_starts_may_be_an_older_one(
    process: Process, servers: EmbeddedServers
) -> None:
    """A copy of its files was put back, or a replica took over: nothing in it says so."""
    look(process)
    assert process.row(1) == 10
    process.sql.dispose()
    servers.postgres.restart()
    assert process.row(1) == 10
    assert process.computed == [1], "or the test shows nothing"
    look(process)
    assert process.row(1) == 10
    assert process.computed == [1, 1]
    look(process)
    assert process.row(1) == 10
    assert process.computed == [1, 1], "once"
