"""What this process's statements cost: counted as they end, handed on once a second.

It sees the text of statements and never their parameters. Nothing here waits for anybody.
"""

import logging
import threading
import uuid
from time import perf_counter_ns
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from portfolio.caching.counters import LedgerUnavailable
from portfolio.caching.folding import Folding
from portfolio.caching.forks import after_fork
from portfolio.queries.ledger import Batch, QueryLedger, Records
from portfolio.queries.statement import Statement, name_statement
from portfolio.queries.tally import Tally, repeat_record
from portfolio.queries.work import BACKGROUND, current_work, find_place

logger = logging.getLogger(__name__)

_BEGUN = "portfolio_begun"
_NAMED = 1_000
"""Texts, as drivers are given them, whose statements are remembered."""
_NAMED_UP_TO = 10_000
"""Characters of such a text."""


class Recorder:
    """Counts the statements of one process.

    Args:
        ledger: where the sums of all processes are.
        folding: the thread that hands on.
        slow_after: seconds from which on a run is slow.
        repeated_after: runs of one statement in one request beyond which it is named.
        kept: most statements that are counted between two batches.
    """

    def __init__(
        self,
        ledger: QueryLedger,
        folding: Folding,
        *,
        slow_after: float,
        repeated_after: int,
        kept: int,
    ) -> None:
        self.ledger = ledger
        self.slow_after, self.repeated_after = slow_after, repeated_after
        self._slow = int(slow_after * 1_000_000)
        self._kept = kept
        self._folding = folding
        self._reset()
        after_fork(self._reset)
        folding.join(self.fold)

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._fold_lock = threading.Lock()
        self._process = uuid.uuid4().hex
        self._number = 0
        self._unsent: Batch | None = None
        self._named: dict[str, Statement] = {}
        self._warned: set[str] = set()
        self._begin()

    def _begin(self) -> None:
        self._tallies: dict[str, Tally] = {}
        self._repeats: Records = {}
        self._all = Tally({})
        self._left_out = 0

    def watch(self, engine: Engine) -> None:
        """Count what is run through this engine."""
        event.listen(engine, "before_cursor_execute", self._begun)
        event.listen(engine, "after_cursor_execute", self._ended)
        event.listen(engine, "handle_error", self._failed)

    def _begun(
        self, _connection: Any, _cursor: Any, _sql: str, _values: Any, context: Any, _many: bool
    ) -> None:
        if context is not None:
            context.__dict__[_BEGUN] = perf_counter_ns()

    def _ended(
        self, _connection: Any, _cursor: Any, sql: str, _values: Any, context: Any, _many: bool
    ) -> None:
        # Taken away: what fails later, such as reading the result, is no second run.
        begun = context.__dict__.pop(_BEGUN, None) if context is not None else None
        if begun is not None:
            self._note(sql, perf_counter_ns() - begun, failed=False)

    def _failed(self, error: ExceptionContext) -> None:
        context = error.execution_context
        begun = context.__dict__.pop(_BEGUN, None) if context is not None else None
        if begun is not None and error.statement is not None:
            self._note(error.statement, perf_counter_ns() - begun, failed=True)

    def _note(self, sql: str, nanoseconds: int, *, failed: bool) -> None:
        statement = self._named.get(sql) or self._name(sql)
        microseconds = nanoseconds // 1000
        slow = microseconds >= self._slow
        work = current_work()
        place = find_place() if slow else ""
        with self._lock:
            self._all.note(microseconds, slow=slow, failed=failed)
            tally = self._tallies.get(statement.id) or self._begin_tally(statement)
            if tally is None:
                self._left_out += 1
            elif tally.note(microseconds, slow=slow, failed=failed):
                tally.told["endpoint"] = work.endpoint if work else BACKGROUND
                tally.told["place"] = place
        if work is not None:
            work.count(statement, self.repeated_after, self)
        self._folding.start()

    def _begin_tally(self, statement: Statement) -> Tally | None:
        if len(self._tallies) >= self._kept:
            return None
        tally = self._tallies[statement.id] = Tally({"text": statement.text})
        return tally

    def _name(self, sql: str) -> Statement:
        statement = name_statement(sql)
        if len(sql) <= _NAMED_UP_TO:
            if len(self._named) >= _NAMED:
                self._named = {}
            self._named[sql] = statement
        return statement

    def note_repeat(self, endpoint: str, statement: Statement, runs: int, place: str) -> None:
        """A statement was run that often for one request or task: N+1, as it is called."""
        name = f"{endpoint} {statement.id}"
        told = {"endpoint": endpoint, "id": statement.id, "text": statement.text, "place": place}
        new = repeat_record(runs, told)
        with self._lock:
            first = name not in self._warned and len(self._warned) < self._kept
            if first:
                self._warned.add(name)
            old = self._repeats.get(name)
            if old is not None:
                _add(old, new)
            elif len(self._repeats) < self._kept:
                self._repeats[name] = new
        if first:
            logger.warning(
                "%s ran a statement %d times at %s: %.200s", endpoint, runs, place, statement.text
            )

    def fold(self) -> bool:
        """Hand on what was counted; False when it has to be kept and sent again."""
        with self._fold_lock:
            batch = self._unsent or self._take()
            if batch is None:
                return True
            self._unsent = batch
            try:
                self.ledger.add(batch)
            except LedgerUnavailable:
                return False
            self._unsent = None
        return True

    def _take(self) -> Batch | None:
        with self._lock:
            if not self._all.runs and not self._repeats:
                return None
            tallies, repeats, total = self._tallies, self._repeats, self._all.record()
            total["sums"]["left_out"] = self._left_out
            self._begin()
        self._number += 1
        statements = {name: tally.record() for name, tally in tallies.items()}
        return Batch(self._process, self._number, statements, repeats, {"all": total})


def _add(old: dict[str, Any], new: dict[str, Any]) -> None:
    for name, amount in new["sums"].items():
        old["sums"][name] += amount
    old["seen"] = new["seen"]
    if new["worst"] > old["worst"]:
        old["worst"], old["told"] = new["worst"], new["told"]
