"""With answers from Redis cut off, late and damaged at random, nothing false is served for long."""

import dataclasses
import os
import random
import threading
import time
from bisect import bisect_right
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from portfolio.caching import breaker, lease
from portfolio.caching.flight import FlightTimeout
from portfolio.caching.postgres_adapter.relay import run_relay
from portfolio.local.embedded import EmbeddedServers
from tests.waiting import until

from .chaos_store import Gate, Mischief
from .conftest import REPORT, Process, make_process
from .test_races import LONG_ROUNDS

ROUNDS = 300
BOUND = 2.5
"""Seconds that the documentation states for failures."""


@pytest.fixture
def seed() -> int:
    """CHAOS_SEED repeats a run, as far as threads repeat themselves."""
    return int(os.environ.get("CHAOS_SEED") or random.SystemRandom().getrandbits(32))


@pytest.fixture(autouse=True)
def soon_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that much happens in a short time."""
    monkeypatch.setattr(breaker, "FIRST_RETRY", 0.02)
    monkeypatch.setattr(lease, "LIFE", 0.5)


class Chaos:
    """A writer that counts upwards, readers in its process and in another one, and a relay."""

    def __init__(
        self, servers: EmbeddedServers, database: str, memory: int, mischief: Mischief
    ) -> None:
        self.database = database
        self.gates = [Gate(servers.redis_url, mischief) for _ in range(3)]
        self.writer, self.other, self.relay = (
            make_process(dataclasses.replace(servers, redis_url=gate.url), database, memory, 0.2)
            for gate in self.gates
        )
        self.times = [0.0]
        self.wrong: list[str] = []
        self.kept = 0
        self._stop = threading.Event()

    def run(self, rounds: int) -> None:
        """Write so often, and collect what is wrong meanwhile."""
        with ThreadPoolExecutor(5) as pool:
            work = [
                pool.submit(
                    run_relay, self.database, self.relay.source, self.relay.store, self._stop
                ),
                *(pool.submit(self._read, self.writer, 0.0) for _ in range(2)),
                *(pool.submit(self._read, self.other, BOUND) for _ in range(2)),
            ]
            try:
                for value in range(1, rounds + 1):
                    self.writer.write("UPDATE item SET value = :v WHERE id = 1", v=value)
                    self.times.append(time.monotonic())
                    self._stop.wait(0.01)
            finally:
                self._stop.set()
            for each in work:
                each.result(30)

    def close(self) -> None:
        for process in (self.writer, self.other, self.relay):
            process.close()
        for gate in self.gates:
            gate.close()

    def _read(self, process: Process, bound: float) -> None:
        """Whoever reads now sees what was committed `bound` seconds ago, at least."""
        while not self._stop.is_set():
            least = bisect_right(self.times, time.monotonic() - bound) - 1
            try:
                values = [process.row(1), *self._report(process)]
            except FlightTimeout:
                continue
            except Exception as error:  # noqa: BLE001 - whatever it is, no caller expects it
                self.wrong.append(f"{type(error).__name__}: {error}")
                continue
            if any(type(value) is not int or value < least for value in values):
                self.wrong.append(f"{values} where {least} was committed")
            self.kept += 1

    @staticmethod
    def _report(process: Process) -> list[Any]:
        def compute() -> list[Any]:
            return [process.total(), process.row(1)]

        return process.engine.fetch(REPORT, {}, compute).value  # type: ignore[no-any-return]


@contextmanager
def chaos(
    servers: EmbeddedServers, database: str, memory: int, mischief: Mischief
) -> Iterator[Chaos]:
    made = Chaos(servers, database, memory, mischief)
    try:
        made.writer.write("TRUNCATE item")
        made.writer.write("INSERT INTO item VALUES (1, 0)")
        yield made
    finally:
        mischief.end()
        made.close()


@pytest.mark.parametrize("memory", [0, 1_000_000], ids=["redis", "memory"])
@pytest.mark.parametrize(
    "rounds", [ROUNDS, pytest.param(LONG_ROUNDS, marks=pytest.mark.soak)], ids=["short", "long"]
)
def test_chaos_makes_nothing_false_and_raises_nothing(
    servers: EmbeddedServers, item_database: str, memory: int, rounds: int, seed: int
) -> None:
    mischief = Mischief(seed, cut=0.003, delay=0.003, flip=0.006)
    with chaos(servers, item_database, memory, mischief) as world:
        world.run(rounds)
        assert not world.wrong, f"CHAOS_SEED={seed}: {sorted(set(world.wrong))[:10]}"
        assert mischief.done > rounds / 10, "there was no chaos"
        assert world.kept > rounds
        mischief.end()
        for process in (world.writer, world.other):
            until(lambda process=process: process.store.available)
            until(lambda process=process: process.row(1) == rounds)
            assert process.row(1) == rounds


def test_a_gate_that_passes_everything_changes_nothing(
    servers: EmbeddedServers, item_database: str
) -> None:
    """The chaos is the damage's, not the gate's."""
    with chaos(servers, item_database, 0, Mischief(0)) as world:
        world.writer.row(1)
        before = len(world.writer.computed)
        assert [world.writer.row(1), world.other.row(1)] == [0, 0]
        assert len(world.writer.computed) == before
        assert world.other.computed == []
