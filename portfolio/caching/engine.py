"""Reading through the cache: look up, check the tokens, compute once, store with what was read."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .breaker import StoreUnavailable
from .codec import Codec, CorruptValue
from .counters import Counters
from .entry import Entry
from .fill import current_fill
from .filler import Filler, Miss
from .memory import Copy, Nearby
from .policy import ALL, Policy, PolicyTable, is_row
from .seal import Seal
from .source import Source, SourceUnavailable
from .store import Found, Store

logger = logging.getLogger(__name__)


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
        self._filler = Filler(store, source, codec, seal, counters, nearby)

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
            FlightTimeout: somebody else has been computing it for ten seconds.
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
        made: tuple[str, ...] = ()
        try:
            key = self.key(policy, arguments)
            # A store that is known to be away tells of no change: no copy is believed then.
            near = self.nearby.get(key) if self.store.available and not refresh else None
            if near and (hit := self._hit(policy, near, near.expires - time.monotonic(), "l1")):
                return hit
            mark = self.nearby.mark()
            found = self.store.read(key, tags)
            copy = None if refresh else self._valid(policy, key, tags, found, mark)
            if copy and (hit := self._hit(policy, copy, found.ttl, "l2")):
                return hit
            tokens = self._complete(tags, found)
            made = tuple(
                tag
                for tag, token in zip(tags, found.tokens, strict=True)
                if not token and is_row(tag)
            )
        except (StoreUnavailable, SourceUnavailable):
            self.counters.count(policy.name, "unavailable")
        self.counters.count(policy.name, "misses")
        miss = Miss(policy, key, tags, tokens, mark, refresh, made)
        filled = self._filler.fill(miss, compute, lambda: self._look(miss))
        # A copy for each caller, of the very types that a hit returns.
        value = filled.value if filled.payload is None else self.codec.decode(filled.payload)
        return Outcome(
            value, "miss", filled.stored, int(filled.fill.ttl) if filled.stored else None
        )

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

    def pattern(self, policy: Policy) -> str:
        """The glob pattern of a policy's keys."""
        return f"{policy.type}:{policy.name}:*"

    def _look(self, miss: Miss) -> Copy | None:
        found = self.store.read(miss.key, miss.tags)
        return self._valid(miss.policy, miss.key, miss.tags, found, miss.mark)

    def _valid(
        self, policy: Policy, key: str, tags: tuple[str, ...], found: Found, mark: int | None
    ) -> Copy | None:
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
        return self._filler.keep_copy(key, entry, mark, found.ttl)

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

    @staticmethod
    def _spoil_outer() -> None:
        outer = current_fill()
        if outer is not None:
            outer.spoil()
