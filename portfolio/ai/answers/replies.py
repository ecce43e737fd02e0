"""Wording: short frames around what stands in the portfolio's fields, each part of it cited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ..shown.told_dates import MONTHS
from ..skills.duration import count_months, months_of
from .answer import Answer, AnswerKind, Citation
from .book.items import Item


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an answer with the places that it comes from."""

    text: str
    citations: tuple[Citation, ...]


def fact(text: str, citations: Iterable[Citation], confidence: float = 0.95) -> Answer:
    """An answer from fields."""
    return Answer(text, AnswerKind.FACT, tuple(dict.fromkeys(citations)), confidence)


def listed(parts: Sequence[Part], lead: str = "", confidence: float = 0.95) -> Answer:
    """An answer that names several things."""
    text = "; ".join(part.text for part in parts)
    citations = [citation for part in parts for citation in part.citations]
    return fact(f"{lead}{text}.", citations, confidence)


def refusal(text: str, nearest: Iterable[Citation] = ()) -> Answer:
    """The portfolio does not say it; what comes nearest is quoted."""
    return Answer(text, AnswerKind.REFUSAL, tuple(nearest), 0.0)


def day(written: str) -> str:
    """A date as it is said: 2023-07-01 and 2023-07 are both July 2023."""
    parts = written.split("-")
    return f"{MONTHS[int(parts[1]) - 1]} {parts[0]}" if len(parts) > 1 else parts[0]


def period(item: Item) -> str:
    """From when to when."""
    if not item.start:
        return f"until {day(item.end)}" if item.end else ""
    if len(item.date_fields) == 1 and not item.is_current:
        return day(item.start)
    return f"{day(item.start)} to {day(item.end)}" if item.end else f"since {day(item.start)}"


def months(items: Iterable[Item], today: date) -> int:
    """Months in any of the items' periods."""
    spans = [months_of(item.start or None, item.end or None, today) for item in items]
    return count_months(span for span in spans if span is not None)


def length(number: int) -> str:
    """Months in years and months."""
    years, rest = divmod(number, 12)
    parts = []
    if years:
        parts.append(f"{years} year{'s' if years > 1 else ''}")
    if rest or not parts:
        parts.append(f"{rest} month{'s' if rest != 1 else ''}")
    return " ".join(parts)


def describe(item: Item) -> Part:
    """An item in a line: what it is, where, when."""
    fields = _LINES[item.type]
    names = [pointer for pointer in fields if item.text(pointer).strip()]
    text = ", ".join(item.text(pointer) for pointer in names)
    when = period(item)
    text = f"{text} ({when})" if when and text else text or when
    return Part(text, item.cite_all(*names, *item.date_fields))


_LINES = {
    "profile": ("/name", "/label"),
    "social_profile": ("/network", "/username", "/url"),
    "work": ("/position", "/name"),
    "volunteer": ("/position", "/organization"),
    "education": ("/study_type", "/area", "/institution", "/score"),
    "award": ("/title", "/awarder"),
    "certificate": ("/name", "/issuer"),
    "publication": ("/name", "/publisher"),
    "skill": ("/name", "/level"),
    "language": ("/language", "/fluency"),
    "interest": ("/name",),
    "reference": ("/name",),
    "project": ("/title", "/entity"),
}
