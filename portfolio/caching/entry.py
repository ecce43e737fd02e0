"""The stored form of a cache entry: what it is and depends on, and its payload, under a seal."""

from dataclasses import dataclass

import msgspec

from .seal import Seal

FORMAT = 2
"""Raised when the layout below changes; entries of another format are misses."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A value with the tokens of its tags, read before the value was computed.

    Attributes:
        identity: says which arguments it was computed from; keys may be shared.
        tokens: the token of each tag, in the order of `tags`.
        life: seconds from its computation to the end of its key.
        fresh: seconds from its computation in which it is fresh; afterwards it is expired.
    """

    identity: str
    tags: tuple[str, ...]
    tokens: tuple[bytes, ...]
    life: float
    fresh: float
    payload: bytes

    def pack(self, name: str, seal: Seal) -> bytes:
        """The bytes to store under the key `name`, and no other."""
        fields = (self.identity, self.tags, self.tokens, self.life, self.fresh, self.payload)
        return seal.close(name, msgspec.msgpack.encode((FORMAT, *fields)))

    @classmethod
    def unpack(cls, name: str, seal: Seal, sealed: bytes) -> "Entry | None":
        """The entry stored under `name`; None when the bytes are not such an entry."""
        data = seal.open(name, sealed)
        if data is None:
            return None
        try:
            form, identity, tags, tokens, life, fresh, payload = _LAYOUT.decode(data)
        except (msgspec.MsgspecError, ValueError):
            return None
        if form != FORMAT or len(tags) != len(tokens):
            return None
        return cls(identity, tags, tokens, life, fresh, payload)


_LAYOUT = msgspec.msgpack.Decoder(
    tuple[int, str, tuple[str, ...], tuple[bytes, ...], float, float, bytes]
)
