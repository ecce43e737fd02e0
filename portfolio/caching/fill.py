"""What a value being computed has read from other cached values, so that it is stored honestly."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Fill:
    """Collects tags, tokens and remaining life while a value is computed."""

    def __init__(self, ttl: float, tags: Iterable[str], tokens: Iterable[bytes]) -> None:
        self._tokens = dict(zip(tags, tokens, strict=True))
        self.ttl = ttl
        self.storable = True

    @property
    def tags(self) -> tuple[str, ...]:
        """Every tag the value depends on, its own first."""
        return tuple(self._tokens)

    @property
    def tokens(self) -> tuple[bytes, ...]:
        """The token of each of `tags`."""
        return tuple(self._tokens.values())

    def include(self, tags: Iterable[str], tokens: Iterable[bytes], ttl: float) -> None:
        """Depend on another entry too.

        Two different tokens for one tag mean that something changed in between: the value then
        mixes two moments, and is not stored.
        """
        self.ttl = min(self.ttl, ttl)
        for tag, token in zip(tags, tokens, strict=True):
            if self._tokens.setdefault(tag, token) != token:
                self.storable = False

    def spoil(self) -> None:
        """Something uncacheable went into the value: do not store it."""
        self.storable = False


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
