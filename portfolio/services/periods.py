"""From what is asked for to days, and to the moments at which they begin and end."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.exc import DataError

from portfolio.errors import Invalid
from portfolio.vocabulary import PERIOD_DAYS

USUAL_DAYS = 30


_QUARTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Stretch:
    """A part of a period in which a zone's clocks are ahead of UTC by the same time."""

    begin: datetime
    end: datetime
    ahead: timedelta


@dataclass(frozen=True)
class Period:
    """Days of a time zone, both ends included."""

    first: date
    last: date
    zone: str

    @property
    def begin(self) -> datetime:
        """When the first day begins."""
        return self._start_of(self.first)

    @property
    def end(self) -> datetime:
        """When the day after the last one begins."""
        return self._start_of(self.last + timedelta(days=1))

    def days(self) -> list[date]:
        """All of them."""
        count = (self.last - self.first).days + 1
        return [self.first + timedelta(days=number) for number in range(count)]

    def told(self) -> dict[str, Any]:
        """For answers."""
        return {"first_day": self.first, "last_day": self.last, "time_zone": self.zone}

    def stretches(self) -> list[Stretch]:
        """The whole of it, cut where clocks are put forward or back."""
        cuts = [self.begin]
        for day in self.days():
            begin, end = self._start_of(day), self._start_of(day + timedelta(days=1))
            if self._ahead(begin) != self._ahead(end):
                cuts.append(self._change_between(begin, end))
        ends = [*cuts[1:], self.end]
        return [
            Stretch(begin, end, self._ahead(begin)) for begin, end in zip(cuts, ends, strict=True)
        ]

    def _change_between(self, begin: datetime, end: datetime) -> datetime:
        moment = begin
        while moment < end and self._ahead(moment) == self._ahead(begin):
            moment += _QUARTER
        return moment

    def _ahead(self, moment: datetime) -> timedelta:
        return moment.astimezone(ZoneInfo(self.zone)).utcoffset() or timedelta()

    def _start_of(self, day: date) -> datetime:
        return datetime.combine(day, time.min, ZoneInfo(self.zone)).astimezone(UTC)


def choose_period(
    days: int | None = None,
    first: date | str | None = None,
    last: date | str | None = None,
    zone: str | None = None,
) -> Period:
    """The days that are asked for; two of the three say all, and by default the last one is today.

    Raises:
        Invalid: the first is after the last, there are too many, or not as many as `days` says.
    """
    zone = zone or "UTC"
    begin, end = _ends(_as_date(first), _as_date(last), days, datetime.now(ZoneInfo(zone)).date())
    if days and first and last and (end - begin).days + 1 != days:
        detail = "Input should be what `from` and `to` say, or be left out"
        raise Invalid([{"parameter": "days", "detail": detail}])
    if begin > end:
        raise Invalid([{"parameter": "from", "detail": "Input should not be after `to`"}])
    if (end - begin).days >= PERIOD_DAYS:
        detail = f"at most {PERIOD_DAYS} days can be asked for at a time"
        raise Invalid([{"parameter": "from", "detail": detail}])
    return Period(begin, end, zone)


@contextmanager
def in_known_zone() -> Iterator[None]:
    """Around a statement that uses a zone: the database's list is another, and may be older.

    Raises:
        Invalid: the zone is not in it.
    """
    try:
        yield
    except DataError:
        detail = "is no time zone that the database knows"
        raise Invalid([{"parameter": "time_zone", "detail": detail}]) from None


def _ends(
    first: date | None, last: date | None, days: int | None, today: date
) -> tuple[date, date]:
    if first is None:
        last = last or today
        return last - timedelta(days=(days or USUAL_DAYS) - 1), last
    if last is None:
        last = first + timedelta(days=days - 1) if days else max(first, today)
    return first, last


def _as_date(day: date | str | None) -> date | None:
    return date.fromisoformat(day) if isinstance(day, str) else day
