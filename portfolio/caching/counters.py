"""Counts by policy: cheap to add to, folded into one Redis hash that sums all processes.

Each thread has a cell of its own that only it writes to: counting takes no lock. The folding
thread reads all cells, and remembers how much of each it has taken.
"""

import atexit
import logging
import os
import threading
import weakref
from collections import Counter
from collections.abc import Mapping
from typing import Any, Protocol, cast

import redis

logger = logging.getLogger(__name__)

HITS = ("memory_hits", "store_hits", "stale_hits")
"""A hit is one of these: from this process's memory, from Redis, or expired and still served."""
EVENTS = (
    "hits",
    *HITS,
    "misses",
    "fills",
    "shared",
    "bypasses",
    "uncacheable",
    "unavailable",
    "errors",
    "sampled_hits",
    "sampled_hit_microseconds",
    "fill_microseconds",
)
FOLD_INTERVAL = 1.0
"""Seconds between two additions of a process's counts to the sum."""


class Ledger(Protocol):
    """Where counts of all processes are summed."""

    def add(self, counts: Mapping[str, int]) -> None:
        """Add to the sums."""

    def read(self) -> dict[str, int]:
        """All sums."""


class LedgerUnavailable(Exception):
    """The sums cannot be read or written now."""


class RedisLedger:
    """Sums in one hash of the durable Redis."""

    def __init__(self, client: "redis.Redis", key: str) -> None:
        self._client = client
        self._key = key

    def add(self, counts: Mapping[str, int]) -> None:
        """All or nothing, so that a retry cannot count twice what has arrived.

        Raises:
            LedgerUnavailable: the server does not answer.
        """
        pipeline = self._client.pipeline(transaction=True)
        for field, count in counts.items():
            pipeline.hincrby(self._key, field, count)
        try:
            pipeline.execute()
        except (redis.RedisError, OSError) as error:
            raise LedgerUnavailable(str(error)) from error

    def read(self) -> dict[str, int]:
        """Raises LedgerUnavailable when the server does not answer."""
        try:
            sums = cast(dict[bytes, bytes], self._client.hgetall(self._key))
        except (redis.RedisError, OSError) as error:
            raise LedgerUnavailable(str(error)) from error
        return {field.decode(): int(count) for field, count in sums.items()}


class _Cell:
    """What one thread has counted, and how much of that has been taken."""

    __slots__ = ("counts", "taken", "thread")

    def __init__(self, thread: "weakref.ref[_Alive]") -> None:
        self.counts: dict[str, int] = {}
        self.taken: dict[str, int] = {}
        self.thread = thread

    def take(self) -> Counter[str]:
        now = dict(self.counts)  # in one step: its thread may be counting
        new = Counter({name: count - self.taken.get(name, 0) for name, count in now.items()})
        self.taken = now
        return +new


class _Alive:
    """Vanishes with the thread whose local storage holds it."""


class _Local(threading.local):
    counts: dict[str, int] | None = None
    alive: _Alive | None = None


class Counters:
    """This process's counts, and the thread that folds them into the ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._reset()
        os.register_at_fork(after_in_child=self._reset)
        atexit.register(self.close)

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._local = _Local()
        self._cells: list[_Cell] = []
        self._ended: Counter[str] = Counter()
        self._kept: Counter[str] = Counter()
        self._folding: threading.Thread | None = None
        self._closed = threading.Event()

    def count(self, policy: str, event: str, amount: int = 1) -> None:
        """Add to one count; the first call in a process starts the folding thread."""
        self.add(f"{policy}:{event}", amount)

    def add(self, name: str, amount: int = 1) -> None:
        """Add to the count `policy:event`."""
        counts = self._local.counts
        if counts is None:
            counts = self._join()
        counts[name] = counts.get(name, 0) + amount

    def _join(self) -> dict[str, int]:
        local = self._local
        local.alive = _Alive()
        cell = _Cell(weakref.ref(local.alive))
        local.counts = cell.counts
        with self._lock:
            self._cells.append(cell)
            if self._folding is None:
                self._folding = threading.Thread(
                    target=self._fold_forever, name="cache-counters", daemon=True
                )
                self._folding.start()
        return cell.counts

    def fold(self) -> bool:
        """Add this process's counts to the ledger; what cannot be added is kept for later."""
        with self._lock:
            counts, self._kept = self._kept, Counter()
            # Asked before taking: what a thread counts it counts while it lives.
            ended = [cell for cell in self._cells if cell.thread() is None]
            for cell in self._cells:
                counts += cell.take()
            for cell in ended:
                self._ended.update(cell.counts)
                self._cells.remove(cell)
        if not counts:
            return True
        try:
            self._ledger.add(counts)
        except LedgerUnavailable:
            with self._lock:
                self._kept += counts
            return False
        return True

    def counted(self) -> Counter[str]:
        """What this process has counted since it began."""
        with self._lock:
            counted = Counter(self._ended)
            for cell in self._cells:
                counted.update(dict(cell.counts))
        return counted

    def close(self) -> None:
        """Fold a last time and stop."""
        self._closed.set()
        self.fold()

    def totals(self) -> dict[str, dict[str, int]]:
        """Counts by policy and event, summed over all processes up to their last fold.

        Raises:
            LedgerUnavailable: the sums cannot be read.
        """
        self.fold()
        totals: dict[str, dict[str, int]] = {}
        for field, count in self._ledger.read().items():
            policy, _, event = field.partition(":")
            totals.setdefault(policy, {})[event] = count
        return totals

    def _fold_forever(self) -> None:
        healthy = True
        while not self._closed.wait(FOLD_INTERVAL):
            folded = self.fold()
            if healthy and not folded:
                logger.warning("cache counters cannot be added up now; keeping them")
            healthy = folded


def hit_rate(counts: Mapping[str, Any]) -> float | None:
    """Share of lookups answered from the cache, 0 to 1; None before the first lookup."""
    hits, misses = counts.get("hits", 0), counts.get("misses", 0)
    return hits / (hits + misses) if hits + misses else None
