"""Keeping the sums of visits true: what is new is added, and days are summed anew on request.

The day that goes on is added to. A day that is over is summed anew from its events, once when it
ends and again when a late event comes or something is erased: `visitor_recounts` names such days.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask import current_app
from sqlalchemy import Connection, Row, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert as insert_or_leave

from portfolio.extensions import db
from portfolio.models import VisitorEvent, VisitorRecount, VisitorRollup, VisitorSession
from portfolio.queries.work import a_part
from portfolio.services.locks import held_alone
from portfolio.services.visits.sums import add_events, forget_minutes, sum_anew, sum_sessions
from portfolio.services.visits.writing import settled_number

AT_ONCE = 20_000
"""Events that are added in one transaction."""
_MINUTES_KEPT = timedelta(minutes=45)
"""More than is shown, since processes on other machines have clocks of their own."""
_ALONE = 7_013_003
_NEW_DAYS = text("""
SELECT DISTINCT CAST(at AT TIME ZONE 'UTC' AS date) AS day FROM visitor_events
WHERE number > :after AND number <= :upto
""")

Progress = Callable[[int, int], None]
"""Is told how many days of how many have been summed anew."""


@dataclass(frozen=True)
class _Run:
    """One run: when it is, and when the rest is left to the next run."""

    now: datetime
    end: float

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def recent(self) -> datetime:
        """From when on sums of single minutes are kept."""
        return self.now - _MINUTES_KEPT

    @property
    def begin(self) -> datetime:
        """Of today."""
        return datetime.combine(self.today, datetime.min.time(), UTC)

    @property
    def first_kept(self) -> date:
        """Of earlier days events are missing: their sums stay as they are."""
        return self.today - timedelta(days=current_app.config["VISITOR_DAYS"])

    def goes_on(self) -> bool:
        return time.monotonic() < self.end


def roll_up(
    now: datetime | None = None,
    *,
    rebuild: bool = False,
    longest: float = float("inf"),
    progress: Progress = lambda _done, _of: None,
) -> dict[str, int] | None:
    """Bring the sums up to date; one process at a time does it.

    What was done is kept whenever it ends, and what was not is there for the next run.

    Args:
        rebuild: sum every day anew of which there are events.
        longest: seconds after which the rest is left to the next run.

    Returns:
        how many events were new, and how many days were summed anew; None if another is at it.
    """
    run = _Run(now or datetime.now(UTC), time.monotonic() + longest)
    with held_alone(_ALONE) as alone:
        if not alone:
            return None
        settled = settled_number()
        if rebuild:
            _name_all_days(run, settled)
        events = 0
        while run.goes_on() and (added := _add_some(run, settled)):
            events += added
        return {"events": events, "days": _sum_named_days(run, progress)}


@contextmanager
def _held() -> Iterator[tuple[Connection, Row[tuple[int, int, date]]]]:
    """A transaction that alone changes the sums, whatever became of the lock around it."""
    table = VisitorRollup.__table__
    with db.engine.begin() as connection:
        made = insert_or_leave(VisitorRollup).values(id=1, number=0, open_day=date(1970, 1, 1))
        connection.execute(made.on_conflict_do_nothing())
        yield connection, connection.execute(select(table).with_for_update()).one()


def _name_all_days(run: _Run, settled: int) -> None:
    with _held() as (connection, _state):
        # Sessions of a day are forgotten before its events: what has sessions is whole.
        kept = connection.scalar(select(func.min(VisitorSession.day)))
        first = max(kept or run.today, run.first_kept)
        days = [first + timedelta(days=number) for number in range((run.today - first).days + 1)]
        _name(connection, days)
        connection.execute(update(VisitorRollup).values(number=settled, open_day=run.today))


def _add_some(run: _Run, settled: int) -> int:
    """Add the next events, and name the days that are over to which some of them belong."""
    with a_part(), _held() as (connection, state):
        named = [state.open_day] if run.first_kept <= state.open_day < run.today else []
        numbers = (
            select(VisitorEvent.number)
            .where(VisitorEvent.number > state.number, VisitorEvent.number <= settled)
            .order_by(VisitorEvent.number)
            .limit(AT_ONCE)
            .subquery()
        )
        count, upto = connection.execute(select(func.count(), func.max(numbers.c.number))).one()
        if count:
            chosen = {"after": state.number, "upto": upto}
            days = connection.scalars(_NEW_DAYS, chosen).all()
            add_events(connection, state.number, upto, run.begin, run.recent)
            named += [day for day in days if day < run.today]
            for day in days:
                if day >= run.today:
                    sum_sessions(connection, day)
        _name(connection, named)
        forget_minutes(connection, run.recent)
        values = {"number": upto or state.number, "open_day": max(run.today, state.open_day)}
        connection.execute(update(VisitorRollup).values(values))
        return int(count)


def _name(connection: Connection, days: list[date]) -> None:
    if days:
        naming = insert_or_leave(VisitorRecount).on_conflict_do_nothing()
        connection.execute(naming, [{"day": day} for day in days])


def _sum_named_days(run: _Run, progress: Progress) -> int:
    with db.engine.begin() as connection:
        # The latest first: what happens now lacks the newest events until today is summed anew.
        latest = VisitorRecount.day.desc()
        days = connection.scalars(select(VisitorRecount.day).order_by(latest)).all()
    for done, day in enumerate(days):
        if not run.goes_on():
            return done
        progress(done, len(days))
        with a_part(), _held() as (connection, state):
            # Before anything is read: who erases waits for the end, or is waited for.
            connection.execute(delete(VisitorRecount).where(VisitorRecount.day == day))
            if day >= run.first_kept:
                sum_anew(connection, day, state.number, run.recent, over=day < run.today)
    progress(len(days), len(days))
    return len(days)
