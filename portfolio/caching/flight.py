"""Single flight: of the threads that want the same missing value, one computes, the rest wait."""

import threading
import time
from collections.abc import Callable, Hashable
from types import TracebackType
from typing import Any, TypeVar

from .forks import after_fork

T = TypeVar("T")

ERROR_SHARED = 1.0
"""Seconds for which a failed computation answers for whoever asks from the same start."""
_MOST_ERRORS = 100


class FlightTimeout(Exception):
    """The thread that computes did not finish in the time that others wait for it."""


class _Flight:
    __slots__ = ("done", "ended", "error", "traceback", "value")

    def __init__(self) -> None:
        self.done = threading.Event()
        self.value: Any = None
        self.error: BaseException | None = None
        self.traceback: TracebackType | None = None
        self.ended = 0.0


class SingleFlight:
    """Joins computations with equal keys within one process.

    The key has to say what the computation starts from (the tokens it has read), so that nobody
    who comes after a change joins a flight from before it.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._reset()
        after_fork(self._reset)

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._flights: dict[Hashable, _Flight] = {}
        self._failed: dict[Hashable, _Flight] = {}

    def run(
        self, key: Hashable, compute: Callable[[], T], lasting: Callable[[], bool] = lambda: True
    ) -> tuple[T, bool]:
        """The value, and whether this thread computed it.

        Args:
            lasting: whether an error is also for those who come after it.

        Raises:
            FlightTimeout: another thread computes and takes longer than `patience` seconds.
            Exception: what the computation raised, in every thread that waited for it, and in
                those that come within a second.
        """
        with self._lock:
            self._forget_old_failures()
            flight = self._flights.get(key) or self._failed.get(key)
            leading = flight is None
            if flight is None:
                flight = self._flights[key] = _Flight()
        if not leading:
            return self._join(flight), False
        try:
            flight.value = compute()
        except BaseException as error:
            flight.error, flight.traceback = error, error.__traceback__
            raise
        finally:
            flight.ended = time.monotonic()
            with self._lock:
                del self._flights[key]
                if isinstance(flight.error, Exception) and lasting():
                    self._failed[key] = flight
            flight.done.set()
        return flight.value, True

    def _forget_old_failures(self) -> None:
        while self._failed:
            key, oldest = next(iter(self._failed.items()))
            recent = time.monotonic() - oldest.ended <= ERROR_SHARED
            if recent and len(self._failed) <= _MOST_ERRORS:
                return
            del self._failed[key]

    def _join(self, flight: _Flight) -> Any:
        if not flight.done.wait(self._patience):
            raise FlightTimeout("the value is still being computed")
        if flight.error is not None:
            # From where it first went wrong: else each of them would make the traceback longer.
            raise flight.error.with_traceback(flight.traceback)
        return flight.value
