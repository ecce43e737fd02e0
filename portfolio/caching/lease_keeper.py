"""Looks after the leases that a process holds: renews them, and gives back what it could not."""

import threading
import time
from dataclasses import dataclass
from typing import Protocol

from .breaker import StoreUnavailable
from .forks import after_fork

LIFE = 2.0
"""Seconds after which a lease is free again although its owner has vanished."""
_TICK = 0.25


class LeaseStore(Protocol):
    """What leases need of the store."""

    def claim(self, key: str, owner: bytes, ttl: float) -> bytes:
        """Set the key for `ttl` seconds if it is free; what it holds now."""

    def extend(self, key: str, owner: bytes, ttl: float) -> None:
        """If the key still holds `owner`, let it live for `ttl` seconds from now."""

    def cede(self, key: str, owner: bytes, successor: bytes, ttl: float) -> None:
        """If the key still holds `owner`, set it to `successor`, or free it when that is empty."""


@dataclass(frozen=True, slots=True)
class _Return:
    key: str
    owner: bytes
    successor: bytes
    ttl: float
    until: float


class LeaseKeeper:
    """One thread for all leases of a process; it ends when there are none."""

    def __init__(self, store: LeaseStore) -> None:
        self._store = store
        self._reset()
        after_fork(self._reset)

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, tuple[bytes, float]] = {}
        self._returns: list[_Return] = []
        self._thread: threading.Thread | None = None

    def hold(self, key: str, owner: bytes) -> None:
        """Renew a lease until it is given back."""
        with self._lock:
            self._held[key] = (owner, time.monotonic())
            self._start()

    def give_back(self, key: str, owner: bytes, successor: bytes, ttl: float) -> None:
        """Free a lease, or leave `successor` in its place for `ttl` seconds; now or soon."""
        with self._lock:
            self._held.pop(key, None)
        try:
            self._store.cede(key, owner, successor, ttl)
        except StoreUnavailable:
            # Others would wait for a computation that is over, until the lease ends by itself.
            with self._lock:
                self._returns.append(_Return(key, owner, successor, ttl, time.monotonic() + LIFE))
                self._start()

    def _start(self) -> None:
        """Needs the lock."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._keep, name="cache-leases", daemon=True)
            self._thread.start()

    def _keep(self) -> None:
        pause = threading.Event()
        while True:
            pause.wait(_TICK)
            now = time.monotonic()
            with self._lock:
                long = [(key, owner) for key, (owner, at) in self._held.items() if now - at > _TICK]
                returns = [one for one in self._returns if one.until > now]
                self._returns = []
                if not self._held and not returns:
                    self._thread = None
                    return
            try:
                for key, owner in long:
                    self._store.extend(key, owner, LIFE)
                while returns:
                    one = returns[-1]
                    self._store.cede(one.key, one.owner, one.successor, one.ttl)
                    returns.pop()
            except StoreUnavailable:
                with self._lock:
                    self._returns += returns
