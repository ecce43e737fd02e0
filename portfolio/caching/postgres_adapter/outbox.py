"""The outbox that the triggers write to: moving its tags to the store, and looking after it."""

import threading
from collections.abc import Callable, Iterable
from time import monotonic, sleep

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from ..policy import ALL
from ..source import SourceUnavailable
from .triggers import CHANNEL, WATCH

LOOK = 0.05
"""Seconds between two looks at which server others use."""
_BATCH = 5000
_PENDING = text("SELECT id, tag FROM cache_outbox ORDER BY id LIMIT :batch")
# FOR UPDATE SKIP LOCKED: two processes that flush at once never wait for each other.
_DONE = text(
    "DELETE FROM cache_outbox WHERE id IN "
    "(SELECT id FROM cache_outbox WHERE id = ANY(:ids) FOR UPDATE SKIP LOCKED)"
)
_SERVER = text("SELECT store_run_id FROM cache_state")
_DISOWN = text("UPDATE cache_state SET store_run_id = ''")
_NOTE = text(
    "WITH noted AS (INSERT INTO cache_outbox (tag) VALUES (:tag)) SELECT pg_notify(:channel, '')"
)
_WATCHING = text("UPDATE cache_state SET watch = :watch")
# ALTER TABLE … ENABLE TRIGGER turns triggers that fire always into ordinary ones.
_SPEAKING = text(
    "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
    " WHERE tgfoid = to_regproc('cache_note_change') AND tgenabled = 'A'"
    " GROUP BY relname HAVING count(*) = 4"
)


class Outbox:
    """The outbox as one process sees it, over an engine of one connection in autocommit.

    Made anew after a fork.

    Attributes:
        server: run id of the store's server that this process tells of changes, once it is known.
    """

    def __init__(self, engine: Engine) -> None:
        self.server: str | None = None
        self._own = engine
        self._flush_lock = threading.Lock()
        self._asked = 0
        self._flushed = 0

    def flush(self, invalidate: Callable[[list[str]], None]) -> int:
        """Invalidate the tags that wait in the outbox; says how many rows there were.

        Concurrent callers share one flush, if it begins after their call. Nothing is held open
        while the store is told, and telling it twice does no harm.

        Raises:
            StoreUnavailable, redis.RedisError: the store was not told; the rows are kept.
            SQLAlchemyError: the database does not answer.
        """
        self._asked += 1
        ticket = self._asked
        with self._flush_lock:
            if self._flushed >= ticket:
                return 0
            covered = self._asked
            rows = self._drain(invalidate)
            self._flushed = covered
        return rows

    def _drain(self, invalidate: Callable[[list[str]], None]) -> int:
        moved = 0
        while rows := self._pending():
            invalidate(sorted({tag for _id, tag in rows}))
            with self._own.connect() as connection:
                if self.server not in (None, connection.scalar(_SERVER)):
                    # Who uses another server is not told by us: nobody may trust theirs unasked.
                    connection.execute(_DISOWN)
                connection.execute(_DONE, {"ids": [number for number, _tag in rows]})
            moved += len(rows)
            if len(rows) < _BATCH:
                break
        return moved

    def _pending(self) -> list[tuple[int, str]]:
        with self._own.connect() as connection:
            return [(row.id, row.tag) for row in connection.execute(_PENDING, {"batch": _BATCH})]

    def notice_restore(self, invalidate: Callable[[list[str]], None]) -> None:
        """Invalidate everything if the triggers, or the server, are not those of last time.

        Tables that were dropped and made again from a dump have changed without a word.

        Raises:
            StoreUnavailable, redis.RedisError: the store was not told; it will be next time.
            SQLAlchemyError: the database does not answer.
        """
        with self._own.connect() as connection:
            before, now = connection.execute(text(WATCH)).one()
        if before == now:
            return
        # The connection is given back: whoever connects to the store needs it to trust the server.
        invalidate([ALL])
        with self._own.connect() as connection:
            connection.execute(_WATCHING, {"watch": now})

    def find_other_server(self, own: str, seconds: float) -> str | None:
        """The run id of another server that processes on this database use, if they do so.

        Each makes the database know its own again when it looks next, so they take turns there.

        Args:
            own: the run id of this process's.
            seconds: for how long to watch for it; who serves looks more than once a second.

        Returns:
            an empty one if it is only known that there is another.

        Raises:
            SourceUnavailable: the database does not answer.
        """
        found: str | None = None
        deadline = monotonic() + seconds
        while not found and monotonic() < deadline:
            try:
                with self._own.connect() as connection:
                    told = str(connection.scalar(_SERVER))
            except SQLAlchemyError as error:
                raise SourceUnavailable(str(error)) from error
            if told != own:
                found = told
            sleep(LOOK)  # nobody tells when it changes
        return found

    def note(self, tag: str) -> None:
        """Have a tag invalidated as soon as anyone can, though no table has changed.

        Raises:
            SourceUnavailable: the database does not answer.
        """
        try:
            with self._own.connect() as connection:
                connection.execute(_NOTE, {"tag": tag, "channel": CHANNEL})
        except SQLAlchemyError as error:
            raise SourceUnavailable(str(error)) from error

    def pending(self) -> tuple[int, float]:
        """Outbox rows that wait, and the age of the oldest in seconds.

        A row from the future, left by a clock that was set back, is as old as it is early.

        Raises:
            SourceUnavailable: the database does not answer.
        """
        query = text(
            "SELECT count(*),"
            " coalesce(abs(extract(epoch FROM clock_timestamp() - min(created_at))), 0)"
            " FROM cache_outbox"
        )
        try:
            with self._own.connect() as connection:
                rows, age = connection.execute(query).one()
        except SQLAlchemyError as error:
            raise SourceUnavailable(str(error)) from error
        return int(rows), float(age)

    def silent_tables(self, tables: Iterable[str]) -> list[str]:
        """Those of the tables whose changes the database would not report, always and fully.

        Raises:
            SourceUnavailable: the database does not answer.
        """
        try:
            with self._own.connect() as connection:
                speaking = set(connection.scalars(_SPEAKING))
        except SQLAlchemyError as error:
            raise SourceUnavailable(str(error)) from error
        return sorted(set(tables) - speaking)
