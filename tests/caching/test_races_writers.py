"""Ways to write that pass no event: the writer sees what it wrote all the same."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from .conftest import Process
from .place import Item


def on_its_connection(session: Session) -> None:
    session.connection().execute(text("UPDATE item SET value = 666 WHERE id = 1"))


def bulk_update(session: Session) -> None:
    session.bulk_update_mappings(Item, [{"id": 1, "value": 666}])


def bulk_save(session: Session) -> None:
    item = session.get_one(Item, 1)
    item.value = 666
    session.bulk_save_objects([item])
    session.expunge(item)


def bulk_insert(session: Session) -> None:
    session.execute(text("DELETE FROM item WHERE id = 1"))
    session.info.clear()  # as if only the next statement had written
    session.bulk_insert_mappings(Item, [{"id": 1, "value": 666}])


@pytest.mark.parametrize("write", [on_its_connection, bulk_update, bulk_save, bulk_insert])
def test_the_writer_sees_it_and_nobody_else_before_the_commit(
    processes: tuple[Process, Process], write: Callable[[Session], None]
) -> None:
    process, other = processes
    assert [process.row(1), process.row(1)] == [10, 10]
    with process.session() as session:
        write(session)
        assert process.row(1) == 666
        session.rollback()
    assert process.row(1) == 10
    assert process.computed == [1, 1], "one for the writer alone"
    with process.session() as session:
        write(session)
        session.commit()
    assert [process.row(1), other.row(1)] == [666, 666]
