"""Which skills of a sentence are an either/or."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from portfolio.ai.jobs.leads import number_asked, number_behind
from portfolio.ai.jobs.links import Link, link_of
from portfolio.ai.skills.concepts import Category, Skill
from portfolio.ai.skills.vocabulary import Vocabulary

_EITHER = re.compile(r"\b(?:either|entweder)(?: \w+){0,2}\s*$", re.IGNORECASE)
_BULLET = re.compile(r"\n[ \t]*(?:[-*+\u2022\u00b7\u25aa\u25cf\u25e6o]|\(?\d{1,2}[.)])[ \t]+$")
_MORE = re.compile(r"\s*(?:[,/\n]|\b(?:or|and|oder|und)\b)", re.IGNORECASE)
_LIST_GOES_ON = re.compile(
    r"(?!.*\b(?:of|with|for|experience|knowledge|plus|as well as|but|you)\b)[^;.():]{0,40}"
    r"(?:,|/|\bor|\band|\boder|\bund)\s[^;.():]{0,30}",
    re.IGNORECASE,
)
_SUCH_AS = re.compile(
    r"(?:such as|\be\.?g\.?,?|\blike|for example|for instance|z\.\s?b\.)\s*:?\s*$", re.IGNORECASE
)
_OR_SIMILAR = re.compile(
    r"\s*,?\s*(?:\b(?:or|oder)\b|/)\s+(?:\w+ )?(?:similar|comparable|equivalents?|alike"
    r"|the like|others?|another|something|\u00e4hnlich\w*|vergleichbar\w*)\b",
    re.IGNORECASE,
)
_AND_SO_ON = re.compile(r",?\s*(?:etc\b|and others\b|o\.?\s?\u00e4\b|\u2026|\.\.\.)", re.IGNORECASE)
_ONE_IN_BRACKETS = re.compile(
    r"\b(?:an?|any|one|some|eine[mnrs]?)\s(?:[\w-]+\s){0,4}[\w-]+\s?\(\s?$", re.IGNORECASE
)
_OF_ANY_KIND = frozenset({Category.UNLISTED, Category.LEARNED})
_BEFORE = 60


class Choice(NamedTuple):
    """Neighbours of which some will do, as indices, and how many of them.

    Attributes:
        bundles: the alternatives, where one of them is more than one skill.
    """

    members: range
    at_least: int = 1
    bundles: tuple[range, ...] = ()


def find_choices(
    text: str, start: int, skills: Sequence[Skill], vocabulary: Vocabulary
) -> list[Choice]:
    """The either/or lists among the skills of a sentence that begins at `start`."""
    links = [link_of(text, one, other) for one, other in pairwise(skills)]
    choices: list[Choice] = []
    for run in _cut_runs(links, len(skills)):
        if choices and run.start < choices[-1].members.stop:
            continue
        lead = text[max(start, skills[run.start].start - _BEFORE) : skills[run.start].start]
        number = number_asked(_BULLET.sub("", lead) if "\n" in lead else lead)
        behind = number_behind(text, skills[run.stop - 1].end) if len(run) > 1 else None
        if behind is not None:
            choices.append(Choice(run, behind))
        elif number is not None:
            run = _whole_list(text, skills, run)
            if len(run) > 1 or (number > 1 and _MORE.match(text, skills[run.start].end)):
                choices.append(Choice(run, number, _by_bullet(text, skills, run)))
        else:
            either = _either(lead, links, run)
            found = _choices_of(text, skills, links, run, lead, vocabulary)
            choices += [either] if either else [Choice(members) for members in found]
    return choices


def _whole_list(text: str, skills: Sequence[Skill], run: range) -> range:
    """With those behind names that nobody knows, and behind bullets."""
    stop = run.stop
    while stop < len(skills):
        gap = text[skills[stop - 1].end : skills[stop].start]
        if _LIST_GOES_ON.fullmatch(gap) is None and "\n" not in gap:
            break
        stop += 1
    return range(run.start, stop)


def _by_bullet(text: str, skills: Sequence[Skill], run: range) -> tuple[range, ...]:
    """What stands in one bullet is one alternative, unless an `or` divides it."""
    bundles, first = [], run.start
    for i in run:
        is_end = i == run.stop - 1 or "\n" in text[skills[i].end : skills[i + 1].start]
        if is_end or link_of(text, skills[i], skills[i + 1]) in {Link.OR, Link.SLASH}:
            bundles.append(range(first, i + 1))
            first = i + 1
    return tuple(bundles) if "\n" in text[skills[run.start].start : skills[run[-1]].end] else ()


def _either(lead: str, links: Sequence[Link | None], run: range) -> Choice | None:
    """`Either A and B, or C and D` is a choice of two, each of them two skills."""
    own = links[run.start : run.stop - 1]
    if len(own) < 2 or own[0] is not Link.AND or Link.OR not in own or not _EITHER.search(lead):
        return None
    bundles, first = [], run.start
    for i in run:
        if i == run.stop - 1 or links[i] is Link.OR:
            bundles.append(range(first, i + 1))
            first = i + 1
    return Choice(run, 1, tuple(bundles))


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
    skills: Sequence[Skill],
    links: Sequence[Link | None],
    run: range,
    lead: str,
    vocabulary: Vocabulary,
) -> list[range]:
    if len(run) < 2:
        return []
    if (
        _SUCH_AS.search(lead)
        or links[run.start] is Link.SUCH_AS
        or _is_open_bracket(text, lead, skills, links, run)
    ):
        return [run]
    choices, first = [], run.start
    for i in run:
        is_end = i == run.stop - 1 or links[i] in {Link.AND, Link.SUCH_AS}
        if is_end:
            choices += _within(text, skills, links, range(first, i + 1), vocabulary)
            first = i + 1
    return choices


def _is_open_bracket(
    text: str, lead: str, skills: Sequence[Skill], links: Sequence[Link | None], run: range
) -> bool:
    """`a database (MySQL, Oracle)`, or brackets that end in `or similar`."""
    if not lead.rstrip().endswith("(") or Link.AND in links[run.start : run.stop - 1]:
        return False
    end = skills[run.stop - 1].end
    if _OR_SIMILAR.match(text, end) or _AND_SO_ON.match(text, end):
        return True
    return _ONE_IN_BRACKETS.search(lead) is not None


def _within(
    text: str,
    skills: Sequence[Skill],
    links: Sequence[Link | None],
    part: range,
    vocabulary: Vocabulary,
) -> list[range]:
    """The choices of a part between two `and`: what an `or` joins, else what slashes join."""
    choices: list[range] = []
    boundary = part.start
    for first, last in _joined(text, skills, links, part, vocabulary):
        start = _reach(text, skills, links, range(boundary, last + 1), first, part, vocabulary)
        if last > start:
            choices.append(range(start, last + 1))
        boundary = last + 1
    return choices


def _joined(
    text: str,
    skills: Sequence[Skill],
    links: Sequence[Link | None],
    part: range,
    vocabulary: Vocabulary,
) -> Iterator[tuple[int, int]]:
    """The first and last of those that an `or` or a slash joins, or that `or similar` follows."""
    first = part.start
    for i in part:
        is_end = i == part.stop - 1
        if not is_end and links[i] is Link.OR:
            continue
        if not is_end and links[i] is Link.SLASH and _may_swap(skills, i, vocabulary):
            continue
        if (
            not is_end
            and links[i] is Link.BAR
            and len(part) == 2
            and _may_swap(skills, i, vocabulary)
        ):
            continue
        if i > first or (is_end and i > part.start and _OR_SIMILAR.match(text, skills[i].end)):
            yield first, i
        first = i + 1


def _reach(
    text: str,
    skills: Sequence[Skill],
    links: Sequence[Link | None],
    before: range,
    first: int,
    part: range,
    vocabulary: Vocabulary,
) -> int:
    """Where the choice begins that `or` ends: `A, B or C` is of three, `A, B or C, D` of two."""
    if Link.OR not in links[first : before.stop - 1] and before.stop - 1 > first:
        return first
    is_last = before.stop == part.stop
    end = before.stop - 1
    is_comma_before_or = is_last and "," in text[skills[end - 1].end : skills[end].start]
    start = first
    while start > before.start and links[start - 1] is Link.COMMA:
        chosen = range(start, before.stop)
        if not is_comma_before_or and not any(
            _is_of_the_kind(skills[start - 1], skills[i], vocabulary, in_general=is_last)
            for i in chosen
        ):
            break
        start -= 1
    return start


def _is_of_the_kind(one: Skill, other: Skill, vocabulary: Vocabulary, *, in_general: bool) -> bool:
    """Whether one may stand for the other, or, in general, is of the same kind."""
    if vocabulary.are_alternatives(one.name, other.name):
        return True
    kinds = {one.category, other.category}
    return in_general and (len(kinds) == 1 or bool(kinds & _OF_ANY_KIND))


def _may_swap(skills: Sequence[Skill], i: int, vocabulary: Vocabulary) -> bool:
    return vocabulary.are_alternatives(skills[i].name, skills[i + 1].name)
