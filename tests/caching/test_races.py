"""Fills racing writes: a superseded value never comes back, and a control shows it would show."""

import os
import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from portfolio.local.embedded import EmbeddedServers

from .conftest import Process, make_process
from .test_push import until

ROUNDS = 300
LONG_ROUNDS = int(os.environ.get("SOAK_ROUNDS", "10000"))


@pytest.fixture
def racers(
    servers: EmbeddedServers, item_database: str
) -> Iterator[Callable[[int], tuple[Process, Process]]]:
    made: list[Process] = []

    def make(memory: int) -> tuple[Process, Process]:
        pair = tuple(make_process(servers, item_database, memory) for _ in range(2))
        made.extend(pair)
        pair[0].write("TRUNCATE item")
        pair[0].write("INSERT INTO item VALUES (1, 0)")
        return pair

    yield make
    for process in made:
        process.close()


@dataclass
class Race:
    """Readers in two processes against a writer that counts upwards.

    A read that begins after a commit of its own process, or after another read of its process
    has ended, must not return less than that.
    """

    pair: tuple[Process, Process]
    rounds: int
    reads: int = 0
    wrong: list[tuple[int, int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._least = [0, 0]
        self._lock = threading.Lock()
        self._stop = threading.Event()

    def run(self) -> None:
        with ThreadPoolExecutor(8) as pool:
            readers = [pool.submit(self._read, number % 2, number) for number in range(8)]
            try:
                for value in range(1, self.rounds + 1):
                    self.pair[0].write("UPDATE item SET value = :value WHERE id = 1", value=value)
                    self._raise(0, value)
            finally:
                self._stop.set()
            for reader in readers:
                reader.result(30)

    def _read(self, which: int, seed: int) -> None:
        pause, dice = threading.Event(), random.Random(seed)

        def dawdle() -> None:
            pause.wait(dice.random() * 0.003)

        while not self._stop.is_set():
            least = self._least[which]
            value = self.pair[which].row(
                1, during=lambda: pause.wait(dice.random() * 0.003) and None
            )
            self.reads += 1
            if value < least:
                self.wrong.append((which, value, least))
            self._raise(which, value)

    def _raise(self, which: int, value: int) -> None:
        with self._lock:
            self._least[which] = max(self._least[which], value)


@pytest.mark.parametrize("memory", [0, 1_000_000], ids=["redis", "memory"])
def test_a_superseded_value_never_comes_back(
    racers: Callable[[int], tuple[Process, Process]], memory: int
) -> None:
    check(racers(memory), ROUNDS)


@pytest.mark.soak
@pytest.mark.parametrize("memory", [0, 1_000_000], ids=["redis", "memory"])
def test_a_superseded_value_never_comes_back_at_length(
    racers: Callable[[int], tuple[Process, Process]], memory: int
) -> None:
    check(racers(memory), LONG_ROUNDS)


def check(pair: tuple[Process, Process], rounds: int) -> None:
    race = Race(pair, rounds)
    race.run()
    assert race.wrong == []
    assert race.reads > rounds
    for process in pair:
        until(lambda process=process: process.row(1) == rounds)
        assert process.row(1) == rounds


def test_without_tokens_the_race_is_lost(
    racers: Callable[[int], tuple[Process, Process]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same race where nothing is invalidated does serve old values."""
    pair = racers(0)
    for process in pair:
        monkeypatch.setattr(process.store, "invalidate", lambda _tags: None)
    race = Race(pair, 30)
    race.run()
    assert race.wrong
