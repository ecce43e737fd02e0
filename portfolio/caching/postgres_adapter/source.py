"""The PostgreSQL side: snapshots to compute in, commits to follow, servers to trust.

It tells the process's own memory and the store of commits, and decides whom to trust.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import redis
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ..breaker import StoreUnavailable
from ..forks import after_fork
from ..nearby import Nearby
from ..policy import ALL
from ..redis_adapter.store import RedisStore
from ..source import SourceUnavailable
from .outbox import Outbox
from .patience import limit_waits
from .session import has_written, on_commit

logger = logging.getLogger(__name__)

PATIENCE = 5.0
"""Seconds that invalidation waits for a database that does not answer."""

ATTENTION = 0.5
"""Seconds between two looks at the outbox by a process that serves."""
OVERDUE = 1.0
"""Seconds after which a change that waits in the outbox is no longer left to the relay."""

_STATE = text("SELECT epoch, store_run_id FROM cache_state")


class PostgresSource:
    """Computes in snapshots, notes commits, and moves the outbox's tags to the store.

    Args:
        engine: the database's; sessions of class SnapshotSession bound to it are watched.
        current: the session of the running request, task or command, if it has one.
        fresh: opens a context with a session of its own.
    """

    def __init__(
        self,
        engine: Engine,
        current: Callable[[], Session | None],
        fresh: Callable[[], AbstractContextManager[Session]],
    ) -> None:
        self._engine = engine
        self._current = current
        self._fresh = fresh
        self._snapshots = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self._store: RedisStore | None = None
        self._nearby: Nearby | None = None
        self._commits = 0
        # A connection of its own, so that a flush never waits for the pool that visitors use.
        self._own = create_engine(
            engine.url,
            pool_size=1,
            max_overflow=0,
            pool_timeout=2,
            pool_pre_ping=True,
            hide_parameters=True,
            isolation_level="AUTOCOMMIT",
        )
        limit_waits(self._own, PATIENCE)
        self._reset()
        after_fork(self._after_fork)
        on_commit(engine, self.committed)

    def _after_fork(self) -> None:
        # The parent goes on using its connections, the application's too.
        self._own.dispose(close=False)
        self._engine.dispose(close=False)
        self._reset()

    def _reset(self) -> None:
        self._trust_lock = threading.Lock()
        self.outbox = Outbox(self._own)
        self._attending: threading.Thread | None = None
        self._closed = threading.Event()
        self._epoch: str | None = None

    def attach(self, store: RedisStore, nearby: Nearby) -> None:
        """Send invalidations to this store, and tell the process's own memory of commits."""
        self._store = store
        self._nearby = nearby

    def close(self) -> None:
        """Let go of the connection."""
        self._closed.set()
        if self._attending is not None:
            self._attending.join()
        self._own.dispose()

    def epoch(self) -> str:
        """Identifies the database; read once in a process.

        Raises:
            SourceUnavailable: the database does not answer.
        """
        if self._epoch is None:
            self._epoch, _run_id = self._state()
        return self._epoch

    def has_written(self) -> bool:
        """Whether the caller's session has changes that are not committed."""
        session = self._current()
        return session is not None and has_written(session)

    def commits(self) -> int:
        """Commits of this process so far."""
        return self._commits

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """A read-only session whose reads all see one moment; a connection only if it reads."""
        with self._fresh() as session:
            session.info["snapshot"] = self._snapshots
            yield

    def committed(self) -> None:
        """A session of this process has committed: invalidate before the writer goes on.

        When that fails, this process uses the store no more until the outbox has been flushed;
        for the others it is left to the relay, and to whoever is first to succeed.
        """
        self._commits += 1
        store, nearby = self._store, self._nearby
        if store is None or nearby is None:
            return
        told: list[str] = []

        def invalidate(tags: list[str]) -> None:
            store.invalidate(tags)
            told.extend(tags)

        try:
            self.outbox.flush(invalidate)
        except (StoreUnavailable, SQLAlchemyError) as error:
            logger.debug("invalidation left to the relay: %s", type(error).__name__)
            store.doubt(f"a commit is not flushed: {type(error).__name__}")
            nearby.committed(None)
        else:
            nearby.committed(told)

    def trust(self, run_id: str) -> bool:
        """Whether the store's server may be used; makes it so if possible.

        A server that this database has not seen running (restarted with old data, failed over,
        replaced) may hold entries that have ceased to be true: everything is invalidated first.
        """
        if run_id == self.outbox.server:
            return True
        with self._trust_lock:
            try:
                if run_id != self._state()[1]:
                    self._adopt(run_id)
                self.outbox.notice_restore(self._unlink)
            except (SourceUnavailable, SQLAlchemyError, redis.RedisError, OSError) as error:
                logger.warning("cache store not trusted yet: %s", type(error).__name__)
                return False
            self.outbox.server = run_id
        return True

    def meet(self, store: RedisStore) -> None:
        """Trust the store's server anew if another process has told only another one of changes.

        Raises:
            StoreUnavailable, redis.RedisError, OSError, SourceUnavailable: that is not possible.
        """
        if self._state()[1] != self.outbox.server:
            self.outbox.server = None
            if not self.trust(store.run_id()):
                raise StoreUnavailable("not trusted")

    def recover(self, store: RedisStore) -> None:
        """Make a store that was away safe to use: nothing that changed meanwhile may be served.

        Raises:
            StoreUnavailable: that is not possible yet.
            redis.RedisError, OSError: the store is away again.
        """
        if not self.trust(store.run_id()):
            raise StoreUnavailable("not trusted")
        try:
            self.outbox.notice_restore(self._unlink)
            self.outbox.flush(self._unlink)
        except SQLAlchemyError as error:
            raise StoreUnavailable("the database cannot say what changed") from error

    def attend(self) -> None:
        """Look at the outbox twice a second, in the background; once in a process.

        So that no change waits for a relay that hangs, and no process goes on believing a store
        that answers reads but takes no invalidation (a demoted or a paused server).
        """
        if self._attending is not None:
            return
        with self._trust_lock:
            if self._attending is None:
                self._attending = threading.Thread(
                    target=self._attend, name="cache-outbox", daemon=True
                )
                self._attending.start()

    def _attend(self) -> None:
        while not self._closed.wait(ATTENTION):
            store, nearby = self._store, self._nearby
            if store is None or nearby is None or not store.available:
                continue
            try:
                self.meet(store)
                self.outbox.notice_restore(store.invalidate)
                if self.outbox.pending()[1] > OVERDUE:
                    self.outbox.flush(store.invalidate)
            except (StoreUnavailable, redis.RedisError, OSError) as error:
                nearby.committed(None)
                store.doubt(error)
            except (SourceUnavailable, SQLAlchemyError) as error:
                logger.debug("outbox not looked at: %s", error)

    def _state(self) -> tuple[str, str]:
        try:
            with self._own.connect() as connection:
                epoch, run_id = connection.execute(_STATE).one()
        except SQLAlchemyError as error:
            raise SourceUnavailable(str(error)) from error
        return epoch, run_id

    def _unlink(self, tags: list[str]) -> None:
        """Past the breaker: for a store that is not trusted yet."""
        if self._store is None:
            raise StoreUnavailable("no store attached")
        self._store.unlink_tags(self._store.raw, tags)

    def _adopt(self, run_id: str) -> None:
        self._unlink([ALL])
        with self._own.connect() as connection:
            connection.execute(text("UPDATE cache_state SET store_run_id = :id"), {"id": run_id})
        # What others took out of the outbox meanwhile for the server that they knew.
        self._unlink([ALL])
