"""Counts by policy: cheap to add to, folded into one Redis hash that sums all processes.

What happens once is counted by an `itertools.count`, whose next step nothing can interrupt: no
lock, no cell for each thread. The folding thread remembers how much of each it has taken.
"""

import itertools
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Protocol, cast

import redis

from .folding import Folding
from .forks import after_fork

HITS = ("memory_hits", "store_hits", "database_hits", "stale_hits")
"""A hit is one of these: from this process's memory, from Redis, from a table that keeps what was
computed, or expired and still served."""
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


class Counters:
    """This process's counts, and the thread that folds them into the ledger.

    Attributes:
        folding: the thread, for others who count on the same server.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._reset()
        after_fork(self._reset)
        self.folding = Folding(self.fold)

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._steps: dict[str, itertools.count[int]] = {}
        self._amounts: Counter[str] = Counter()
        self._taken: Counter[str] = Counter()

    def count(self, policy: str, event: str) -> None:
        """Add one; the first call in a process starts the folding thread."""
        self.step(policy, event)()

    def step(self, policy: str, event: str) -> Callable[[], int]:
        """What adds one each time it is called, for those who count in a hurry."""
        name = f"{policy}:{event}"
        steps = self._steps.get(name)
        if steps is None:
            with self._lock:
                steps = self._steps.setdefault(name, itertools.count())
            self.folding.start()
        return steps.__next__

    def add(self, policy: str, event: str, amount: int) -> None:
        """Add an amount."""
        with self._lock:
            self._amounts[f"{policy}:{event}"] += amount
        self.folding.start()

    def fold(self) -> bool:
        """Add this process's counts to the ledger; what cannot be added is kept for later."""
        now = self.counted()
        with self._lock:
            # Two that fold at the same time must not add the same twice.
            new = now - self._taken
            self._taken += new
        if not new:
            return True
        try:
            self._ledger.add(new)
        except LedgerUnavailable:
            with self._lock:
                self._taken -= new
            return False
        return True

    def counted(self) -> Counter[str]:
        """What this process has counted since it began."""
        with self._lock:
            counted = Counter(self._amounts)
            counted.update({name: _steps_made(steps) for name, steps in self._steps.items()})
        return counted

    def close(self) -> None:
        """Fold a last time and stop."""
        self.folding.close()

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


def _steps_made(steps: "itertools.count[int]") -> int:
    # The one way to look at it without making a step.
    return int(repr(steps).removeprefix("count(").removesuffix(")"))


def hit_rate(counts: Mapping[str, Any]) -> float | None:
    """Share of lookups answered from the cache, 0 to 1; None before the first lookup."""
    hits, misses = counts.get("hits", 0), counts.get("misses", 0)
    return hits / (hits + misses) if hits + misses else None
