"""The relay: listens to the database and moves the outbox's tags to the store, whoever wrote."""

import logging
import threading
from collections.abc import Callable
from time import monotonic

import psycopg
import redis
from sqlalchemy.exc import SQLAlchemyError

from ..breaker import StoreUnavailable
from ..redis_adapter.store import RedisStore
from ..source import SourceUnavailable
from .source import PostgresSource
from .triggers import CHANNEL

logger = logging.getLogger(__name__)

INTERVAL = 1.0
"""Seconds after which the outbox is looked at although nothing was heard."""


def run_relay(
    url: str,
    source: PostgresSource,
    store: RedisStore,
    stop: threading.Event,
    heard: Callable[[], None] = lambda: None,
) -> None:
    """Flush the outbox at each notification and each second, until `stop` is set.

    Args:
        url: libpq connection string of the database.
        heard: called after the flush when something watched has changed; returns at once.
    """
    healthy = True
    while not stop.is_set():
        try:
            with psycopg.connect(url, autocommit=True, connect_timeout=2) as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                healthy = _say(healthy, True, "database")
                _listen(connection, source, store, stop, heard)
        except (psycopg.Error, SQLAlchemyError, SourceUnavailable) as error:
            logger.debug("database: %s", error)
            healthy = _say(healthy, False, "database")
            stop.wait(INTERVAL)


def _listen(
    connection: "psycopg.Connection[tuple[object, ...]]",
    source: PostgresSource,
    store: RedisStore,
    stop: threading.Event,
    heard: Callable[[], None],
) -> None:
    reachable = True
    # Whatever was written while nobody listened.
    changed, looked = True, 0.0
    while not stop.is_set():
        # Before waiting: what was written while nobody listened, or the store was away.
        due = not reachable or monotonic() - looked >= INTERVAL
        reachable = _say(reachable, _flush(source, store, thoroughly=due), "store")
        if due:
            looked = monotonic()
        if changed:
            heard()
        changed = any(True for _ in connection.notifies(timeout=INTERVAL, stop_after=1))


def _flush(source: PostgresSource, store: RedisStore, *, thoroughly: bool) -> bool:
    """Move the outbox to the store, and then see to what no notification tells of."""
    try:
        source.outbox.flush(store.invalidate)
        if thoroughly:
            # Meets a restarted server even when nobody writes.
            store.ping()
            source.meet(store)
            source.outbox.notice_restore(store.invalidate)
    except (StoreUnavailable, redis.RedisError, OSError) as error:
        logger.debug("flush: %s", error)
        return False
    return True


def _say(before: bool, now: bool, subject: str) -> bool:
    if before != now:
        logger.warning("the %s is %s", subject, "back" if now else "away")
    return now
