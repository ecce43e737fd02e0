"""The stored form of a cache entry: what it depends on, and its payload, under a seal."""

from dataclasses import dataclass

import msgspec

from .seal import Seal

FORMAT = 1
"""Raised when the layout below changes; entries of another format are misses."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A value with the tokens of its tags, read before the value was computed.

    Attributes:
        tokens: the token of each tag, in the order of `tags`.
    """

    tags: tuple[str, ...]
    tokens: tuple[bytes, ...]
    payload: bytes

    def pack(self, key: str, seal: Seal) -> bytes:
        """The bytes to store under `key`, and no other."""
        return seal.close(
            key, msgspec.msgpack.encode((FORMAT, self.tags, self.tokens, self.payload))
        )

    @classmethod
    def unpack(cls, key: str, seal: Seal, sealed: bytes) -> "Entry | None":
        """The entry stored under `key`; None when the bytes are not such an entry."""
        data = seal.open(key, sealed)
        if data is None:
            return None
        try:
            form, tags, tokens, payload = _LAYOUT.decode(data)
        except (msgspec.MsgspecError, ValueError):
            return None
        if form != FORMAT or len(tags) != len(tokens):
            return None
        return cls(tags, tokens, payload)


_LAYOUT = msgspec.msgpack.Decoder(tuple[int, tuple[str, ...], tuple[bytes, ...], bytes])
