"""What the engine needs of the place where entries and tokens are kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

TOKEN_LIFE = 7 * 24 * 3600
"""Seconds a tag's token lives; no entry outlives it, since an entry without it is invalid."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one round trip says about an entry.

    Attributes:
        ttl: seconds the entry has left, from the server's own clock.
        tokens: for each tag asked for, its token or None.
    """

    data: bytes | None
    ttl: float
    tokens: tuple[bytes | None, ...]


class Store(Protocol):
    """What the engine needs of a store."""

    @property
    def available(self) -> bool:
        """Whether asking is worthwhile now."""

    def read(self, key: str, tags: Sequence[str]) -> Found:
        """An entry and the tokens of tags, as they were at one moment."""

    def tokens(self, tags: Sequence[str]) -> tuple[bytes, ...]:
        """The token of each tag; missing ones are made."""

    def peek(self, tags: Sequence[str]) -> list[bytes | None]:
        """The token of each tag, or None; none are made."""

    def read_many(self, keys: Sequence[str]) -> list[bytes | None]:
        """The bytes of entries."""

    def write(self, key: str, data: bytes, ttl: float, *, only_new: bool = False) -> bool:
        """Store bytes for `ttl` seconds; whether that was done."""

    def write_many(self, entries: Mapping[str, bytes], ttl: float) -> None:
        """Store the bytes of several entries for `ttl` seconds."""

    def claim(self, key: str, owner: bytes, ttl: float) -> bytes:
        """See LeaseStore."""

    def extend(self, key: str, owner: bytes, ttl: float) -> None:
        """See LeaseStore."""

    def cede(self, key: str, owner: bytes, successor: bytes, ttl: float) -> None:
        """See LeaseStore."""

    def delete(self, keys: Iterable[str]) -> int:
        """Remove entries; says how many there were."""

    def invalidate(self, tags: Iterable[str]) -> None:
        """Forget the tokens of tags: no entry that depends on one is valid any more."""

    def fade(self, tags: Iterable[str], ttl: float) -> None:
        """Let the tokens of tags end in `ttl` seconds."""

    def keys(self, pattern: str) -> Iterator[str]:
        """The keys that match a glob pattern, without the installation's prefix."""
