"""Electing one process to compute a value that several of them miss at once."""

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from .flight import FlightTimeout
from .lease_keeper import LIFE, LeaseKeeper, LeaseStore

T = TypeVar("T")

_POLL = 0.01
_ALONE = b"alone"
_ALONE_FOR = 1.0
"""Seconds in which nobody waits for a value that turned out not to be storable."""


class Lease:
    """One computation among processes. The key must say what the computation starts from.

    Args:
        patience: seconds to wait for another process before giving up.
    """

    def __init__(self, store: LeaseStore, keeper: LeaseKeeper, key: str, patience: float) -> None:
        self._store = store
        self._keeper = keeper
        self._key = key
        self._patience = patience
        self._owner = secrets.token_bytes(12)
        self.shareable = True

    def wait_for(self, look: Callable[[], T | None], *, at_once: bool = True) -> T | None:
        """Wait until another process's value can be seen, or until this one is to compute.

        Args:
            look: the value, once another process has stored it.
            at_once: look although nobody was waited for: the value may have been stored, and the
                lease given back, just before it was claimed here.

        Raises:
            FlightTimeout: another process has been computing all the while.
        """
        deadline = time.monotonic() + self._patience
        pause = threading.Event()
        while True:
            holder = self._store.claim(self._key, self._owner, LIFE)
            if at_once and (value := look()) is not None:
                self._give_back(holder)
                return value
            if holder in (self._owner, _ALONE):
                return None
            if time.monotonic() > deadline:
                raise FlightTimeout("another process is still computing the value")
            pause.wait(_POLL)
            at_once = True

    @contextmanager
    def held(self) -> Iterator[None]:
        """Give the lease back at the end; unless `shareable`, tell the others not to wait."""
        self.shareable = False
        self._keeper.hold(self._key, self._owner)
        try:
            yield
        finally:
            self._give_back(self._owner, b"" if self.shareable else _ALONE)

    def _give_back(self, holder: bytes, successor: bytes = b"") -> None:
        if holder == self._owner:
            self._keeper.give_back(self._key, self._owner, successor, _ALONE_FOR)
