"""When a skill was used: as sentences say it, else within the dates of jobs and projects."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ...shown.places import Place
from ...skills.duration import count_months, months_of
from ..answer import Citation
from ..book.items import Item
from ..questions.reading import Question
from ..replies import day
from .skill_use import SHOWN, evidence


@dataclass(frozen=True)
class Use:
    """A skill in a job or project.

    Attributes:
        start, end: at most from and to; narrower than the item's where a sentence says so.
        throughout: whether it is told of the whole of it, and not of one thing that was done.
        began: since when sentences say that it was used; empty if they do not.
        said: these sentences.
        shown: the first place that shows it there.
    """

    item: Item
    start: str
    end: str
    throughout: bool
    began: str
    said: tuple[Citation, ...]
    shown: tuple[Citation, ...]


def uses_of(question: Question, name: str) -> list[Use]:
    """Where a skill was used and between which dates at most, the earliest first.

    They are those of a comparison with a job, so that both tell the same years.
    """
    uses = []
    for use in question.book.shown.uses_of(name):
        item = question.book.item(use.document.type, use.document.id)
        if item is not None:
            said, shown = _cite(question, use.said, 0.95), _cite(question, use.places[:1], 0.9)
            uses.append(Use(item, use.start, use.end, use.throughout, use.began, said, shown))
    return uses


def shown_by(question: Question, name: str, uses: Iterable[Use]) -> list[Citation]:
    """What shows a skill: its own places first, then those of what it follows from."""
    places = (place for use in uses for place in use.shown)
    return list(dict.fromkeys([*evidence(question, name), *places]))[: SHOWN + 1]


def at_most(uses: Iterable[Use], today: date) -> int:
    """The months in which it may have been used."""
    spans = [months_of(use.start or None, use.end or None, today) for use in uses]
    return count_months(span for span in spans if span is not None)


def at_least(uses: Iterable[Use], today: date) -> int:
    """The months of jobs and projects of which it is told as a whole."""
    return at_most((use for use in uses if use.throughout), today)


def dates_of(use: Use, which: str = "first") -> str:
    """Between which dates at most, or since when by the portfolio's own sentence.

    Args:
        which: whether it is the first or the last use.
    """
    if use.began and which == "first":
        quotes = " ".join(f"“{citation.quote}”" for citation in use.said)
        return f"since {day(use.began)} ({use.item.name}), as it says: {quotes}"
    kind = "a project" if use.item.type == "project" else "a job"
    until = day(use.item.end) if use.item.end else "today"
    return f"{which} in {kind} dated {day(use.item.start)} to {until} ({use.item.name})"


def said_of_year(question: Question, name: str, year: int) -> list[Citation]:
    """The sentences that say of a skill that it was taken up in that year."""
    return [
        citation
        for use in uses_of(question, name)
        if use.began.startswith(str(year))
        for citation in use.said
    ]


def _cite(question: Question, places: Iterable[Place], score: float) -> tuple[Citation, ...]:
    found = ((question.book.item(place.source_type, place.source_id), place) for place in places)
    return tuple(
        item.cite(place.field, score, (place.start, place.end)) for item, place in found if item
    )
