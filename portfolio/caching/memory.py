"""Entries in this process's own memory, bounded in bytes."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .push import PushListener

_OVERHEAD = 400
"""Bytes that an entry costs besides its payload, roughly: objects, tags, tokens."""


@dataclass(slots=True)
class Copy:
    """A copy of an entry.

    Attributes:
        mark: the listener's sequence number from before the tokens were read.
        expires: on the monotonic clock, in seconds.
    """

    payload: bytes
    tags: tuple[str, ...]
    tokens: tuple[bytes, ...]
    mark: int
    expires: float
    visited: bool = False

    @property
    def size(self) -> int:
        """Bytes it is counted with."""
        return len(self.payload) + _OVERHEAD


class Memory:
    """Keeps what is asked for again: first in, first out, with a second chance for what was read.

    Reading takes no lock. An entry larger than an eighth of the whole is not kept.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._copies: OrderedDict[str, Copy] = OrderedDict()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._copies)

    @property
    def size(self) -> int:
        """Bytes in use."""
        return self._bytes

    def get(self, key: str) -> Copy | None:
        """The copy under a key, valid or not."""
        copy = self._copies.get(key)
        if copy is not None:
            copy.visited = True
        return copy

    def put(self, key: str, copy: Copy) -> None:
        """Keep a copy, dropping others as room is needed."""
        if copy.size > self._limit // 8:
            return
        with self._lock:
            self._remove(key)
            while self._copies and self._bytes + copy.size > self._limit:
                self._evict()
            self._copies[key] = copy
            self._bytes += copy.size

    def drop(self, key: str) -> None:
        """Forget a copy."""
        with self._lock:
            self._remove(key)

    def _remove(self, key: str) -> None:
        copy = self._copies.pop(key, None)
        if copy is not None:
            self._bytes -= copy.size

    def _evict(self) -> None:
        key, copy = self._copies.popitem(last=False)
        if copy.visited:
            copy.visited = False
            self._copies[key] = copy
        else:
            self._bytes -= copy.size


class Nearby:
    """The first tier: copies in memory that are believed only behind a fence.

    Args:
        limit: bytes; 0 keeps nothing and listens to nothing.
        attend: called when copies begin to be kept; starts what else watches over them.
    """

    def __init__(
        self, listener: PushListener, limit: int, attend: Callable[[], None] = lambda: None
    ) -> None:
        self._listener = listener
        self._attend = attend
        self._memory = Memory(limit)
        self._enabled = limit > 0

    def get(self, key: str) -> Copy | None:
        """A copy that is valid now."""
        copy = self._memory.get(key)
        if copy is None:
            return None
        if not self._listener.fenced():
            return None
        if copy.expires <= time.monotonic() or not self._listener.is_valid(copy.tags, copy.mark):
            self._memory.drop(key)
            return None
        return copy

    def mark(self) -> int | None:
        """To be taken before an entry's tokens are read; None when no copy is to be kept."""
        if not self._enabled:
            return None
        self._listener.start()
        self._attend()
        return self._listener.mark()

    def put(self, key: str, copy: Copy) -> None:
        """Keep a copy."""
        self._memory.put(key, copy)

    def committed(self, tags: Iterable[str] | None) -> None:
        """This process has committed: it believes no copy that is older.

        Args:
            tags: what was invalidated, though another process may have carried out a part of it;
                None when nobody has been told yet.
        """
        if tags is None:
            self._listener.distrust()
        else:
            self._listener.invalidate(tags)
            self._listener.fence()

    def close(self) -> None:
        """Listen no more."""
        self._listener.stop()
