"""What the engine must know of the place that values are computed from."""

from contextlib import AbstractContextManager
from typing import Protocol


class SourceUnavailable(Exception):
    """The source cannot say what the cache needs to know."""


class Source(Protocol):
    """A source of truth with snapshots, that says when this process has changed it."""

    def epoch(self) -> str:
        """Identifies the source; part of every key. Raises SourceUnavailable."""

    def has_written(self) -> bool:
        """Whether the caller has uncommitted changes, which only it may see."""

    def commits(self) -> int:
        """How often this process has committed; grows before a writer goes on."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Inside, reads see one moment, later than the call and apart from the caller's session."""
