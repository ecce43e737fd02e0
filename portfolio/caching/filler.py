"""Computing a missing value: once, from one moment, and stored with what it was read from."""

import hashlib
import logging
import random
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from functools import partial
from time import monotonic, perf_counter
from typing import Any

from .breaker import StoreUnavailable
from .codec import UnsupportedType
from .entry import Entry
from .fill import Fill, current_fill, filling, part_of
from .flight import ERROR_SHARED, SingleFlight
from .lease import Lease
from .lease_keeper import LeaseKeeper
from .memory import Copy
from .parts import Parts
from .policy import Policy
from .reader import Lookup, Seen
from .store import TOKEN_LIFE
from .waiting import WaitingRoom

logger = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds to wait for another thread's or process's computation of the same value."""


@dataclass(frozen=True, slots=True)
class Miss:
    """What is missing, and what was known when it was found to be.

    Attributes:
        tokens: of the tags `wanted`, read before the computation; None when the store is away.
        mark: for a copy in memory, taken before the tokens; None when none is to be kept.
        refresh: a valid entry is there, and is to be computed anew.
        made: tags of rows that nobody had a token for before.
        occupied: whether an entry lies under the value's own key.
        learnt: whether a computation that failed had depended on more than `tokens` says.
    """

    lookup: Lookup
    tokens: Mapping[str, bytes] | None
    mark: int | None
    refresh: bool = False
    made: tuple[str, ...] = ()
    occupied: bool = False
    learnt: threading.Event = field(default_factory=threading.Event)

    def start(self) -> bytes:
        """Stands for what the value depends on as it was before the computation."""
        tokens = self.tokens or {}
        parts = b"".join(tokens[tag] for tag in self.lookup.tags)
        return hashlib.blake2b(parts, digest_size=12).digest()


@dataclass(frozen=True, slots=True)
class Filled:
    """A value that was computed, here or by another process.

    Attributes:
        payload: its encoded form; None when callers may share the value, or it has no such form.
        fill: what it depends on.
        copy: the copy of the stored entry; None when it was not stored.
    """

    value: Any
    payload: bytes | None
    fill: Fill
    copy: Copy | None


class Filler:
    """Computes for one engine.

    Args:
        waiting_limit: threads of this process that may compute or wait at a time.
    """

    def __init__(self, parts: Parts, waiting_limit: int) -> None:
        self._parts = parts
        self._flights = SingleFlight(PATIENCE)
        self._leases = LeaseKeeper(parts.store)
        self._room = WaitingRoom(waiting_limit)

    def fill(
        self, miss: Miss, compute: Callable[[], Any], look: Callable[[], Seen | None]
    ) -> Filled:
        """The value, computed by one thread of one process for all that miss it now.

        Args:
            look: the fresh entry, when another process has stored it meanwhile.

        Raises:
            FlightTimeout: somebody else has been computing it for ten seconds, or too many wait.
            Exception: whatever `compute` raises; nothing is stored then.
        """
        # Without tokens nothing says what other processes changed; this process's own commits do,
        # and nobody joins a flight that began in an earlier second.
        start = (
            (self._parts.source.commits(), int(monotonic()))
            if miss.tokens is None
            else miss.start()
        )
        flight = (miss.lookup.key.identity, start)
        outer = current_fill()
        lead = partial(self._lead, miss, compute, look)

        def lasting() -> bool:
            return not miss.learnt.is_set()

        with part_of(outer), self._place(outer):
            filled, led = self._flights.run(flight, lead, lasting)
            if not led and self._overtaken(miss, filled.fill):
                # The flight began before this caller came; the next one does not.
                filled, led = self._flights.run(flight, lead, lasting)
        if not led:
            self._count(miss, "shared")
        if outer is not None:
            outer.include(filled.fill.tokens, filled.fill.tokens.values(), filled.fill.ttl)
            if not filled.fill.storable:
                outer.spoil()
        return filled

    def _place(self, outer: Fill | None) -> AbstractContextManager[None]:
        # What is computed for an outer value is computed by a thread that has a place already.
        return self._room.place() if outer is None else nullcontext()

    def _overtaken(self, miss: Miss, fill: Fill) -> bool:
        """Whether a tag that was only learnt while computing was invalidated since it was read."""
        known = miss.tokens or {}
        learnt = {tag: token for tag, token in fill.tokens.items() if tag not in known}
        if not learnt:
            return False
        try:
            return self._parts.store.peek(list(learnt)) != list(learnt.values())
        except StoreUnavailable:
            return True

    def _lead(
        self, miss: Miss, compute: Callable[[], Any], look: Callable[[], Seen | None]
    ) -> Filled:
        if miss.tokens is None:
            return self._compute(miss, compute)
        name = f"lease:{miss.lookup.key.identity}:{miss.start().hex()}"
        lease = Lease(self._parts.store, self._leases, name, PATIENCE)
        try:
            seen = lease.wait_for(look, at_once=not miss.refresh)
        except StoreUnavailable:
            return self._compute(miss, compute)
        if seen is not None:
            self._count(miss, "shared")
            copy = seen.copy
            tokens = dict(zip(copy.tags, copy.tokens, strict=True))
            payload = None if copy.value is not None else copy.payload
            return Filled(seen.value, payload, Fill(copy.expires - monotonic(), tokens), copy)
        with lease.held():
            filled = self._compute(miss, compute)
            lease.shareable = filled.copy is not None
        return filled

    def _compute(self, miss: Miss, compute: Callable[[], Any]) -> Filled:
        fill, begun = _fill(miss), perf_counter()
        try:
            with filling(fill), self._parts.source.snapshot():
                value = compute()
        except Exception:  # whatever it is, it goes on to the caller
            if miss.tokens and (not fill.storable or fill.tokens.keys() - miss.tokens.keys()):
                miss.learnt.set()
            self._forget(miss)
            raise
        self._count(miss, "fills")
        self._add(miss, "fill_microseconds", int((perf_counter() - begun) * 1e6))
        payload = self._encode(miss.lookup.policy, value)
        if payload is None:
            fill.spoil()
        copy = None
        if payload is not None and fill.storable:
            copy = self._put(miss, fill, value, payload)
        if fill.absent:
            self._forget(miss)
        return Filled(value, None if self._parts.is_shared(value) else payload, fill, copy)

    def _forget(self, miss: Miss) -> None:
        # Ten thousand addresses of nothing must not leave ten thousand tags; but while the
        # failure is shared, who asks again has to start from the same ones.
        if miss.made:
            with suppress(StoreUnavailable):
                self._parts.store.fade(miss.made, 2 * ERROR_SHARED)

    def _encode(self, policy: Policy, value: Any) -> bytes | None:
        try:
            return self._parts.codecs[policy.form].encode(value)
        except UnsupportedType as error:
            self._parts.counters.count(policy.name, "uncacheable")
            name = f"{error.kind.__module__}.{error.kind.__qualname__}"
            self._parts.counters.count("type", name)
            logger.warning("not cached: policy %s: %s", policy.name, error)
            return None

    def _put(self, miss: Miss, fill: Fill, value: Any, payload: bytes) -> Copy | None:
        key = miss.lookup.absent_key if fill.absent else miss.lookup.key
        tokens = fill.tokens
        stale = 0 if fill.absent else miss.lookup.policy.stale
        entry = Entry(
            key.identity,
            tuple(tokens),
            tuple(tokens.values()),
            life=min(fill.ttl + stale, TOKEN_LIFE),
            fresh=fill.ttl,
            payload=payload,
        )
        packed = entry.pack(key.name, self._parts.seal)
        try:
            if self._parts.store.peek(entry.tags) != list(entry.tokens):
                return None  # overtaken by a change: what is newer may have the place
            if miss.occupied and key.name != miss.lookup.key.name:
                # It may be valid still, and would be found before what takes its place.
                self._parts.store.delete([miss.lookup.key.name])
            self._parts.store.write(key.name, packed, entry.life)
        except StoreUnavailable:
            self._count(miss, "unavailable")
            return None
        self._add(miss, "bytes", len(packed))
        return self._parts.keep_copy(miss.lookup.policy, key, entry, value, miss.mark, entry.life)

    def _count(self, miss: Miss, event: str) -> None:
        self._parts.counters.count(miss.lookup.policy.name, event)

    def _add(self, miss: Miss, event: str, amount: int) -> None:
        self._parts.counters.add(miss.lookup.policy.name, event, amount)


def _fill(miss: Miss) -> Fill:
    policy, key, tokens = miss.lookup.policy, miss.lookup.key, miss.tokens
    ttl = policy.ttl * (1 - policy.jitter * random.random())  # noqa: S311 - not a secret
    if key.is_shared:
        ttl = min(ttl, policy.brief_ttl)
    if tokens is None:
        fill = Fill(ttl, {})
        fill.spoil()
        return fill
    own = {tag: tokens[tag] for tag in miss.lookup.tags}
    absence = {tag: tokens[tag] for tag in policy.absence_tags} if policy.error_ttl else {}
    return Fill(ttl, own, absence)
