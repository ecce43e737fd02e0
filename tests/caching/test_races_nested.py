"""A value whose tags are only learnt while it is computed, from other cached values."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from portfolio.caching.policy import CacheType, Policy, PolicyTable

from .conftest import TABLE, Process

BARE = Policy("bare", CacheType.API, 300, ())


@pytest.mark.parametrize("memory", [0, 1_000_000], ids=["redis", "memory"])
def test_nobody_who_comes_after_a_write_joins_a_flight_that_has_read_before_it(
    process: Process,
) -> None:
    process.engine.table = PolicyTable(*TABLE.values(), BARE)
    read, go_on = threading.Event(), threading.Event()

    def hold() -> Any:
        value = process.row(1)
        read.set()
        assert go_on.wait(5)
        return value

    def fetch(compute: Any) -> Any:
        return process.engine.fetch(BARE, {}, compute).value

    with ThreadPoolExecutor(2) as pool:
        early = pool.submit(fetch, hold)
        assert read.wait(5)
        process.write("UPDATE item SET value = 11 WHERE id = 1")
        late = pool.submit(fetch, lambda: process.row(1))
        threading.Event().wait(0.05)  # nothing can tell that it has joined
        go_on.set()
        assert early.result(5) == 10
        assert late.result(5) == 11
    assert fetch(lambda: process.row(1)) == 11


def test_an_error_that_a_write_has_overtaken_is_not_shared(process: Process) -> None:
    """Errors are shared for a moment, by whoever starts from the same tokens."""
    process.engine.table = PolicyTable(*TABLE.values(), BARE)

    def compute() -> Any:
        value = process.row(9)
        if value is None:
            raise LookupError("no such item")
        return value

    with pytest.raises(LookupError):
        process.engine.fetch(BARE, {}, compute)
    process.write("INSERT INTO item VALUES (9, 90)")
    assert process.engine.fetch(BARE, {}, compute).value == 90
