"""How long skills were used, and when last, from dated work; months that overlap count once.

Dates are as in a résumé: a year, a year and a month, or a day. `today` comes from outside.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class DatedItem:
    """A job or project with its dates as written, and the skills used; without an end it lasts."""

    start: str | None
    end: str | None
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """Years of use, to a tenth, and the month of the last use as `2024-05`."""

    years: float
    last_used: str
    is_current: bool


def use_of_skills(items: Iterable[DatedItem], today: date) -> dict[str, Use]:
    """For each skill of an item that has a start; what begins after today is left out."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for item in items:
        span = months_of(item.start, item.end, today)
        if span is not None:
            for skill in item.skills:
                spans.setdefault(skill, []).append(span)
    return {skill: _to_use(own, today) for skill, own in sorted(spans.items())}


def total_years(items: Iterable[DatedItem], today: date) -> float:
    """Years with any of the items."""
    spans = [months_of(item.start, item.end, today) for item in items]
    return _years(count_months(span for span in spans if span is not None))


def months_of(start: str | None, end: str | None, today: date) -> tuple[int, int] | None:
    """The months from first to last, both included, counted from the year 0; None if undated.

    A bare year begins in January and ends in December; nothing lasts longer than until today.
    """
    if not start:
        return None
    now = today.year * _MONTHS + today.month - 1
    first = _month(start, in_doubt=0)
    last = min(_month(end, in_doubt=_MONTHS - 1) if end else now, now)
    return (first, last) if first <= last else None


def count_months(spans: Iterable[tuple[int, int]]) -> int:
    """Months in any of the spans, each once."""
    total, reached = 0, -1
    for first, last in sorted(spans):
        total += max(0, last - max(first, reached + 1) + 1)
        reached = max(reached, last)
    return total


def _month(written: str, in_doubt: int) -> int:
    parts = written.split("-")
    month = int(parts[1]) - 1 if len(parts) > 1 else in_doubt
    return int(parts[0]) * _MONTHS + month


def _to_use(spans: Iterable[tuple[int, int]], today: date) -> Use:
    spans = list(spans)
    last = max(span[1] for span in spans)
    is_current = last == today.year * _MONTHS + today.month - 1
    year, month = divmod(last, _MONTHS)
    return Use(_years(count_months(spans)), f"{year:04d}-{month + 1:02d}", is_current)


def _years(months: int) -> float:
    return round(months / _MONTHS, 1)
