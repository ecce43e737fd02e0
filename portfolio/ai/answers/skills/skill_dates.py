"""When a skill was used: as sentences say it, else within the dates of jobs and projects."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ...skills.duration import count_months, months_of
from ...skills.finder import find_skills
from ..answer import Citation
from ..book.items import Item, Sentence
from ..questions.reading import Question
from ..replies import MONTHS, day
from .skill_use import skill_items

_MONTH = "|".join(MONTHS)
_DATE = rf"(?:(?P<month>{_MONTH}) )?(?P<year>(?:19[5-9]|20[0-9])\d)\b"
_BEGAN = re.compile(
    r"\b(?:introduc\w*|adopt\w*|(?:brought|bring) in|start\w*|beg[aiu]n|learn\w*|took up|"
    r"picked up)\b",
    re.IGNORECASE,
)
_IN = re.compile(rf"^(?: [\d.]+)?(?: \([^)]*\))?,? (?:in|since|from) {_DATE}")
_SINCE = re.compile(rf"^(?: [\d.]+)?,? since {_DATE}")
_UNTIL = re.compile(rf"^(?: [\d.]+)?,? (?:until|till) {_DATE}")
_GENERAL = ("/summary", "/description", "/position", "/technologies", "/keywords")


@dataclass(frozen=True)
class Use:
    """A skill in a job or project.

    Attributes:
        start, end: at most from and to; narrower than the item's where a sentence says so.
        throughout: whether it is told of the whole of it, and not of one thing that was done.
        began: since when sentences say that it was used; empty if they do not.
        said: these sentences.
    """

    item: Item
    start: str
    end: str
    throughout: bool
    began: str = ""
    said: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Dating:
    """What sentences say of a skill's dates in a group of a job and its projects."""

    began: str = ""
    ended: str = ""
    said: tuple[Citation, ...] = ()


def uses_of(question: Question, name: str) -> list[Use]:
    """Where a skill was used and between which dates at most, the earliest first."""
    uses = []
    for item in skill_items(question, name):
        dating = _dated(question, name, _together(question, item))
        start = max(item.start, dating.began)
        end = min(item.end or "9999", dating.ended or "9999")
        if start > end:
            start, end = item.start, item.end or "9999"
        last = "" if end == "9999" else end
        uses.append(
            Use(item, start, last, _is_throughout(question, name, item), dating.began, dating.said)
        )
    return sorted(uses, key=lambda use: use.start)


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


def _together(question: Question, item: Item) -> list[Item]:
    """The item, and the job that it belongs to with all that does."""
    groups = [question.book.group_of(work) for work in question.book.of("work")]
    return [item, *(member for group in groups if item in group for member in group)]


def _is_throughout(question: Question, name: str, item: Item) -> bool:
    fields = {
        place.mark.field
        for place in question.book.skills.get(name, ())
        if place.item is item and not place.denied
    }
    general = any(field.startswith(_GENERAL) for field in fields)
    return general or len(fields) > 1


def _dated(question: Question, name: str, items: Iterable[Item]) -> Dating:
    began, ended, said = "", "", []
    for item in dict.fromkeys(items):
        for place in question.book.skills.get(name, ()):
            if place.item is not item or place.denied:
                continue
            for sentence in question.book.sentences_at(
                item.type, item.document.id, place.mark.field
            ):
                if sentence.mark != place.mark or not sentence.prose:
                    continue
                first, last = _dates_in(question, name, sentence)
                if first or last:
                    began = min(filter(None, (began, first)), default="")
                    ended = max(ended, last)
                    said.append(sentence.cite(0.95))
    return Dating(began, ended, tuple(said))


def _dates_in(question: Question, name: str, sentence: Sentence) -> tuple[str, str]:
    """From when and until when a sentence says that a skill was used."""
    for skill in find_skills(sentence.text, question.book.vocabulary):
        if skill.name != name:
            continue
        before, after = sentence.text[: skill.start], sentence.text[skill.end :]
        left = _UNTIL.search(after)
        if left:
            return "", _date(left)
        began = _SINCE.search(after) or (_IN.search(after) if _BEGAN.search(before) else None)
        if began:
            return _date(began), ""
    return "", ""


def _date(match: re.Match[str]) -> str:
    if match["month"]:
        return f"{match['year']}-{MONTHS.index(match['month']) + 1:02}"
    return match["year"]
