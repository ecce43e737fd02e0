"""What a value being computed has read from other cached values, so that it is stored honestly."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar


class Fill:
    """Collects tags, tokens and remaining life while a value is computed.

    Args:
        ttl: seconds for which the value is fresh at most.
        own: tokens by tag of what the value depends on by itself.
        absence: the same of what it depends on that there is no such thing.
    """

    def __init__(
        self, ttl: float, own: Mapping[str, bytes], absence: Mapping[str, bytes] | None = None
    ) -> None:
        self.ttl = ttl
        self.storable = True
        self.absent = False
        self._own = own
        self._absence = absence or {}
        self._included: dict[str, bytes] = {}

    @property
    def tokens(self) -> dict[str, bytes]:
        """The token of every tag that the value depends on, its own first."""
        return {**(self._absence if self.absent else self._own), **self._included}

    def include(self, tags: Iterable[str], tokens: Iterable[bytes], ttl: float) -> None:
        """Depend on another entry too.

        Two different tokens for one tag mean that something changed in between: the value then
        mixes two moments, and is not stored.
        """
        self.ttl = min(self.ttl, ttl)
        for tag, token in zip(tags, tokens, strict=True):
            known = self._own.get(tag) or self._absence.get(tag)
            if self._included.setdefault(tag, known or token) != token:
                self.storable = False

    def spoil(self) -> None:
        """Something uncacheable went into the value: do not store it."""
        self.storable = False

    def mark_absent(self, ttl: float) -> None:
        """The value says that there is no such thing; so for `ttl` seconds at most."""
        self.absent = True
        self.ttl = min(self.ttl, ttl)


_current: ContextVar[Fill | None] = ContextVar("portfolio_cache_fill", default=None)


def current_fill() -> Fill | None:
    """The fill that the running code contributes to, if any."""
    return _current.get()


@contextmanager
def filling(fill: Fill) -> Iterator[Fill]:
    """Make `fill` the current one."""
    reset = _current.set(fill)
    try:
        yield fill
    finally:
        _current.reset(reset)


@contextmanager
def part_of(outer: Fill | None) -> Iterator[None]:
    """Spoil the value that a part is for when the part fails: what is made of that depends on
    tags that an error does not hand on."""
    try:
        yield
    except Exception:  # whatever it is, it goes on to the caller
        if outer is not None:
            outer.spoil()
        raise
