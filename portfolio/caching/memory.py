"""Entries in this process's own memory, bounded in bytes."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

OVERHEAD = 1200
"""Bytes that a copy takes besides its payload, about, as measured: objects, tags, tokens."""
_ADDRESS = 250
"""Bytes that an address takes besides its characters, about."""
_MOST_ADDRESSES = 8
"""Addresses that lead straight to one copy; more push out the first."""

Address = tuple[str, str]
"""A path and a query."""


@dataclass(slots=True, eq=False)
class Copy:
    """A copy of an entry.

    Attributes:
        identity: says which policy and arguments it is of.
        count_hit: adds one to the count of its hits.
        value: the decoded value where callers may share it, and `payload` is empty then.
        mark: the listener's sequence number from before the tokens were read.
        made: when it was computed; this and `expires` are seconds on the monotonic clock.
        size: bytes it is counted with.
        brief: whether it belongs to the memory for what anyone may invent.
        checked: the listener's sequence number up to which the tags have been looked at.
        replies: forms of the value that are ready to be sent, by content coding.
    """

    identity: str
    count_hit: Callable[[], int]
    value: Any
    payload: bytes
    tags: tuple[str, ...]
    tokens: tuple[bytes, ...]
    mark: int
    made: float
    expires: float
    size: int
    brief: bool = False
    checked: int = -1
    visited: bool = False
    addresses: list[Address] = field(default_factory=list)
    replies: dict[str, Any] = field(default_factory=dict)

    @property
    def fresh_for(self) -> float:
        """Seconds for which it was to be fresh when it was computed."""
        return self.expires - self.made


class Memory:
    """Keeps what is asked for again: first in, first out, with a second chance for what was read.

    Reading takes no lock. An entry larger than an eighth of the whole is not kept.

    Args:
        limit: bytes.
        addresses: copies by the addresses that lead to them; may be shared by several memories
            that share the lock too.
    """

    def __init__(
        self,
        limit: int,
        addresses: dict[Address, Copy] | None = None,
        lock: "threading.Lock | None" = None,
    ) -> None:
        self._limit = limit
        self._addresses: dict[Address, Copy] = {} if addresses is None else addresses
        self._lock = lock or threading.Lock()
        self._copies: OrderedDict[str, Copy] = OrderedDict()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._copies)

    @property
    def size(self) -> int:
        """Bytes in use."""
        return self._bytes

    def get(self, identity: str) -> Copy | None:
        """The copy of an entry, valid or not."""
        copy = self._copies.get(identity)
        if copy is not None:
            copy.visited = True
        return copy

    def put(self, copy: Copy) -> None:
        """Keep a copy, dropping others as room is needed."""
        with self._lock:
            self._remove(copy.identity)
            if copy.size <= self._limit // 8:
                self._make_room(copy.size)
                self._copies[copy.identity] = copy
                self._bytes += copy.size

    def lead(self, address: Address, copy: Copy) -> None:
        """Let an address lead straight to a copy, if that is kept."""
        with self._lock:
            if not self._keeps(copy) or self._addresses.get(address) is copy:
                return
            if len(copy.addresses) == _MOST_ADDRESSES:
                self._forget(copy, copy.addresses[0])
            copy.addresses.append(address)
            self._addresses[address] = copy
            self._grow(copy, _size_of(address))

    def add_reply(self, copy: Copy, coding: str, reply: Any, size: int) -> None:
        """Keep another form of a copy's value, of `size` bytes, if the copy is kept."""
        with self._lock:
            if self._keeps(copy) and coding not in copy.replies:
                copy.replies[coding] = reply
                self._grow(copy, size)

    def remove(self, identity: str) -> None:
        """Forget whatever copy there is of an entry."""
        with self._lock:
            self._remove(identity)

    def drop(self, copy: Copy) -> None:
        """Forget a copy."""
        with self._lock:
            if self._keeps(copy):
                self._remove(copy.identity)

    def _keeps(self, copy: Copy) -> bool:
        return self._copies.get(copy.identity) is copy

    def _grow(self, copy: Copy, size: int) -> None:
        copy.size += size
        self._bytes += size
        self._make_room(0)

    def _make_room(self, size: int) -> None:
        while self._copies and self._bytes + size > self._limit:
            self._evict()

    def _evict(self) -> None:
        identity, copy = self._copies.popitem(last=False)
        if copy.visited:
            copy.visited = False
            self._copies[identity] = copy
        else:
            self._let_go(copy)

    def _remove(self, identity: str) -> None:
        copy = self._copies.pop(identity, None)
        if copy is not None:
            self._let_go(copy)

    def _let_go(self, copy: Copy) -> None:
        for address in list(copy.addresses):
            self._forget(copy, address)
        self._bytes -= copy.size

    def _forget(self, copy: Copy, address: Address) -> None:
        copy.addresses.remove(address)
        copy.size -= _size_of(address)
        self._bytes -= _size_of(address)
        if self._addresses.get(address) is copy:
            del self._addresses[address]


def _size_of(address: Address) -> int:
    return sum(map(len, address)) + _ADDRESS
