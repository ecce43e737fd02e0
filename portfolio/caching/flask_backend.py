"""Flask-Caching's backend on the engine's store: its decorators keep working, without pickle."""

import logging
from datetime import timedelta
from typing import Any

from flask import Flask
from flask_caching.backends.base import BaseCache

from .breaker import StoreUnavailable
from .codec import CorruptValue, UnsupportedType
from .flask_adapter import EXTENSION, CacheExtension

logger = logging.getLogger(__name__)

Timeout = int | timedelta | None

FOREVER = 7 * 24 * 3600
"""Seconds that Flask-Caching's timeout 0 (never expires) means here: every key has a ttl."""


class EngineBackend(BaseCache):
    """Plain values by key under `{prefix}:flask:`; a store that is away is an empty cache."""

    def __init__(self, extension: CacheExtension, default_timeout: int = 300) -> None:
        super().__init__(default_timeout)
        self._store = extension.store
        self._codec = extension.codec
        self._seal = extension.seal
        self._counters = extension.counters

    @classmethod
    def factory(
        cls, app: Flask, config: dict[str, Any], args: list[Any], kwargs: dict[str, Any]
    ) -> "EngineBackend":
        """Flask-Caching's way of making its backend."""
        return cls(app.extensions[EXTENSION], config["CACHE_DEFAULT_TIMEOUT"])

    def get(self, key: str) -> Any:
        """The value; None when there is none or it cannot be read."""
        name = f"flask:{key}"
        try:
            sealed = self._store.read(name, ()).data
        except StoreUnavailable:
            return None
        if sealed is None:
            return None
        data = self._seal.open(name, sealed)
        try:
            return None if data is None else self._codec.decode(data)
        except CorruptValue:
            self._counters.count("flask", "errors")
            return None

    def set(self, key: str, value: Any, timeout: Timeout = None) -> bool | None:
        """Store a value of a type that the codec knows; False when it was not stored."""
        return self._put(key, value, timeout)

    def add(self, key: str, value: Any, timeout: Timeout = None) -> bool:
        """Store a value unless there is one."""
        return self._put(key, value, timeout, only_new=True)

    def has(self, key: str) -> bool:
        """Whether there is a value."""
        try:
            return self._store.read(f"flask:{key}", ()).data is not None
        except StoreUnavailable:
            return False

    def delete(self, key: str) -> bool:
        """Remove a value; whether there was one."""
        return bool(self._remove([key]))

    def delete_many(self, *keys: str) -> list[str]:
        """Remove values; the keys that were there."""
        return [key for key in keys if self._remove([key])]

    def clear(self) -> bool:
        """Remove Flask-Caching's own values, and nothing else."""
        try:
            self._store.delete(self._store.keys("flask:*"))
        except StoreUnavailable:
            return False
        return True

    def _remove(self, keys: list[str]) -> int:
        try:
            return self._store.delete(f"flask:{key}" for key in keys)
        except StoreUnavailable:
            return 0

    def _put(self, key: str, value: Any, timeout: Timeout, *, only_new: bool = False) -> bool:
        if isinstance(timeout, timedelta):
            timeout = int(timeout.total_seconds())
        seconds = self.default_timeout if timeout is None else timeout
        if seconds < 0:
            self._remove([key])
            return True
        name = f"flask:{key}"
        try:
            sealed = self._seal.close(name, self._codec.encode(value))
            return self._store.write(name, sealed, seconds or FOREVER, only_new=only_new)
        except UnsupportedType as error:
            self._counters.count("flask", "uncacheable")
            logger.warning("not cached: %s", error)
            return False
        except StoreUnavailable:
            return False
