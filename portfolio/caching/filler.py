"""Computing a missing value: once, from one moment, and stored with what it was read from."""

import hashlib
import logging
import random
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from .breaker import StoreUnavailable
from .codec import Codec, UnsupportedType
from .counters import Counters
from .entry import Entry
from .fill import Fill, current_fill, filling
from .flight import SingleFlight
from .lease import Lease
from .memory import Copy, Nearby
from .policy import Policy
from .seal import Seal
from .source import Source
from .store import Store

logger = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds to wait for another thread's or process's computation of the same value."""


@dataclass(frozen=True, slots=True)
class Miss:
    """What is missing, and what was known when it was found to be.

    Attributes:
        tokens: of `tags`, read before the computation; None when the store is away.
        made: tags of rows that nobody had a token for before.
        mark: for a copy in memory, taken before the tokens; None when none is to be kept.
        refresh: a valid entry is there, and is to be computed anew.
    """

    policy: Policy
    key: str
    tags: tuple[str, ...]
    tokens: tuple[bytes, ...] | None
    mark: int | None
    refresh: bool = False
    made: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A value that was computed, here or by another process.

    Attributes:
        payload: its encoded form; None when its type has none.
        fill: what it depends on.
    """

    value: Any
    payload: bytes | None
    fill: Fill
    stored: bool


class Filler:
    """Computes for one engine."""

    def __init__(
        self,
        store: Store,
        source: Source,
        codec: Codec,
        seal: Seal,
        counters: Counters,
        nearby: Nearby,
    ) -> None:
        self._store = store
        self._source = source
        self._codec = codec
        self._seal = seal
        self._counters = counters
        self._nearby = nearby
        self._flights = SingleFlight(PATIENCE)

    def fill(
        self, miss: Miss, compute: Callable[[], Any], look: Callable[[], Copy | None]
    ) -> Filled:
        """The value, computed by one thread of one process for all that miss it now.

        Args:
            look: the entry, when another process has stored it meanwhile.

        Raises:
            FlightTimeout: somebody else has been computing it for ten seconds.
            Exception: whatever `compute` raises; nothing is stored then.
        """
        # Without tokens nothing says what other processes changed; this process's own commits do.
        start = self._source.commits() if miss.tokens is None else _digest(miss.tokens)
        flight = (miss.policy.name, miss.key, start)
        filled, led = self._flights.run(flight, lambda: self._lead(miss, compute, look))
        if not led:
            self._counters.count(miss.policy.name, "shared")
        outer = current_fill()
        if outer is not None:
            outer.include(filled.fill.tags, filled.fill.tokens, filled.fill.ttl)
            if not filled.fill.storable:
                outer.spoil()
        return filled

    def keep_copy(self, key: str, entry: Entry, mark: int | None, ttl: float) -> Copy:
        """A copy of an entry, kept in this process's memory if it was marked in time."""
        expires = time.monotonic() + ttl
        copy = Copy(entry.payload, entry.tags, entry.tokens, mark or 0, expires)
        if mark is not None:
            self._nearby.put(key, copy)
        return copy

    def _lead(
        self, miss: Miss, compute: Callable[[], Any], look: Callable[[], Copy | None]
    ) -> Filled:
        if miss.tokens is None:
            return self._compute(miss, compute)
        lease = Lease(self._store, f"lease:{miss.key}:{_digest(miss.tokens).hex()}", PATIENCE)
        try:
            copy = lease.wait_for(look, at_once=not miss.refresh)
        except StoreUnavailable:
            return self._compute(miss, compute)
        if copy is not None:
            self._counters.count(miss.policy.name, "shared")
            fill = Fill(copy.expires - time.monotonic(), copy.tags, copy.tokens)
            return Filled(None, copy.payload, fill, stored=True)
        with lease.held():
            filled = self._compute(miss, compute)
            lease.shareable = filled.stored
        return filled

    def _compute(self, miss: Miss, compute: Callable[[], Any]) -> Filled:
        tags, tokens = (miss.tags, miss.tokens) if miss.tokens else ((), ())
        fill = Fill(self._lifetime(miss.policy), tags, tokens)
        if miss.tokens is None:
            fill.spoil()
        try:
            with filling(fill), self._source.snapshot():
                value = compute()
        except Exception:
            self._forget(miss)
            raise
        self._counters.count(miss.policy.name, "fills")
        payload = self._encode(miss.policy, value)
        if payload is None:
            fill.spoil()
            return Filled(value, None, fill, stored=False)
        return Filled(value, payload, fill, fill.storable and self._put(miss, fill, payload))

    def _forget(self, miss: Miss) -> None:
        # Ten thousand addresses of nothing must not leave ten thousand tags.
        if miss.made:
            with suppress(StoreUnavailable):
                self._store.invalidate(miss.made)

    def _encode(self, policy: Policy, value: Any) -> bytes | None:
        try:
            return self._codec.encode(value)
        except UnsupportedType as error:
            self._counters.count(policy.name, "uncacheable")
            self._counters.count("type", f"{error.kind.__module__}.{error.kind.__qualname__}")
            logger.warning("not cached: policy %s: %s", policy.name, error)
            return None

    def _put(self, miss: Miss, fill: Fill, payload: bytes) -> bool:
        entry = Entry(fill.tags, fill.tokens, payload)
        packed = entry.pack(miss.key, self._seal)
        try:
            self._store.write(miss.key, packed, fill.ttl)
        except StoreUnavailable:
            self._counters.count(miss.policy.name, "unavailable")
            return False
        self.keep_copy(miss.key, entry, miss.mark, fill.ttl)
        self._counters.count(miss.policy.name, "bytes", len(packed))
        return True

    @staticmethod
    def _lifetime(policy: Policy) -> float:
        return policy.ttl * (1 - policy.jitter * random.random())  # noqa: S311 - not a secret


def _digest(tokens: tuple[bytes, ...]) -> bytes:
    return hashlib.blake2b(b"".join(tokens), digest_size=12).digest()
