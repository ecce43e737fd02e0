"""The figures of the database: what was recorded here, and what the server tells.

Each part is asked for by itself. What a role may not see, or a server does not have, is named, and
the rest is told all the same. Nothing waits for a lock.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar, cast

import psycopg
from pydantic import BaseModel
from sqlalchemy import Connection, TextClause, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from portfolio.extensions import db
from portfolio.queries.statement import normalise
from portfolio.schemas.database import (
    BloatHint,
    CacheHits,
    ConnectionFigures,
    DatabaseQuery,
    DatabaseStatistics,
    IndexFigures,
    LockWait,
    MissingIndex,
    PoolState,
    ServerFigures,
    ServerStatement,
    TableFigures,
    Unavailable,
)
from portfolio.services.database import catalog
from portfolio.services.database.recorded import QueriesUnavailable, recorded_queries

PATIENCE_MS = 2000
"""Longest run of one part."""
LOCK_PATIENCE_MS = 100
"""Longest wait for a lock; sizes are estimated instead."""
DEAD_ROWS, DEAD_SHARE = 1000, 0.2
"""So many rows, and such a share of all, that are no more, are worth a hint."""
MANY_ROWS, OFTEN = 1000, 50
"""A table of so many rows that was so often read from end to end may lack an index."""
UNUSED_BYTES = 1024 * 1024
"""An index of this size that nothing reads is worth a hint."""

_LIMITS = text(
    "SELECT set_config('statement_timeout', :statement, true),"
    " set_config('lock_timeout', :lock, true),"
    " set_config('transaction_read_only', 'on', true)"
)
_LOCKED, _MISSING = "55P03", "42P01"
_REASONS = {
    "42501": "the database's role may not see it",
    _MISSING: "the server does not have it",
    "42883": "the server does not have it",
    "42703": "the server has it in another version",
    "55000": "the server was not started with it",
    "57014": "it took too long",
    _LOCKED: "a table is locked",
}
"""By PostgreSQL's SQLSTATE. Whatever else comes is an error of the database as a whole."""

ModelT = TypeVar("ModelT", bound=BaseModel)
T = TypeVar("T")


class _Refused(Exception):
    def __init__(self, state: str) -> None:
        super().__init__(_REASONS[state])
        self.state = state


class _Parts:
    """The parts of one answer, on one connection in a read-only transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.unavailable: list[Unavailable] = []
        limits = {"statement": str(PATIENCE_MS), "lock": str(LOCK_PATIENCE_MS)}
        connection.execute(_LIMITS, limits)

    def ask(self, model: type[ModelT], query: TextClause, **values: Any) -> list[ModelT]:
        """Rows, or _Refused; the transaction goes on either way."""
        try:
            with self._connection.begin_nested():
                rows = self._connection.execute(query, values).mappings().all()
        except DBAPIError as error:
            state = error.orig.sqlstate if isinstance(error.orig, psycopg.Error) else None
            if state not in _REASONS or error.connection_invalidated:
                raise
            raise _Refused(str(state)) from error
        return [model.model_validate(dict(row)) for row in rows]

    def knows(self, table: str) -> bool:
        """Whether there is a table or view of this name."""
        return bool(self._connection.scalar(select(func.to_regclass(table).is_not(None))))

    def get(self, part: str, ask: Callable[[], T]) -> T | None:
        """A part, or None with the reason noted."""
        try:
            return ask()
        except (_Refused, QueriesUnavailable) as refusal:
            self.unavailable.append(Unavailable(part=part, reason=str(refusal)))
            return None

    def rows(
        self, part: str, model: type[ModelT], query: TextClause, **values: Any
    ) -> list[ModelT] | None:
        """A part that is a list."""
        return self.get(part, lambda: self.ask(model, query, **values))

    def row(self, part: str, model: type[ModelT], query: TextClause) -> ModelT | None:
        """A part that is one row."""
        return self.get(part, lambda: self.ask(model, query)[0])


def describe_database(query: DatabaseQuery) -> DatabaseStatistics:
    """All figures; what cannot be told is null and named.

    Raises:
        DBAPIError: the database is busy or away.
    """
    limit = query.limit
    with db.engine.connect() as connection:
        parts = _Parts(connection)
        tables, indexes, estimated = _sizes(parts, limit)
        return DatabaseStatistics(
            queries=parts.get("queries", partial(recorded_queries, query)),
            pool=_pool(),
            server=parts.row("server", ServerFigures, catalog.SERVER),
            connections=parts.row("connections", ConnectionFigures, catalog.CONNECTIONS),
            cache_hits=parts.row("cache_hits", CacheHits, catalog.CACHE_HITS),
            tables=tables,
            sizes_are_estimates=estimated,
            indexes=indexes,
            unused_indexes=parts.rows(
                "unused_indexes",
                IndexFigures,
                catalog.UNUSED_INDEXES,
                limit=limit,
                bytes=UNUSED_BYTES,
            ),
            missing_indexes=_missing_indexes(parts, limit),
            bloat=_bloat(parts, limit),
            locks=_locks(parts, limit),
            server_statements=_server_statements(parts, limit),
            unavailable=parts.unavailable,
        )


def _pool() -> PoolState:
    pool = cast(QueuePool, db.engine.pool)
    # Of those in use one is this answer's own.
    return PoolState(size=pool.size(), in_use=pool.checkedout(), idle=pool.checkedin())


def _sizes(
    parts: _Parts, limit: int
) -> tuple[list[TableFigures] | None, list[IndexFigures] | None, bool]:
    def ask(estimated: bool) -> tuple[list[TableFigures], list[IndexFigures]]:
        return (
            parts.ask(TableFigures, catalog.tables(estimated=estimated), limit=limit),
            parts.ask(IndexFigures, catalog.indexes(estimated=estimated), limit=limit),
        )

    estimated = False
    try:
        found: tuple[Any, Any] | None = ask(estimated)
    except _Refused as refusal:
        estimated = refusal.state == _LOCKED
        found = parts.get("tables", partial(ask, estimated))
    tables, indexes = found or (None, None)
    return tables, indexes, estimated


def _missing_indexes(parts: _Parts, limit: int) -> list[MissingIndex] | None:
    return parts.rows(
        "missing_indexes",
        MissingIndex,
        catalog.MISSING_INDEXES,
        limit=limit,
        many=MANY_ROWS,
        often=OFTEN,
    )


def _bloat(parts: _Parts, limit: int) -> list[BloatHint] | None:
    limits = {"dead_rows": DEAD_ROWS, "share": DEAD_SHARE, "limit": limit}
    return parts.rows("bloat", BloatHint, catalog.BLOAT, **limits)


def _locks(parts: _Parts, limit: int) -> list[LockWait] | None:
    return _without_values(parts.rows("locks", LockWait, catalog.LOCKS, limit=limit))


def _server_statements(parts: _Parts, limit: int) -> list[ServerStatement] | None:
    def ask() -> list[ServerStatement]:
        # To ask for what is not there would be one more failed statement, here and in its log.
        if not parts.knows("pg_stat_statements"):
            raise _Refused(_MISSING)
        return parts.ask(ServerStatement, catalog.SERVER_STATEMENTS, limit=limit)

    return _without_values(parts.get("server_statements", ask))


TextT = TypeVar("TextT", LockWait, ServerStatement)


def _without_values(rows: Sequence[TextT] | None) -> list[TextT] | None:
    """What others typed may hold values."""
    if rows is None:
        return None
    return [row.model_copy(update={"statement": normalise(row.statement)}) for row in rows]
