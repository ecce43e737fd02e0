"""A limit on the threads that compute or wait, so that hits never queue behind them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from .flight import FlightTimeout
from .forks import after_fork


class TooManyWaiting(FlightTimeout):
    """So many threads compute or wait for values that this one is not to join them."""


class WaitingRoom:
    """Lets at most `limit` threads in at a time and turns away the rest at once."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._reset()
        after_fork(self._reset)

    def _reset(self) -> None:
        self._places = threading.Semaphore(self._limit)

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place for the time of the block.

        Raises:
            TooManyWaiting: all are taken.
        """
        places = self._places
        if not places.acquire(blocking=False):
            raise TooManyWaiting("too many are waiting for values already")
        try:
            yield
        finally:
            places.release()
