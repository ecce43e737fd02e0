"""Recorded statements of all processes: which are slow, which are repeated."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from portfolio.caching.counters import LedgerUnavailable
from portfolio.queries.flask_adapter import query_recorder
from portfolio.queries.ledger import Sums
from portfolio.queries.tally import percentile
from portfolio.schemas.database import (
    DatabaseQuery,
    QueryFigures,
    RecordedStatement,
    RepeatedStatement,
    StatementOrder,
)


class QueriesUnavailable(Exception):
    """The durable Redis, which holds the records, does not answer."""

    def __init__(self) -> None:
        super().__init__("the durable Redis does not answer")


_ORDERS: dict[StatementOrder, Callable[[RecordedStatement], Any]] = {
    StatementOrder.TOTAL: lambda row: row.total_ms,
    StatementOrder.WORST: lambda row: row.worst_ms,
    StatementOrder.P95: lambda row: row.p95_ms,
    StatementOrder.COUNT: lambda row: row.count,
    StatementOrder.SLOW: lambda row: row.slow,
    StatementOrder.LAST_SEEN: lambda row: row.last_seen,
}


def recorded_queries(query: DatabaseQuery, *, only_slow: bool = False) -> QueryFigures:
    """What was recorded, ordered and cut as asked.

    Args:
        only_slow: leave out statements that never were.

    Raises:
        QueriesUnavailable: the records cannot be read.
    """
    recorder = query_recorder()
    sums = _read()
    statements = [
        _statement(number, record)
        for number, record in sums.statements.items()
        if record["sums"]["slow"] or not only_slow
    ]
    repeated = [_repeated(record) for record in sums.repeats.values()]
    total = sums.totals["sums"] if sums.totals else {}
    return QueryFigures(
        slow_after_ms=recorder.slow_after * 1000,
        repeated_after=recorder.repeated_after,
        total_ms=_milliseconds(total.get("total", 0)),
        count=total.get("runs", 0),
        **{name: total.get(name, 0) for name in ("slow", "failed", "left_out")},
        statements=sorted(statements, key=_ORDERS[query.order], reverse=True)[: query.limit],
        repeated=sorted(repeated, key=lambda row: row.count, reverse=True)[: query.limit],
    )


def find_recorded(number: str) -> str | None:
    """The text of a recorded statement.

    Raises:
        QueriesUnavailable: the records cannot be read.
    """
    sums = _read()
    if number in sums.statements:
        return str(sums.statements[number]["told"]["text"])
    told = (record["told"] for record in sums.repeats.values())
    return next((str(each["text"]) for each in told if each["id"] == number), None)


def forget_recorded() -> None:
    """Begin anew.

    Raises:
        QueriesUnavailable: the records cannot be removed.
    """
    try:
        query_recorder().ledger.forget()
    except LedgerUnavailable as error:
        raise QueriesUnavailable from error


def _read() -> Sums:
    recorder = query_recorder()
    if not recorder.fold():
        raise QueriesUnavailable
    try:
        return recorder.ledger.read()
    except LedgerUnavailable as error:
        raise QueriesUnavailable from error


def _statement(number: str, record: dict[str, Any]) -> RecordedStatement:
    sums, told, worst = record["sums"], record["told"], record["worst"]
    return RecordedStatement(
        id=number,
        statement=told["text"],
        count=sums["runs"],
        slow=sums["slow"],
        failed=sums["failed"],
        total_ms=_milliseconds(sums["total"]),
        mean_ms=_milliseconds(sums["total"] / sums["runs"]),
        p95_ms=_milliseconds(percentile(sums, 0.95, worst)),
        worst_ms=_milliseconds(worst),
        last_seen=_moment(record),
        endpoint=told["endpoint"],
        place=told["place"],
    )


def _repeated(record: dict[str, Any]) -> RepeatedStatement:
    told = record["told"]
    return RepeatedStatement(
        id=told["id"],
        statement=told["text"],
        endpoint=told["endpoint"],
        place=told["place"],
        count=record["worst"],
        requests=record["sums"]["requests"],
        last_seen=_moment(record),
    )


def _milliseconds(microseconds: float) -> float:
    return round(microseconds / 1000, 3)


def _moment(record: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(record["seen"] / 1000, UTC)
