"""What a thread is at: the request, task or command that its statements are run for."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Protocol

from portfolio.queries.statement import Statement

BACKGROUND = "background"
"""Where statements come from that belong to no request, task or command."""
STATEMENTS_KEPT = 1_000
"""Different statements of one piece of work that are counted."""

_PACKAGE = str(Path(__file__).parents[1])
_PROJECT = str(Path(__file__).parents[2])
_OWN = str(Path(__file__).parent)


class NotesRepeats(Protocol):
    """Who is told in the end of what was repeated."""

    def note_repeat(self, endpoint: str, statement: Statement, runs: int, place: str) -> None:
        """A statement was run that often for one piece of work."""


class Work:
    """One request, task or command, and how often it ran each statement.

    Attributes:
        endpoint: what asks: method and rule of a request, the name of a task or command.
    """

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self._runs: dict[str, int] = {}
        self._repeats: dict[str, tuple[NotesRepeats, Statement, str]] = {}

    def count(self, statement: Statement, limit: int, noter: NotesRepeats) -> None:
        """Note a run. The place in the code is looked for once: at the first run too many."""
        runs = self._runs.get(statement.id, 0) + 1
        if runs > 1 or len(self._runs) < STATEMENTS_KEPT:
            self._runs[statement.id] = runs
        if runs == limit + 1 and statement.reads_rows:
            self._repeats[statement.id] = (noter, statement, find_place())

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """This thread is at it."""
        outer = _current.get()
        _current.set(self)
        try:
            yield
        finally:
            _current.set(outer)

    def end(self) -> None:
        """Tell what was repeated."""
        for number, (noter, statement, place) in self._repeats.items():
            noter.note_repeat(self.endpoint, statement, self._runs[number], place)
        self._repeats.clear()


_current: ContextVar[Work | None] = ContextVar("portfolio_work", default=None)
current_work = _current.get
"""What this thread is at, if anything."""


@contextmanager
def watched(endpoint: str) -> Iterator[Work]:
    """One piece of work, from its begin to its end."""
    work = Work(endpoint)
    try:
        with work.going_on():
            yield work
    finally:
        work.end()


@contextmanager
def a_part() -> Iterator[None]:
    """One of many turns of the work: what each of them runs is no repetition of the others'."""
    whole = _current.get()
    if whole is None:
        yield
        return
    with watched(whole.endpoint):
        yield


def find_place() -> str:
    """File and line of the innermost code of this project that is running; empty if none is."""
    frame = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        if _is_ours(name):
            return f"{name.removeprefix(_PROJECT).lstrip('/')}:{frame.f_lineno}"
        if frame.f_back is None:
            break
        frame = frame.f_back
    return ""


def _is_ours(file: str) -> bool:
    if not file.startswith(_PROJECT) or file.startswith(_OWN):
        return False
    return file.startswith(_PACKAGE) or "site-packages" not in file
