"""What is told of the database: recorded statements, and the server's own figures."""

from enum import StrEnum

from pydantic import BaseModel, Field

from portfolio.schemas.lists import RowCount
from portfolio.schemas.values import Moment

TOLD = 20
"""Rows of each list, unless more are asked for."""


class StatementOrder(StrEnum):
    """What recorded statements are ordered by, the largest first."""

    TOTAL = "total"
    WORST = "worst"
    P95 = "p95"
    COUNT = "count"
    SLOW = "slow"
    LAST_SEEN = "last_seen"


class DatabaseQuery(BaseModel):
    """How much is told."""

    limit: RowCount = Field(TOLD, description="Most rows of each list.")
    order: StatementOrder = Field(
        StatementOrder.TOTAL, description="What statements are ordered by, the largest first."
    )


class RecordedStatement(BaseModel):
    """One statement, over all processes."""

    id: str = Field(description="For `flask database explain`.")
    statement: str = Field(description="Its text; `$1` and so on stand where values were.")
    count: int = Field(description="Runs.")
    slow: int = Field(description="Runs that took `slow_after_ms` or longer.")
    failed: int = Field(description="Runs that ended in an error, such as a timeout.")
    total_ms: float
    mean_ms: float
    p95_ms: float = Field(description="19 of 20 runs took no longer; at most an eighth too large.")
    worst_ms: float
    last_seen: Moment
    endpoint: str = Field(description="What the slowest run was for: request, task or command.")
    place: str = Field(description="File and line it came from, if it was slow; else empty.")


class RepeatedStatement(BaseModel):
    """A statement that one request or task ran again and again: N+1."""

    id: str
    statement: str
    endpoint: str
    place: str = Field(description="File and line that runs it.")
    count: int = Field(description="Most runs in one request or task.")
    requests: int = Field(description="Requests and tasks in which it was repeated.")
    last_seen: Moment


class QueryFigures(BaseModel):
    """What was recorded of all processes, up to a second ago."""

    slow_after_ms: float
    repeated_after: int
    count: int = Field(description="Runs of all statements.")
    slow: int
    failed: int
    left_out: int = Field(description="Runs of statements that found no room.")
    total_ms: float
    statements: list[RecordedStatement]
    repeated: list[RepeatedStatement]


class ServerFigures(BaseModel):
    """The server and this database as a whole."""

    version: str
    bytes: int
    started_at: Moment
    counted_since: Moment | None = Field(description="When the server's counts were last reset.")
    deadlocks: int
    rollbacks: int
    temporary_bytes: int = Field(description="Written to disk because memory did not suffice.")


class PoolState(BaseModel):
    """The connections of the process that answers."""

    size: int
    in_use: int
    idle: int


class ConnectionFigures(BaseModel):
    """All connections with this database."""

    limit: int = Field(description="What the server accepts for all databases.")
    total: int
    active: int
    idle: int
    idle_in_transaction: int
    waiting_for_locks: int
    oldest_transaction_seconds: float | None


class TableFigures(BaseModel):
    """One table."""

    table: str
    rows: int = Field(description="As the server estimates.")
    bytes: int = Field(description="With indexes and long values.")
    index_bytes: int
    sequential_scans: int
    index_scans: int
    dead_rows: int
    last_vacuum: Moment | None
    last_analyze: Moment | None


class IndexFigures(BaseModel):
    """One index."""

    index: str
    table: str
    bytes: int
    scans: int


class CacheHits(BaseModel):
    """Share of blocks that were found in the server's memory, 0 to 1; null before the first."""

    tables: float | None
    indexes: float | None


class MissingIndex(BaseModel):
    """A hint: reading may be cheaper with an index here."""

    table: str
    columns: list[str] = Field(description="Of a foreign key without one; else empty.")
    rows: int
    sequential_scans: int
    reason: str


class BloatHint(BaseModel):
    """A table in which rows that are no more take room."""

    table: str
    dead_rows: int
    dead_share: float = Field(description="Of all its rows, 0 to 1.")
    last_vacuum: Moment | None


class LockWait(BaseModel):
    """A session that waits for others."""

    pid: int
    waits_for: list[int]
    lock: str
    table: str | None
    seconds: float | None
    statement: str = Field(description="Without values; empty where it may not be seen.")


class ServerStatement(BaseModel):
    """A statement as the extension pg_stat_statements counts it."""

    statement: str
    count: int
    total_ms: float
    mean_ms: float
    worst_ms: float


class Unavailable(BaseModel):
    """What cannot be told, and why."""

    part: str
    reason: str


class DatabaseStatistics(BaseModel):
    """The database at work. A part that cannot be told is null and stands in `unavailable`."""

    queries: QueryFigures | None
    pool: PoolState
    server: ServerFigures | None
    connections: ConnectionFigures | None
    cache_hits: CacheHits | None
    tables: list[TableFigures] | None = Field(description="The largest first.")
    sizes_are_estimates: bool = Field(
        description="Whether sizes are as of the last vacuum, because a table is locked."
    )
    indexes: list[IndexFigures] | None = Field(description="The largest first.")
    unused_indexes: list[IndexFigures] | None = Field(
        description="Of a megabyte or more, and never read since the server counts; they guard no "
        "constraint."
    )
    missing_indexes: list[MissingIndex] | None
    bloat: list[BloatHint] | None
    locks: list[LockWait] | None
    server_statements: list[ServerStatement] | None = Field(
        description="From pg_stat_statements, where the server has it."
    )
    unavailable: list[Unavailable]
