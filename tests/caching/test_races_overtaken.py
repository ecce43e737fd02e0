"""What comes too late, or goes wrong within another value, does no harm to what is right."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from portfolio.caching.policy import CacheType, Policy, PolicyTable

from .conftest import ROW, TABLE, Process

BARE = Policy("bare", CacheType.API, 300, ())


@pytest.fixture(params=[0, 1_000_000], ids=["redis", "memory"])
def memory(request: pytest.FixtureRequest) -> int:
    size: int = request.param
    return size


def elsewhere(run: Callable[[], Any]) -> Any:
    """The result of a call in a thread of its own, which belongs to no computation."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result(10)


def test_a_computation_that_a_write_overtook_displaces_no_newer_one(
    processes: tuple[Process, Process],
) -> None:
    slow, quick = processes

    def overtake() -> None:
        quick.write("UPDATE item SET value = 11 WHERE id = 1")
        assert quick.row(1) == 11

    assert slow.row(1, during=lambda: elsewhere(overtake)) == 10
    assert [slow.row(1), quick.row(1)] == [11, 11]
    assert [slow.computed, quick.computed] == [[1], [1]], "each version once"


def find_ninth(process: Process) -> Any:
    """A row through the cache; there may be none."""

    def compute() -> Any:
        value = process.query("SELECT value FROM item WHERE id = 9")
        if value is None:
            raise LookupError("no such item")
        return value

    return process.engine.fetch(ROW, {"id": 9}, compute).value


def test_what_does_without_a_part_that_failed_is_not_kept(process: Process) -> None:
    """Nothing says what that part has depended on."""
    process.engine.table = PolicyTable(*TABLE.values(), BARE)

    def compute() -> Any:
        try:
            return find_ninth(process)
        except LookupError:
            return "nothing"

    assert process.engine.fetch(BARE, {}, compute).value == "nothing"
    process.write("INSERT INTO item VALUES (9, 90)")
    assert process.engine.fetch(BARE, {}, compute).value == 90


def test_the_error_of_a_part_is_not_shared_with_who_comes_later(process: Process) -> None:
    process.engine.table = PolicyTable(*TABLE.values(), BARE)
    with pytest.raises(LookupError):
        process.engine.fetch(BARE, {}, lambda: find_ninth(process))
    process.write("INSERT INTO item VALUES (9, 90)")
    assert process.engine.fetch(BARE, {}, lambda: find_ninth(process)).value == 90
