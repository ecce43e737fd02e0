"""Finding a valid entry: in this process's memory, or in the store with the tokens of its tags."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

from .codec import CorruptValue
from .entry import Entry
from .memory import Copy
from .parts import Parts
from .policy import Key, Policy
from .store import Found

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lookup:
    """What is looked for.

    Attributes:
        key: of the value.
        absent_key: where it is noted that there is no such thing.
        tags: what the value depends on.
        wanted: these, and what it depends on that there is no such thing.
    """

    policy: Policy
    key: Key
    absent_key: Key
    tags: tuple[str, ...]
    wanted: tuple[str, ...]

    @classmethod
    def of(cls, policy: Policy, epoch: str, arguments: Mapping[str, Any]) -> "Lookup":
        """The lookup of a policy's value for these arguments."""
        key, tags = policy.key(epoch, arguments), policy.tags(arguments)
        if not policy.error_ttl:
            return cls(policy, key, key, tags, tags)
        wanted = tuple(dict.fromkeys((*tags, *policy.absence_tags)))
        return cls(policy, key, policy.brief_key(key), tags, wanted)


@dataclass(frozen=True, slots=True)
class Seen:
    """A valid entry: its copy, and its value, decoded for one caller."""

    copy: Copy
    value: Any

    @property
    def is_fresh(self) -> bool:
        """Whether it is not expired."""
        return self.copy.expires > monotonic()


class Reader:
    """Reads for one engine."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def near(self, lookup: Lookup) -> Seen | None:
        """A fresh copy in this process's memory."""
        copy = self._parts.nearby.get(lookup.key.identity)
        if copy is None:
            return None
        if copy.value is not None:
            return Seen(copy, copy.value)
        return Seen(copy, self._parts.codecs[lookup.policy.form].decode(copy.payload))

    def read(self, lookup: Lookup) -> Found:
        """What the store has under the value's key, and the tokens of all tags `wanted`.

        Raises:
            StoreUnavailable
        """
        return self._parts.store.read(lookup.key.name, lookup.wanted)

    def find(self, lookup: Lookup, found: Found, mark: int | None) -> Seen | None:
        """The valid entry, fresh or expired, of the value or of its absence.

        Raises:
            StoreUnavailable
        """
        seen = self._check(lookup, lookup.key, lookup.tags, found, mark)
        if seen is not None or not lookup.policy.error_ttl:
            return seen
        tags = lookup.policy.absence_tags
        absence = self._parts.store.read(lookup.absent_key.name, lookup.wanted)
        return self._check(lookup, lookup.absent_key, tags, absence, mark)

    def look(self, lookup: Lookup, mark: int | None) -> Seen | None:
        """Read and find.

        Raises:
            StoreUnavailable
        """
        return self.find(lookup, self.read(lookup), mark)

    def tokens(self, lookup: Lookup, found: Found) -> dict[str, bytes]:
        """The token of every tag `wanted`; missing ones are made.

        Raises:
            StoreUnavailable
        """
        known = [token for token in found.tokens if token is not None]
        if len(known) < len(lookup.wanted):
            known = list(self._parts.store.tokens(lookup.wanted))
        return dict(zip(lookup.wanted, known, strict=True))

    def _check(
        self, lookup: Lookup, key: Key, tags: tuple[str, ...], found: Found, mark: int | None
    ) -> Seen | None:
        if found.data is None:
            return None
        entry = Entry.unpack(key.name, self._parts.seal, found.data)
        if entry is None:
            self._complain(lookup.policy, "entry")
            return None
        if entry.identity != key.identity or not set(tags) <= set(entry.tags):
            return None
        if not self._is_valid(entry, dict(zip(lookup.wanted, found.tokens, strict=True))):
            return None
        try:
            value = self._parts.codecs[lookup.policy.form].decode(entry.payload)
        except CorruptValue:
            self._complain(lookup.policy, "value")
            return None
        return Seen(self._parts.keep_copy(lookup.policy, key, entry, value, mark, found.ttl), value)

    def _is_valid(self, entry: Entry, current: dict[str, bytes | None]) -> bool:
        learnt = [tag for tag in entry.tags if tag not in current]
        if learnt:
            current.update(zip(learnt, self._parts.store.peek(learnt), strict=True))
        return all(
            current[tag] == token for tag, token in zip(entry.tags, entry.tokens, strict=True)
        )

    def _complain(self, policy: Policy, subject: str) -> None:
        self._parts.counters.count(policy.name, "errors")
        logger.warning("unreadable cache %s: policy %s", subject, policy.name)
