"""A race of readers and a writer over two processes, and the rule that no reader may break."""

import random
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import NamedTuple

from portfolio.caching.breaker import StoreUnavailable
from portfolio.caching.redis_adapter.push import DRAIN_INTERVAL
from portfolio.local.embedded import EmbeddedServers
from tests.waiting import until

from .conftest import Process, make_process

Dawdle = Callable[[], None]


class Pair(NamedTuple):
    """The writer's process and another one, with as many bytes of memory each."""

    writer: Process
    other: Process
    memory: int


Racers = Callable[[int], Pair]


@contextmanager
def racing_pairs(servers: EmbeddedServers, database: str) -> Iterator[Racers]:
    """Makes pairs of processes with one item, and closes them at the end."""
    made: list[Process] = []

    def make(memory: int) -> Pair:
        one, other = (make_process(servers, database, memory) for _ in range(2))
        made.extend((one, other))
        one.write("TRUNCATE item")
        one.write("INSERT INTO item VALUES (1, 0)")
        return Pair(one, other, memory)

    try:
        yield make
    finally:
        for process in made:
            process.close()


def read_row(process: Process, dawdle: Dawdle) -> Iterable[int]:
    """A fill that dawdles between reading the table and storing."""
    return [process.row(1, during=dawdle)]


def write_row(process: Process, value: int) -> bool:
    """A change whose commit flushes before it returns; whether it must be seen from now on."""
    process.write("UPDATE item SET value = :value WHERE id = 1", value=value)
    return True


@dataclass
class Race:
    """Readers in two processes against a writer, in the first of them, that counts upwards.

    A read that begins after a commit has returned must not return less. Where the other process
    has a memory of its own, it begins a round trip and a millisecond later: the push has arrived
    then. Between a commit and its return both values are right: a reader who computes meets the
    new one, and one after him may still find the old one in the cache.

    Attributes:
        read: what a reader does, in its process; each value it returns is held to the rule.
        write: commits a value; whether it must be seen from then on.
        readers: the process, 0 or 1, of each reader.
        longest: seconds that a fill dawdles at most; more than a commit takes, where that matters.
        idle: seconds that a reader waits at most before it reads again.
        wrong: process, value read, value that had been committed before.
    """

    pair: Pair
    rounds: int
    read: Callable[[Process, Dawdle], Iterable[int]] = read_row
    write: Callable[[Process, int], bool] = write_row
    readers: tuple[int, ...] = (0, 1) * 4
    longest: float = 0.003
    idle: float = 0.0
    reads: int = 0
    wrong: list[tuple[int, int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._least = [0, 0]
        self._lock = threading.Lock()
        self._stop = threading.Event()

    def run(self) -> None:
        with ThreadPoolExecutor(len(self.readers)) as pool:
            readers = [
                pool.submit(self._read, which, seed) for seed, which in enumerate(self.readers)
            ]
            try:
                for value in range(1, self.rounds + 1):
                    self._write(value)
                    self._let_readers_keep_up(value)
            finally:
                self._stop.set()
            for reader in readers:
                reader.result(30)

    def _let_readers_keep_up(self, written: int) -> None:
        """On a machine that is busy with something else the writer would race alone."""
        if self.reads <= written / 4:
            until(lambda: self.reads > written / 4)

    def check(self) -> None:
        """Run, and find nothing wrong, during the race or after it."""
        self.run()
        assert not self.wrong, f"(process, read, committed before): {self.wrong[:20]}"
        assert self.reads > self.rounds / 4, "there was hardly a race"
        for process in self.pair[:2]:
            until(lambda process=process: set(self.read(process, lambda: None)) == {self.rounds})
            assert set(self.read(process, lambda: None)) == {self.rounds}

    def _write(self, value: int) -> None:
        if self.write(self.pair.writer, value):
            self._least[0] = value
            # A writer that cannot tell Redis leaves Redis alone: others are told later.
            if self.pair.writer.store.available:
                self._least[1] = value

    def _read(self, which: int, seed: int) -> None:
        pause, dice = threading.Event(), random.Random(seed)

        def dawdle() -> None:
            pause.wait(dice.random() * self.longest)

        while not self._stop.is_set():
            if self.idle:
                pause.wait(dice.random() * self.idle)
            least = self._least[which]
            if which and self.pair.memory:
                with suppress(StoreUnavailable):
                    self.pair.other.store.ping()
                pause.wait(2 * DRAIN_INTERVAL)
            values = list(self.read(self.pair[which], dawdle))
            with self._lock:
                self.reads += 1
                self.wrong.extend((which, value, least) for value in values if value < least)
