"""Flask-Caching's backend on the engine's store: its decorators keep working, without pickle."""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from flask import Flask
from flask_caching.backends.base import BaseCache
from werkzeug.exceptions import HTTPException

from ..breaker import StoreUnavailable
from ..codec import CorruptValue, UnsupportedType
from ..policy import ALL
from ..source import SourceUnavailable
from ..store import TOKEN_LIFE
from .extension import CacheExtension
from .renewal import EXTENSION
from .values import StoredError, flask_codec

logger = logging.getLogger(__name__)

Timeout = int | timedelta | None

OURS = "flask"
"""The tag of every value of Flask-Caching's, and the name under which they are counted."""
TAGS = (ALL, OURS)
FORMAT = "flask-1"
"""Changed when the stored form `[FORMAT, token of each of TAGS, value]` changes."""

_MISSING = object()


class EngineBackend(BaseCache):
    """Plain values by key under `{prefix}:flask:`; a store that is away is an empty cache.

    What could not be removed while the store was away is made good before it is next read: all
    values of Flask-Caching's are void then.
    """

    def __init__(
        self, app: Flask, default_timeout: int = 300, ignore_delete_many_errors: bool = False
    ) -> None:
        super().__init__(default_timeout, ignore_delete_many_errors)
        extension: CacheExtension = app.extensions[EXTENSION]
        self._store = extension.store
        self._source = extension.source
        self._codec = flask_codec(app)
        self._seal = extension.seal
        self._counters = extension.counters
        self._owing = False
        self._refused: set[str] = set()

    @classmethod
    def factory(
        cls, app: Flask, config: dict[str, Any], args: list[Any], kwargs: dict[str, Any]
    ) -> "EngineBackend":
        """Flask-Caching's way of making its backend."""
        return cls(app, *args, **kwargs)

    def get(self, key: str) -> Any:
        """The value; None when there is none or it cannot be read."""
        value = self._value(key)
        return None if value is _MISSING else value

    def get_many(self, *keys: str) -> list[Any]:
        """The values, each None when there is none; two round trips for any number of them."""
        if len(keys) < 2:
            return [self.get(key) for key in keys]
        names = [_name(key) for key in keys]
        try:
            self._settle()
            # Values first: what is invalidated after that has other tokens already.
            values, tokens = self._store.read_many(names), self._store.peek(TAGS)
        except StoreUnavailable:
            return [None] * len(keys)
        opened = [self._open(*pair, tokens) for pair in zip(names, values, strict=True)]
        return [None if value is _MISSING else value for value in opened]

    def has(self, key: str) -> bool:
        """Whether there is a value that can be read."""
        return self._value(key) is not _MISSING

    def set(self, key: str, value: Any, timeout: Timeout = None) -> bool:
        """Store a value of a type that the codec knows; False when it was not stored."""
        stored = self._put(_name(key), value, timeout)
        if not stored:
            # Whatever was there before has been replaced, so far as the caller knows.
            self.delete(key)
        return stored

    def add(self, key: str, value: Any, timeout: Timeout = None) -> bool:
        """Store a value unless there is one."""
        return self._put(_name(key), value, timeout, only_new=True)

    def delete(self, key: str) -> bool:
        """Remove a value; whether there was one."""
        return bool(self._remove(lambda: self._store.delete([_name(key)])))

    def delete_many(self, *keys: str) -> list[str]:
        """Remove values; the keys that have none now, which is not known without the store."""
        removed = self._remove(lambda: self._store.delete([_name(key) for key in keys]))
        return [] if removed is None else list(keys)

    def clear(self) -> bool:
        """Remove Flask-Caching's own values, and nothing else."""

        def remove() -> int:
            self._store.invalidate([OURS])
            return self._store.delete(self._store.keys(_name("*")))

        return self._remove(remove) is not None

    def _value(self, key: str) -> Any:
        name = _name(key)
        try:
            self._settle()
            found = self._store.read(name, TAGS)
        except StoreUnavailable:
            return _MISSING
        return self._open(name, found.data, found.tokens)

    def _open(self, name: str, sealed: bytes | None, tokens: Sequence[bytes | None]) -> Any:
        data = None if sealed is None else self._seal.open(name, sealed)
        if data is None:
            return _MISSING
        try:
            stored = self._codec.decode(data)
        except CorruptValue:
            self._counters.count(OURS, "errors")
            return _MISSING
        if type(stored) is not list or stored[:-1] != [FORMAT, *tokens]:
            return _MISSING
        return stored[-1]

    def _put(self, name: str, value: Any, timeout: Timeout, *, only_new: bool = False) -> bool:
        seconds = self._normalize_timeout(timeout)
        if seconds < 0:
            return False
        plain = StoredError(value) if isinstance(value, HTTPException) else value
        try:
            self._settle()
            stored = [FORMAT, *self._store.tokens(TAGS), plain]
            if only_new:
                self._make_room(name)
            sealed, life = self._seal.close(name, self._codec.encode(stored)), seconds or TOKEN_LIFE
            return self._store.write(name, sealed, min(life, TOKEN_LIFE), only_new=only_new)
        except UnsupportedType as error:
            self._refuse(error)
            return False
        except StoreUnavailable:
            return False

    def _make_room(self, name: str) -> None:
        # What nobody can read must not keep a new value out; compared and removed in one step.
        found = self._store.read(name, TAGS)
        if found.data is not None and self._open(name, found.data, found.tokens) is _MISSING:
            self._store.cede(name, found.data, b"", 0)

    def _remove(self, remove: Callable[[], int]) -> int | None:
        try:
            self._settle()
            return remove()
        except StoreUnavailable:
            self._owe()
            return None

    def _owe(self) -> None:
        if self._owing:
            return
        self._owing = True
        try:
            # For other processes, and in case this one does not live to see the store again.
            self._source.outbox.note(OURS)
        except SourceUnavailable:
            logger.warning("Flask-Caching's removals are not noted: the database does not answer")

    def _settle(self) -> None:
        if not self._owing:
            return
        self._owing = False
        try:
            self._store.invalidate([OURS])
        except StoreUnavailable:
            self._owing = True
            raise

    def _refuse(self, error: UnsupportedType) -> None:
        self._counters.count(OURS, "uncacheable")
        self._counters.count("type", f"{error.kind.__module__}.{error.kind.__qualname__}")
        if str(error) not in self._refused and len(self._refused) < 100:
            self._refused.add(str(error))
            logger.warning("not cached: %s", error)


def _name(key: str) -> str:
    return f"{OURS}:{key}"
