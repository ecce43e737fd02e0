"""What one Flask application has of the engine: every part, made from its configuration."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask import Flask, current_app, has_app_context
from sqlalchemy.orm import Session, scoped_session

from ..codec import Codec
from ..counters import Counters, RedisLedger
from ..engine import WAITING_LIMIT, Engine
from ..nearby import Nearby
from ..policy import PolicyTable
from ..postgres_adapter.source import PostgresSource
from ..redis_adapter.clients import impatient_client
from ..redis_adapter.push import PushListener
from ..redis_adapter.store import RedisStore
from ..refresh import Refresher
from ..seal import Seal
from ..web.compression import Compression
from ..web.front import Front
from ..web.response import EXTENSION_CODE, StoredResponse, from_plain, to_plain
from .renewal import EXTENSION, renew

Send = Callable[[str, Mapping[str, Any]], bool]

_PATIENCE = 0.5
"""Seconds to wait for the Redis that figures are added up in."""


def _nobody(_policy: str, _arguments: Mapping[str, Any]) -> bool:
    return False


class CacheExtension:
    """What one application has of the engine.

    Args:
        send: gives a policy's name and arguments to a worker that calls `renew`; False when none
            can be reached.
        absences: exceptions by which a view says that there is no such thing.
    """

    def __init__(
        self,
        app: Flask,
        session: "scoped_session[Any]",
        sql_engine: Any,
        table: PolicyTable,
        *,
        send: Send = _nobody,
        absences: tuple[type[Exception], ...] = (),
    ) -> None:
        config = app.config
        self.absences = absences

        def current() -> Session | None:
            in_use = has_app_context() and session.registry.has()
            return session() if in_use else None

        @contextmanager
        def fresh() -> Iterator[Session]:
            # A context of its own means a session of its own: db.session goes by the context.
            with app.app_context():
                yield session()

        self.source = PostgresSource(sql_engine, current, fresh)
        self.store = RedisStore(
            config["REDIS_URL"],
            prefix=config["CACHE_KEY_PREFIX"],
            timeout=config["CACHE_TIMEOUT"],
            retry_interval=config["CACHE_RETRY_INTERVAL"],
            trusted=self.source.trust,
            recover=self.source.recover,
        )
        self.nearby = Nearby(
            PushListener(self.store.raw, self.store.tag_name("")),
            config["CACHE_MEMORY"],
            self.store.breaker,
            self.source.attend,
        )
        self.source.attach(self.store, self.nearby)
        ledger = impatient_client(config["CACHE_LEDGER_URL"], _PATIENCE)
        self.counters = Counters(RedisLedger(ledger, f"{config['CACHE_KEY_PREFIX']}:cache:counts"))
        self.codec = Codec()
        self.codec.register(EXTENSION_CODE, StoredResponse, to_plain, from_plain)
        self.seal = Seal(config["SECRET_KEY"])
        self.engine = Engine(
            table,
            self.store,
            self.source,
            self.codec,
            self.seal,
            self.counters,
            self.nearby,
            shared=(StoredResponse,),
            waiting_limit=config.get("CACHE_WAITING_LIMIT", WAITING_LIMIT),
        )
        self.refresher = Refresher(self.store, send, self._compute)
        self.engine.refresher = self.refresher
        self.compression = Compression(self.nearby)
        self._app = app
        app.extensions[EXTENSION] = self
        cookie = config["SESSION_COOKIE_NAME"]
        self.front = Front(app.wsgi_app, self.nearby, self.compression, cookie)
        app.wsgi_app = self.front  # type: ignore[method-assign]

    def close(self) -> None:
        """Count a last time and let go of every connection."""
        self.refresher.close()
        self.compression.close()
        self.counters.close()
        self.nearby.close()
        self.store.close()
        self.source.close()

    def _compute(self, policy: str, arguments: Mapping[str, Any]) -> None:
        with self._app.app_context():
            renew(policy, arguments)


def cache_extension(app: Flask | None = None) -> CacheExtension:
    """An application's cache; by default the running one's."""
    extension: CacheExtension = (app or current_app).extensions[EXTENSION]
    return extension
