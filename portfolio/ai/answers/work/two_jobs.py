"""Two employers compared: where somebody was first, and where longer."""

import re
from collections.abc import Sequence

from ..answer import Answer
from ..book.items import Item
from ..language.words import family
from ..questions.matching import best_matches
from ..questions.reading import Question
from ..replies import Part, describe, length, listed, months
from .job_words import JOB_WORDS

_PLACES = ("work", "volunteer", "education")
_WHETHER = r"^(?:and |so )?(?:is|was|were|has|had|have|did|does)\b"
_ORDERS = re.compile(r"\b(?:before|prior to|earlier than)\b")
_TURNED = re.compile(r"\b(?:after|later than|following)\b")
_FROM = r"\bfrom (?:\w+ )*to\b"
_LONGER = r"\b(?:longer|more time)\b"
_SHORTER = r"\b(?:shorter|less time)\b"
_WHICH_FIRST = r"\b(?:first|earlier|older)\b"
_WHICH_LAST = r"\b(?:last|later|second|newer)\b"
_WORDS = JOB_WORDS | family("earlier later longer shorter than more less come came move switch go")


def answer_two_jobs(question: Question) -> Answer | None:
    """Which of two came first or took longer, if the question asks for nothing else."""
    pair = _pair(question)
    if pair is None:
        return None
    one, other = pair
    if question.matches(f"{_LONGER}|{_SHORTER}"):
        return _by_length(question, one, other)
    if question.matches(_WHETHER):
        return _by_order(question, one, other)
    if question.matches(f"{_WHICH_FIRST}|{_WHICH_LAST}") and question.matches(r"\bor\b"):
        order = sorted(pair, key=_start, reverse=not question.matches(_WHICH_FIRST))
        return listed([describe(order[0][0]), describe(order[1][0])], f"{order[0][0].name}. ")
    return None


Jobs = Sequence[Item]


def _pair(question: Question) -> tuple[Jobs, Jobs] | None:
    """The two places that it names, or the one and another that its words describe."""
    named = [[i for i in one.items if i.type in _PLACES and i.start] for one in question.mentions]
    if not all(named) or not 0 < len(named) < 3:
        return None
    names = {word for jobs in named for job in jobs for word in job.name_roots}
    rest = [word for word in question.content if word not in _WORDS and word not in names]
    if len(named) == 2 and not rest:
        found = named
    elif len(named) == 1 and rest and question.matches(f"{_LONGER}|{_SHORTER}"):
        others = [work for work in question.book.of("work") if work not in named[0] and work.start]
        found = [named[0], best_matches(others, rest)]
    else:
        return None
    if not found[1] or len({jobs[0].name for jobs in found}) != 2:
        return None
    return found[0], found[1]


def _start(jobs: Jobs) -> str:
    return min(job.start for job in jobs)


def _by_length(question: Question, one: Jobs, other: Jobs) -> Answer:
    spent = [months(jobs, question.today) for jobs in (one, other)]
    is_longer = not question.matches(_SHORTER)
    if question.matches(_WHETHER):
        lead = "Yes. " if spent[0] != spent[1] and (spent[0] > spent[1]) is is_longer else "No. "
    else:
        first = (one, other)[(spent[0] < spent[1]) is is_longer]
        lead = f"{first[0].name}. " if spent[0] != spent[1] else ""
    parts = [_with_length(jobs, number) for jobs, number in zip((one, other), spent, strict=True)]
    return listed(parts, lead)


def _with_length(jobs: Jobs, number: int) -> Part:
    parts = [describe(job) for job in jobs]
    citations = tuple(citation for part in parts for citation in part.citations)
    return Part(f"{'; '.join(part.text for part in parts)}: {length(number)}", citations)


def _by_order(question: Question, one: Jobs, other: Jobs) -> Answer | None:
    places = [mention.start for mention in question.mentions]
    if question.matches(_FROM):
        turned = False
    else:
        words = " ".join(question.words[places[0] : places[1]])
        turned = _TURNED.search(words) is not None
        if not turned and not _ORDERS.search(words):
            return None
    first, then = (other, one) if turned else (one, other)
    parts = [describe(min(jobs, key=lambda job: job.start)) for jobs in (one, other)]
    if _start(first) >= max(job.start for job in then):
        return listed(parts, "No. ")
    between = [
        work for work in question.book.of("work") if _start(first) < work.start < _start(then)
    ]
    is_sure = not between and _start(first) < _start(then) and len({*one, *other}) == 2
    return listed(parts, "Yes. " if is_sure else "By the portfolio's dates: ")
