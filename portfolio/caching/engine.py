"""Reading through the cache: look up, check the tokens, compute once, store with what was read."""

import hashlib
import logging
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .breaker import StoreUnavailable
from .codec import Codec, CorruptValue, UnsupportedType
from .counters import Counters
from .entry import Entry
from .fill import Fill, current_fill, filling
from .flight import SingleFlight
from .memory import Copy, Nearby
from .policy import Policy, PolicyTable
from .seal import Seal
from .source import Source, SourceUnavailable
from .store import Found, Store

logger = logging.getLogger(__name__)

FLIGHT_PATIENCE = 10.0
"""Seconds to wait for another thread's computation of the same value."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A value and how it was come by.

    Attributes:
        status: `hit`, `miss` (computed now) or `bypass` (computed for this caller alone).
        stored: whether a computed value was stored.
        ttl: whole seconds the entry has left; None when there is none.
        tier: where a hit was found: `l1` in this process's memory, `l2` in Redis.
    """

    value: Any
    status: str
    stored: bool = False
    ttl: int | None = None
    tier: str | None = None


class Engine:
    """The cache as policies see it. Thread-safe; one for each application."""

    def __init__(
        self,
        table: PolicyTable,
        store: Store,
        source: Source,
        codec: Codec,
        seal: Seal,
        counters: Counters,
        nearby: Nearby,
    ) -> None:
        self.table = table
        self.store = store
        self.codec = codec
        self.seal = seal
        self.counters = counters
        self.nearby = nearby
        self._source = source
        self._flights = SingleFlight(FLIGHT_PATIENCE)

    def key(self, policy: Policy, arguments: Mapping[str, Any]) -> str:
        """The entry's key, without the installation's prefix: `type:policy:digest`."""
        return f"{policy.type}:{policy.name}:{policy.digest(self._source.epoch(), arguments)}"

    def fetch(
        self,
        policy: Policy,
        arguments: Mapping[str, Any],
        compute: Callable[[], Any],
        *,
        refresh: bool = False,
    ) -> Outcome:
        """The policy's value for these arguments, from the cache or computed.

        Args:
            compute: computes the value in a snapshot of its own; called at most once.
            refresh: compute although a valid entry exists, and store the result.

        Raises:
            FlightTimeout: another thread has been computing it for ten seconds.
            Exception: whatever `compute` raises; nothing is stored then.
        """
        policy = self.table[policy.name]
        if self._source.has_written():
            self._spoil_outer()
            self.counters.count(policy.name, "bypasses")
            return Outcome(compute(), "bypass")
        key, tags = policy.digest("", arguments), policy.tags(arguments)
        tokens: tuple[bytes, ...] | None = None
        mark = None
        try:
            key = self.key(policy, arguments)
            # A store that is known to be away tells of no change: no copy is believed then.
            near = self.nearby.get(key) if self.store.available and not refresh else None
            if near and (hit := self._hit(policy, near, near.expires - time.monotonic(), "l1")):
                return hit
            mark = self.nearby.mark()
            found = self.store.read(key, tags)
            if not refresh and (hit := self._valid(policy, key, tags, found, mark)):
                return hit
            tokens = self._complete(tags, found)
        except (StoreUnavailable, SourceUnavailable):
            self.counters.count(policy.name, "unavailable")
        self.counters.count(policy.name, "misses")
        return self._compute_once(policy, key, tags, tokens, mark, compute)

    def invalidate(self, *tags: str) -> None:
        """Make every entry that depends on one of the tags invalid.

        Raises:
            StoreUnavailable: the store cannot be told.
        """
        self.store.invalidate(tags)

    def clear(self, selector: str) -> int:
        """Invalidate and remove the entries of `all`, a type or a policy; says how many.

        Raises:
            PolicyError: no such type or policy.
            StoreUnavailable: the store cannot be told.
        """
        policies = self.table.select(selector)
        self.store.invalidate(policy.tag for policy in policies)
        return sum(self.store.delete(self.store.keys(self.pattern(policy))) for policy in policies)

    def pattern(self, policy: Policy) -> str:
        """The glob pattern of a policy's keys."""
        return f"{policy.type}:{policy.name}:*"

    def _valid(
        self, policy: Policy, key: str, tags: tuple[str, ...], found: Found, mark: int | None
    ) -> Outcome | None:
        if found.data is None:
            return None
        entry = Entry.unpack(key, self.seal, found.data)
        if entry is None:
            self.counters.count(policy.name, "errors")
            logger.warning("unreadable cache entry: policy %s", policy.name)
            return None
        current = dict(zip(tags, found.tokens, strict=True))
        learnt = [tag for tag in entry.tags if tag not in current]
        if learnt:
            current.update(zip(learnt, self.store.peek(learnt), strict=True))
        if any(current[tag] != token for tag, token in zip(entry.tags, entry.tokens, strict=True)):
            return None
        if not set(tags) <= set(entry.tags):
            return None
        copy = self._copy(key, entry, mark, found.ttl)
        return self._hit(policy, copy, found.ttl, "l2")

    def _copy(self, key: str, entry: Entry, mark: int | None, ttl: float) -> Copy:
        expires = time.monotonic() + ttl
        copy = Copy(entry.payload, entry.tags, entry.tokens, mark or 0, expires)
        if mark is not None:
            self.nearby.put(key, copy)
        return copy

    def _hit(self, policy: Policy, copy: Copy, ttl: float, tier: str) -> Outcome | None:
        try:
            value = self.codec.decode(copy.payload)
        except CorruptValue:
            self.counters.count(policy.name, "errors")
            logger.warning("unreadable cache value: policy %s", policy.name)
            return None
        outer = current_fill()
        if outer is not None:
            outer.include(copy.tags, copy.tokens, ttl)
        self.counters.count(policy.name, "hits")
        if tier == "l1":
            self.counters.count(policy.name, "memory_hits")
        return Outcome(value, "hit", ttl=int(ttl), tier=tier)

    def _complete(self, tags: tuple[str, ...], found: Found) -> tuple[bytes, ...]:
        known = tuple(token for token in found.tokens if token is not None)
        return known if len(known) == len(tags) else self.store.tokens(tags)

    def _compute_once(
        self,
        policy: Policy,
        key: str,
        tags: tuple[str, ...],
        tokens: tuple[bytes, ...] | None,
        mark: int | None,
        compute: Callable[[], Any],
    ) -> Outcome:
        # Without tokens nothing says what other processes changed; this process's own commits do.
        start = self._source.commits() if tokens is None else _digest(tokens)

        def flight() -> tuple[Any, bytes | None, bool, Fill]:
            fill = Fill(self._lifetime(policy), tags if tokens else (), tokens or ())
            if tokens is None:
                fill.spoil()
            with filling(fill), self._source.snapshot():
                value = compute()
            self.counters.count(policy.name, "fills")
            payload = self._encode(policy, value)
            if payload is None:
                fill.spoil()
            stored = payload is not None and fill.storable
            stored = stored and self._store(policy, key, fill, payload or b"", mark)
            return value, payload, stored, fill

        (value, payload, stored, fill), _led = self._flights.run((policy.name, key, start), flight)
        outer = current_fill()
        if outer is not None:
            outer.include(fill.tags, fill.tokens, fill.ttl)
            if not fill.storable:
                outer.spoil()
        if payload is not None:
            # A copy for each caller, of the very types that a hit returns.
            value = self.codec.decode(payload)
        return Outcome(value, "miss", stored, int(fill.ttl) if stored else None)

    def _encode(self, policy: Policy, value: Any) -> bytes | None:
        try:
            return self.codec.encode(value)
        except UnsupportedType as error:
            self.counters.count(policy.name, "uncacheable")
            self.counters.count("type", f"{error.kind.__module__}.{error.kind.__qualname__}")
            logger.warning("not cached: policy %s: %s", policy.name, error)
            return None

    def _store(
        self, policy: Policy, key: str, fill: Fill, payload: bytes, mark: int | None
    ) -> bool:
        entry = Entry(fill.tags, fill.tokens, payload)
        packed = entry.pack(key, self.seal)
        try:
            self.store.write(key, packed, fill.ttl)
        except StoreUnavailable:
            self.counters.count(policy.name, "unavailable")
            return False
        self._copy(key, entry, mark, fill.ttl)
        self.counters.count(policy.name, "bytes", len(packed))
        return True

    def _lifetime(self, policy: Policy) -> float:
        return policy.ttl * (1 - policy.jitter * random.random())  # noqa: S311 - not a secret

    @staticmethod
    def _spoil_outer() -> None:
        outer = current_fill()
        if outer is not None:
            outer.spoil()


def _digest(tokens: tuple[bytes, ...]) -> bytes:
    return hashlib.blake2b(b"".join(tokens), digest_size=12).digest()
