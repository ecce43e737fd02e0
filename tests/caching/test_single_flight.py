"""One computation for each missing value, across threads and processes."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from portfolio.caching import lease as lease_module
from portfolio.caching import lease_keeper
from portfolio.caching.filler import PATIENCE
from tests.waiting import until

from .conftest import IMPATIENT, ROW, Process, make_process

LIFE = 20.0


@pytest.fixture(autouse=True)
def long_life(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lease outlives its owner's standing still for seconds."""
    for module in (lease_module, lease_keeper):
        monkeypatch.setattr(module, "LIFE", LIFE)


def together(*calls: Callable[[], Any]) -> list[Any]:
    """Results of calls that begin at once."""
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        barrier.wait(10)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result(30) for future in [pool.submit(run, call) for call in calls]]


def slow(process: Process) -> Callable[[], Any]:
    pause = threading.Event()
    return lambda: process.row(1, during=lambda: pause.wait(0.3) and None)


def test_64_at_once_over_two_processes_compute_once(processes: tuple[Process, Process]) -> None:
    one, other = processes
    values = together(*([slow(one), slow(other)] * 32))
    assert values == [10] * 64
    assert len(one.computed) + len(other.computed) == 1


def test_each_version_is_computed_once(processes: tuple[Process, Process]) -> None:
    one, other = processes
    for version in range(11, 16):
        one.write("UPDATE item SET value = :value WHERE id = 1", value=version)
        one.computed.clear()
        other.computed.clear()
        assert set(together(*([slow(one), slow(other)] * 8))) == {version}
        assert len(one.computed) + len(other.computed) == 1


def test_an_error_is_each_process_own_and_nobody_waits_for_it(
    processes: tuple[Process, Process],
) -> None:
    def fail() -> Any:
        raise LookupError("none")

    def ask(process: Process) -> Any:
        with pytest.raises(LookupError):
            process.engine.fetch(ROW, {"id": 5}, fail)

    together(*[lambda process=process: ask(process) for process in processes * 8])


def test_what_cannot_be_stored_makes_nobody_wait_in_line(
    processes: tuple[Process, Process],
) -> None:
    def ask(process: Process) -> Any:
        return process.engine.fetch(ROW, {"id": 6}, lambda: object()).value

    assert len(together(*[lambda process=process: ask(process) for process in processes * 8])) == 16


def test_a_lease_whose_owner_vanished_is_free_again(
    processes: tuple[Process, Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease_module, "LIFE", 0.3)
    one, other = processes
    monkeypatch.setattr(one.store, "cede", lambda *_: None)
    monkeypatch.setattr(one.store, "write", lambda *_: False)
    assert one.row(1) == 10
    assert other.row(1) == 10
    assert other.computed == [1]


def test_a_lease_is_released_by_its_owner_only(process: Process) -> None:
    store = process.store
    assert store.claim("lease:x", b"one", 10) == b"one"
    assert store.claim("lease:x", b"two", 10) == b"one"
    store.cede("lease:x", b"two", b"", 1)
    assert store.claim("lease:x", b"two", 10) == b"one"
    store.cede("lease:x", b"one", b"", 1)
    assert store.claim("lease:x", b"two", 10) == b"two"


def test_with_memory_all_get_the_value_too(servers: Any, item_database: str) -> None:
    pair = [make_process(servers, item_database, 1_000_000) for _ in range(2)]
    try:
        pair[0].write("TRUNCATE item")
        pair[0].write("INSERT INTO item VALUES (1, 10)")
        values = together(*([slow(pair[0]), slow(pair[1])] * 8))
        assert values == [10] * 16
        assert len(pair[0].computed) + len(pair[1].computed) == 1
    finally:
        for process in pair:
            process.close()


@IMPATIENT
def test_a_lease_that_could_not_be_given_back_holds_nobody_up(
    servers: Any, processes: tuple[Process, Process]
) -> None:
    """Redis hangs while the value is being stored: nobody waits for the lease afterwards."""
    one, other = processes
    try:
        assert one.row(1, during=servers.redis_cache.suspend) == 10
    finally:
        servers.redis_cache.resume()
    until(lambda: one.store.available)
    assert PATIENCE < LIFE, "or the lease may have ended by itself"
    assert other.row(1) == 10


def test_a_long_computation_keeps_its_lease(processes: tuple[Process, Process]) -> None:
    """It lasts until its lease was renewed; the other process computes nothing."""
    one, other = processes

    def outlast() -> None:
        (name,) = one.store.raw.scan_iter("{test}:lease:*")
        left = [one.store.raw.pttl(name)]
        until(lambda: left.append(one.store.raw.pttl(name)) or left[-1] > left[-2])

    assert together(*(lambda p=p: p.row(1, during=outlast) for p in processes)) == [10, 10]
    assert len(one.computed) + len(other.computed) == 1
