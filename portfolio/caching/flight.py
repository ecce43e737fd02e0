"""Single flight: of the threads that want the same missing value, one computes, the rest wait."""

import os
import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class FlightTimeout(Exception):
    """The thread that computes did not finish in the time that others wait for it."""


class _Flight:
    __slots__ = ("done", "error", "value")

    def __init__(self) -> None:
        self.done = threading.Event()
        self.value: Any = None
        self.error: BaseException | None = None


class SingleFlight:
    """Joins computations with equal keys within one process.

    The key has to say what the computation starts from (the tokens it has read), so that nobody
    who comes after a change joins a flight from before it.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._reset()
        os.register_at_fork(after_in_child=self._reset)

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._flights: dict[Hashable, _Flight] = {}

    def run(self, key: Hashable, compute: Callable[[], T]) -> tuple[T, bool]:
        """The value, and whether this thread computed it.

        Raises:
            FlightTimeout: another thread computes and takes longer than `patience` seconds.
            Exception: what the computation raised, in every thread that waited for it.
        """
        with self._lock:
            flight = self._flights.get(key)
            leading = flight is None
            if flight is None:
                flight = self._flights[key] = _Flight()
        if not leading:
            return self._join(flight), False
        try:
            flight.value = compute()
        except BaseException as error:
            flight.error = error
            raise
        finally:
            with self._lock:
                del self._flights[key]
            flight.done.set()
        return flight.value, True

    def _join(self, flight: _Flight) -> Any:
        if not flight.done.wait(self._patience):
            raise FlightTimeout("the value is still being computed")
        if flight.error is not None:
            raise flight.error
        return flight.value
