"""The parts that the engine is put together from, and what reading and filling do alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any, Protocol

from .counters import Counters
from .entry import Entry
from .memory import OVERHEAD, Copy
from .nearby import Nearby
from .policy import Form, Key, Policy
from .seal import Seal
from .source import Source
from .store import Store


class ValueCodec(Protocol):
    """Writes and reads the values of policies of one form."""

    def encode(self, value: Any) -> bytes:
        """Bytes of a value; raises UnsupportedType."""

    def decode(self, data: bytes) -> Any:
        """The value of such bytes; raises CorruptValue."""


@dataclass(frozen=True)
class Parts:
    """What an engine works with.

    Attributes:
        shared: types whose values never change, so that callers get the same one.
    """

    store: Store
    source: Source
    codecs: Mapping[Form, ValueCodec]
    seal: Seal
    counters: Counters
    nearby: Nearby
    shared: tuple[type, ...]

    def is_shared(self, value: Any) -> bool:
        """Whether callers may be given this very value, which never changes."""
        return isinstance(value, self.shared)

    def keep_copy(
        self, policy: Policy, key: Key, entry: Entry, value: Any, mark: int | None, life: float
    ) -> Copy:
        """A copy of an entry, kept in this process's memory if it was marked in time.

        Args:
            value: what the entry's payload stands for.
            life: seconds the entry has left before its key ends.
        """
        now = monotonic()
        # A key whose server's clock was set back lives on; its entry is believed no longer.
        made = now - (entry.life - min(life, entry.life))
        shared = self.is_shared(value)
        copy = Copy(
            identity=key.identity,
            count_hit=self.counters.step(policy.name, "memory_hits"),
            value=value if shared else None,
            payload=b"" if shared else entry.payload,
            tags=entry.tags,
            tokens=entry.tokens,
            mark=mark or 0,
            made=made,
            expires=made + entry.fresh,
            size=len(entry.payload) + OVERHEAD,
            brief=key.is_shared,
        )
        if mark is not None and copy.expires > now:
            self.nearby.put(copy)
        return copy
