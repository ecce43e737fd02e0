"""Which skills of a sentence are an either/or."""

import re
from collections.abc import Sequence
from itertools import pairwise

from portfolio.ai.jobs.links import Link, link_of
from portfolio.ai.skills.concepts import Skill
from portfolio.ai.skills.vocabulary import Vocabulary

_ONE_OF = re.compile(
    r"\b(?:one|any) (?:or more )?(?:\w+ ){0,4}?of\b(?:\s*(?:the|these|following|languages|are|:"
    r"|\w+)){0,5}\s*:?\s*$"
    r"|\bor:\s*$",
    re.IGNORECASE,
)
_SUCH_AS = re.compile(
    r"(?:such as|\be\.?g\.?,?|\blike|for example|for instance|z\.\s?b\.)\s*:?\s*$", re.IGNORECASE
)
_BEFORE = 60


def find_choices(
    text: str, start: int, skills: Sequence[Skill], vocabulary: Vocabulary
) -> list[range]:
    """Runs of neighbours of which one will do, as indices; a sentence begins at `start`."""
    links = [link_of(text, one, other) for one, other in pairwise(skills)]
    return [
        choice
        for run in _cut_runs(links, len(skills))
        for choice in _choices_of(text, start, skills, links, run, vocabulary)
    ]


def _cut_runs(links: Sequence[Link | None], count: int) -> list[range]:
    """Skills that are listed together."""
    runs, first = [], 0
    for i in range(count):
        if i == count - 1 or links[i] is None:
            runs.append(range(first, i + 1))
            first = i + 1
    return runs


def _choices_of(
    text: str,
    start: int,
    skills: Sequence[Skill],
    links: Sequence[Link | None],
    run: range,
    vocabulary: Vocabulary,
) -> list[range]:
    if len(run) < 2:
        return []
    lead = text[max(start, skills[run.start].start - _BEFORE) : skills[run.start].start]
    is_whole = _ONE_OF.search(lead) or _SUCH_AS.search(lead)
    if is_whole or links[run.start] is Link.SUCH_AS:
        return [run]
    choices, first = [], run.start
    for i in run:
        is_end = i == run.stop - 1 or links[i] in {Link.AND, Link.SUCH_AS}
        if is_end:
            choices += _within(skills, links, range(first, i + 1), vocabulary)
            first = i + 1
    return choices


def _within(
    skills: Sequence[Skill], links: Sequence[Link | None], part: range, vocabulary: Vocabulary
) -> list[range]:
    """A part between two `and`: all of it if it holds an `or`, else what slashes join."""
    inner = [links[i] for i in part[:-1]]
    if Link.OR in inner:
        return [part]
    choices, first = [], part.start
    for i in part:
        if i == part.stop - 1 or links[i] is not Link.SLASH or not _may_swap(skills, i, vocabulary):
            if i > first:
                choices.append(range(first, i + 1))
            first = i + 1
    return choices


def _may_swap(skills: Sequence[Skill], i: int, vocabulary: Vocabulary) -> bool:
    return vocabulary.are_alternatives(skills[i].name, skills[i + 1].name)
