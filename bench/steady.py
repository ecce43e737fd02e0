"""A steady load with its times: a few connections that each ask at fixed moments."""

import itertools
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench.wire import Connection, request_bytes

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Asked:
    """One request: when it was sent, how long it took, and what came of it.

    Attributes:
        new: nobody had asked for this before.
    """

    sent: float
    seconds: float
    status: int
    hit: bool
    new: bool


@dataclass
class Steady:
    """What was asked so far; `failures` are requests without an answer."""

    asked: list[Asked] = field(default_factory=list)
    failures: int = 0

    def between(self, begin: float, end: float) -> list[Asked]:
        """The requests that were sent in this time."""
        return [asked for asked in list(self.asked) if begin <= asked.sent < end]


@contextmanager
def steady_load(
    port: int, paths: Sequence[str], connections: int, interval: float
) -> Iterator[Steady]:
    """Each connection asks every `interval` seconds, or at once if it is behind.

    Args:
        paths: asked for in turn; `{}` in one stands for a number that never comes again.
    """
    steady, stop = Steady(), threading.Event()

    def ask(number: int) -> None:
        with Connection(port) as connection:
            due = time.perf_counter() + interval * number / connections
            turn = number
            while not stop.is_set():
                path = paths[turn % len(paths)]
                request = request_bytes(path.format(next(_numbers)))
                stop.wait(max(due - time.perf_counter(), 0))
                sent = time.perf_counter()
                try:
                    answer = connection.ask(request)
                except OSError:
                    steady.failures += 1
                    return
                took = time.perf_counter() - sent
                new = path != path.format(0)
                steady.asked.append(Asked(sent, took, answer.status, answer.is_hit, new))
                turn, due = turn + 1, max(due + interval, sent)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    try:
        yield steady
    finally:
        stop.set()
        for thread in threads:
            thread.join()
