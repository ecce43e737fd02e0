"""Reading through the cache: look up, check the tokens, compute once, store with what was read."""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic, perf_counter
from typing import Any

from .breaker import StoreUnavailable
from .codec import Codec
from .counters import Counters
from .fill import current_fill
from .filler import Filler, Miss
from .float32 import Float32Codec
from .memory import Copy
from .nearby import Nearby
from .parts import Parts, ValueCodec
from .policy import ALL, Form, Policy, PolicyTable, is_row
from .reader import Lookup, Reader, Seen
from .refresh import Refresher
from .seal import Seal
from .source import Source, SourceUnavailable
from .store import Store

WAITING_LIMIT = 64
"""Threads of a process that may compute or wait for values at a time."""

_SAMPLED = 16
"""Of so many lookups the time of one is taken."""
_EVENTS = {("hit", "l1"): "memory_hits", ("hit", "l2"): "store_hits", ("stale", "l2"): "stale_hits"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A value and how it was come by.

    Attributes:
        status: `hit`, `stale` (a hit that is expired, and being computed anew), `miss` (computed
            now) or `bypass` (computed for this caller alone).
        tier: where a hit was found: `l1` in this process's memory, `l2` in Redis.
        copy: of the entry; None when there is none.
    """

    value: Any
    status: str
    tier: str | None = None
    copy: Copy | None = None

    @property
    def stored(self) -> bool:
        """Whether the value was computed and stored."""
        return self.status == "miss" and self.copy is not None


class Engine:
    """The cache as policies see it. Thread-safe; one for each application.

    Args:
        shared: types whose values never change, so that callers get the same one.
        waiting_limit: threads that may compute or wait for values at a time.

    Attributes:
        refresher: has expired entries computed anew; without one they are never served.
    """

    def __init__(
        self,
        table: PolicyTable,
        store: Store,
        source: Source,
        codec: Codec,
        seal: Seal,
        counters: Counters,
        nearby: Nearby,
        *,
        shared: tuple[type, ...] = (),
        waiting_limit: int = WAITING_LIMIT,
    ) -> None:
        self.table = table
        self.store = store
        self.seal = seal
        self.counters = counters
        self.nearby = nearby
        self.refresher: Refresher | None = None
        self._source = source
        self._lookups = itertools.count()
        codecs: dict[Form, ValueCodec] = {Form.MSGPACK: codec, Form.FLOAT32: Float32Codec()}
        self._parts = Parts(store, source, codecs, seal, counters, nearby, shared)
        self._reader = Reader(self._parts)
        self._filler = Filler(self._parts, waiting_limit)

    def fetch(
        self,
        policy: Policy,
        arguments: Mapping[str, Any],
        compute: Callable[[], Any],
        *,
        refresh: bool = False,
        stale: bool = True,
    ) -> Outcome:
        """The policy's value for these arguments, from the cache or computed.

        Args:
            compute: computes the value in a snapshot of its own; called at most once.
            refresh: compute although a valid entry exists, and store the result.
            stale: an expired entry will do while it is computed anew, as the policy allows.

        Raises:
            FlightTimeout: somebody else has been computing it for ten seconds, or too many wait.
            Exception: whatever `compute` raises; nothing is stored then.
        """
        policy = self.table[policy.name]
        begun = None if next(self._lookups) % _SAMPLED else perf_counter()
        if self._source.has_written():
            outer = current_fill()
            if outer is not None:
                outer.spoil()
            self.counters.count(policy.name, "bypasses")
            return Outcome(compute(), "bypass")
        lookup = None
        tokens: dict[str, bytes] | None = None
        mark = None
        made: tuple[str, ...] = ()
        occupied = False
        try:
            lookup = Lookup.of(policy, self._source.epoch(), arguments)
            if not refresh and (near := self._reader.near(lookup)):
                return self._hit(policy, near, "hit", "l1", begun)
            mark = self._mark(policy)
            found = self._reader.read(lookup)
            if not refresh and (seen := self._reader.find(lookup, found, mark)):
                if seen.is_fresh:
                    return self._hit(policy, seen, "hit", "l2", begun)
                # Nothing expired goes into another value.
                if stale and self.refresher is not None and current_fill() is None:
                    self.refresher.ask(policy.name, lookup.key.identity, arguments)
                    return self._hit(policy, seen, "stale", "l2", begun)
            occupied = found.data is not None
            tokens = self._reader.tokens(lookup, found)
            made = tuple(
                tag
                for tag, token in zip(lookup.wanted, found.tokens, strict=True)
                if not token and is_row(tag)
            )
        except (StoreUnavailable, SourceUnavailable):
            self.counters.count(policy.name, "unavailable")
        self.counters.count(policy.name, "misses")
        # Without an epoch nothing is stored: any will do to tell computations apart.
        miss = Miss(
            lookup or Lookup.of(policy, "", arguments), tokens, mark, refresh, made, occupied
        )
        filled = self._filler.fill(miss, compute, lambda: self._fresh(miss))
        # A copy for each caller, of the very types that a hit returns.
        value = filled.value
        if filled.payload is not None:
            value = self._parts.codecs[policy.form].decode(filled.payload)
        return Outcome(value, "miss", copy=filled.copy)

    def find(self, policy: Policy, arguments: Mapping[str, Any]) -> Outcome | None:
        """The policy's value, if it is there and fresh; nothing is computed."""
        policy = self.table[policy.name]
        if self._source.has_written():
            return None
        try:
            lookup = Lookup.of(policy, self._source.epoch(), arguments)
            if near := self._reader.near(lookup):
                return self._hit(policy, near, "hit", "l1", None)
            seen = self._reader.look(lookup, self._mark(policy))
        except (StoreUnavailable, SourceUnavailable):
            self.counters.count(policy.name, "unavailable")
            return None
        if seen is None or not seen.is_fresh:
            return None
        return self._hit(policy, seen, "hit", "l2", None)

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
        tags = [policy.tag for policy in policies]
        self.store.invalidate([ALL, *tags] if selector == ALL else tags)
        return sum(self.store.delete(self.store.keys(self.pattern(policy))) for policy in policies)

    def forget(self, policy: Policy, arguments: Mapping[str, Any]) -> None:
        """Remove the value for these arguments from the store, and whatever has its place.

        Copies in processes' memories are not reached: see `Policy.copied`.

        Raises:
            StoreUnavailable, SourceUnavailable: the value may still be there.
        """
        key = policy.key(self._source.epoch(), arguments)
        self.store.delete([key.name])

    def pattern(self, policy: Policy) -> str:
        """The glob pattern of a policy's keys."""
        return f"{policy.type}:{policy.name}:*"

    def _mark(self, policy: Policy) -> int | None:
        mark = self.nearby.mark()
        return mark if policy.copied else None

    def _fresh(self, miss: Miss) -> Seen | None:
        seen = self._reader.look(miss.lookup, miss.mark)
        return seen if seen is not None and seen.is_fresh else None

    def _hit(
        self, policy: Policy, seen: Seen, status: str, tier: str, begun: float | None
    ) -> Outcome:
        copy, outer = seen.copy, current_fill()
        if outer is not None:
            outer.include(copy.tags, copy.tokens, copy.expires - monotonic())
        self.counters.count(policy.name, _EVENTS[status, tier])
        if begun is not None:
            taken = int((perf_counter() - begun) * 1e6)
            self.counters.count(policy.name, "sampled_hits")
            self.counters.add(policy.name, "sampled_hit_microseconds", taken)
        return Outcome(seen.value, status, tier, copy)
