"""The first tier: copies in memory, and the fence behind which alone they are believed."""

import threading
from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any

from .breaker import Breaker
from .forks import after_fork
from .memory import Address, Copy, Memory
from .redis_adapter.push import PushListener

_BRIEF_SHARE = 8
"""The part of the memory, as 1 in so many, for what anyone may invent."""


class Nearby:
    """Two memories, so that invented arguments cannot push out what many ask for.

    Args:
        limit: bytes; 0 keeps nothing and listens to nothing.
        breaker: of the store; one that is known to be away tells of no change.
        attend: called when entries are read; starts what else watches over them.

    Attributes:
        addresses: copies by the addresses that lead to them, to be believed or not.
        listener, breaker: what `believes` goes by.
    """

    def __init__(
        self,
        listener: PushListener,
        limit: int,
        breaker: Breaker,
        attend: Callable[[], None] = lambda: None,
    ) -> None:
        self.addresses: dict[Address, Copy] = {}
        self.listener = listener
        self.breaker = breaker
        self._attend = attend
        self._limit = limit
        self._reset()
        # In a child, another thread of its parent may have held the lock for ever.
        after_fork(self._reset)

    def _reset(self) -> None:
        lock, brief = threading.Lock(), self._limit // _BRIEF_SHARE
        self.addresses.clear()
        self._memory = Memory(self._limit - brief, self.addresses, lock)
        self._brief = Memory(brief, self.addresses, lock)

    def get(self, identity: str) -> Copy | None:
        """A copy of an entry, valid and fresh now."""
        copy = self._memory.get(identity) or self._brief.get(identity)
        return copy if copy is not None and self.believes(copy) else None

    def believes(self, copy: Copy) -> bool:
        """Whether a copy is valid and fresh now; forgets it if not."""
        listener, now = self.listener, monotonic()
        if self.breaker.is_open or not listener.fenced(now):
            return False
        # Read first: what arrives from here on is looked at by the next reader.
        sequence = listener.sequence
        if now < copy.expires:
            if copy.checked == sequence:
                return True
            if listener.is_valid(copy.tags, copy.mark):
                copy.checked = sequence
                return True
        self._home(copy).drop(copy)
        return False

    def mark(self) -> int | None:
        """To be taken before an entry's tokens are read; None when no copy is to be kept."""
        # Also without copies: the store's entries have to be seen to when nobody else does.
        self._attend()
        if not self._limit:
            return None
        self.listener.start()
        return self.listener.mark()

    def put(self, copy: Copy) -> None:
        """Keep a copy, in place of any other of the same value."""
        home = self._home(copy)
        # What is found to be gone is brief, and what it was before is not.
        other = self._memory if home is self._brief else self._brief
        other.remove(copy.identity)
        home.put(copy)

    def lead(self, address: Address, copy: Copy) -> None:
        """Let an address lead straight to a copy, if that is kept."""
        self._home(copy).lead(address, copy)

    def add_reply(self, copy: Copy, coding: str, reply: Any, size: int) -> None:
        """Keep another form of a copy's value, of `size` bytes, if the copy is kept."""
        self._home(copy).add_reply(copy, coding, reply, size)

    def committed(self, tags: Iterable[str] | None) -> None:
        """This process has committed: it believes no copy that is older.

        Args:
            tags: what was invalidated, though another process may have carried out a part of it;
                None when nobody has been told yet.
        """
        if tags is None:
            self.listener.distrust()
        else:
            self.listener.invalidate(tags)
            self.listener.fence()

    def close(self) -> None:
        """Listen no more."""
        self.listener.stop()

    def _home(self, copy: Copy) -> Memory:
        return self._brief if copy.brief else self._memory
