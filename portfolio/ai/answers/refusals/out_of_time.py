"""Years and places in which a job was not."""

import re

from ...lexical import fold
from ..answer import Answer
from ..book.items import Item
from ..language.words import words_of
from ..questions.naming import group_of
from ..questions.reading import Question
from ..replies import describe, listed, refusal
from ..work.jobs_held import is_active

_PLACES = ("work", "volunteer", "education")
_SHIFTED = (
    r"\b(?:before|after|until|till|by|since|from|prior to|between|earlier|later) "
    r"(?:\w+ )?(?:19|20)\d\d\b"
)
_THERE = (
    r"\b(?:employed|hired|join(?:ed)?|leave|left|still|stud(?:y|ied)|"
    r"work(?:ed|ing|s)? (?:for|at|on)|"
    r"(?:was|were|is|been|be) (?:she |he |they |you |\w+ )?(?:still )?(?:at|with)|"
    r"what (?:did|was|were) (?:she|he|they|you|\w+) (?:do|doing|building|working|up to))\b"
)
"""Asks of the job itself, and not of what became of it."""


def refuse_out_of_time(question: Question) -> Answer | None:
    """A refusal if it is asked of a job in a year or a place in which it was not."""
    named = [[i for i in one.items if i.type in _PLACES] for one in question.mentions]
    if not all(named):
        return None
    jobs = [item for items in named for item in items]
    dated = [job for job in jobs if job.start]
    if dated and question.years and not question.matches(_SHIFTED) and _is_out(question, dated):
        said = listed([describe(job) for job in dated])
        return refusal(f"Not according to the portfolio, which says: {said.text}", said.citations)
    return _elsewhere(question, [job for job in jobs if job.text("/location")])


def _is_out(question: Question, jobs: list[Item]) -> bool:
    if any(is_active(job, year) for job in jobs for year in question.years):
        return False
    if question.matches(_THERE):
        return True
    group = group_of(question, jobs)
    return not any(
        is_active(item, year) or str(year) in sentence.text
        for year in question.years
        for item in group
        for sentence in item.sentences
    )


def _elsewhere(question: Question, jobs: list[Item]) -> Answer | None:
    """A refusal if it places a job where the portfolio places another."""
    named = {w for one in question.mentions for w in question.words[one.start : one.end]}
    if not jobs or question.matches(r"\bthan\b"):
        return None
    for match in re.finditer(r"\b(?:in|near) (\w+)\b", question.plain):
        place = match[1]
        if place not in question.book.places or place in named:
            continue
        if not any(place in _words(item) for item in group_of(question, jobs)):
            where = [job.cite("/location") for job in jobs[:2]]
            said = "; ".join(f"{job.name}, {job.text('/location')}" for job in jobs[:2])
            return refusal(f"The portfolio does not say that. It says: {said}.", where)
    return None


def _words(item: Item) -> frozenset[str]:
    return frozenset(fold(word) for one in item.sentences for word in words_of(one.text))
