"""The jobs after the studies, before a profession, beside another, and until another began."""

from collections.abc import Sequence
from dataclasses import replace

from ..answer import Answer
from ..book.items import Item
from ..language.words import roots
from ..questions.matching import covers
from ..questions.reading import Question
from ..replies import describe, listed

_JUST = 2
"""Months between two jobs that follow each other."""


def before_becoming(works: Sequence[Item], profession: Sequence[str]) -> Answer | None:
    """The jobs before the first one of a profession."""
    own = [
        work
        for work in works
        if any(covers(frozenset(roots(work.text("/position"))), word) for word in profession)
    ]
    if not own:
        return None
    first = min(work.start for work in own)
    found = [work for work in works if work.start < first and work not in own]
    return listed([describe(work) for work in found]) if found else None


def after_studies(question: Question) -> Answer | None:
    """The first job since the first degree, or else the first of all."""
    works = sorted((work for work in question.book.of("work") if work.start), key=_beginning)
    ends = sorted(item.end[:7] for item in question.book.of("education") if item.end)
    since = [work for work in works if ends and work.start[:7] >= ends[0]]
    return listed([describe(work) for work in (since or works)[:1]]) if works else None


def at_the_same_time(meant: Sequence[Item], works: Sequence[Item], lead: str) -> Answer | None:
    """The other jobs that somebody had meanwhile."""
    beside = [
        work
        for work in works
        if work not in meant
        and any(
            work.start <= (own.end or "9999") and own.start <= (work.end or "9999") for own in meant
        )
    ]
    if not beside:
        return None
    parts = [describe(work) for work in beside]
    said = listed([describe(own) for own in meant])
    answer = listed(parts, lead)
    text = f"{answer.text} At the same time: {said.text}"
    return replace(answer, text=text, citations=(*answer.citations, *said.citations))


def _beginning(work: Item) -> str:
    return work.start


def held_until(works: Sequence[Item], meant: Sequence[Item]) -> list[Item]:
    """The jobs that somebody had when these began, or had just left."""
    first = min(work.start for work in meant)
    return [
        work
        for work in works
        if work not in meant
        and "" < work.start < first
        and _month(first) - _month(work.end or first) <= _JUST
    ]


def _month(written: str) -> int:
    parts = written.split("-")
    return 12 * int(parts[0]) + (int(parts[1]) if len(parts) > 1 else 12)
