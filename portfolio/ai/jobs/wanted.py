"""Whether a sentence wants a skill, would like it, or does not want it."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from portfolio.ai.jobs.description import Level
from portfolio.ai.jobs.links import Link, link_of
from portfolio.ai.jobs.markers import Marker, Side, find_markers
from portfolio.ai.skills.concepts import Category, Skill

_CLAUSE = re.compile(
    r";|[()]|\s[-\u2013\u2014]\s"
    r"|\s*\b(?:(?<!anything )(?<!everything )(?<!nothing )(?<!all )but(?! also)|though|although"
    r"|however|whereas|while)\b"
    r"|[.!?](?=\s)|,\s(?=(?:we|you|it|they)\b)",
    re.IGNORECASE,
)
# What may stand before a phrase that is about the skill before it, such as `but it is not needed`.
_SAME_SUBJECT = re.compile(
    r"(?:[\s,:\u2013-]|\b(?:it|this|that|these|those|they|them|is|are|be|was|also|but|though"
    r"|however"
    r"|although|knowledge|experience|skills?|familiarity|exposure|here|really|currently|strictly"
    r"|definitely|at|all|which|by|no|means|expertise|proficiency|prior|previous|wissen|erfahrung"
    r"|kenntnisse|aber|jedoch)\b)*",
    re.IGNORECASE,
)
# `no programming in Java necessary`: all of it is not.
_NO_NEED = re.compile(
    r"\b(?:no|not any|keine?|keinerlei)\b[^,;.()]{1,60}?\b(?:necessary|needed|required|expected"
    r"|wanted|n\u00f6tig|notwendig|erforderlich|gefragt)\b",
    re.IGNORECASE,
)
_OWN_HEAD = re.compile(
    r",\s(?:and |sowie )?(?:\w+ ){0,2}?(?:knowledge|experience|familiarity|exposure|proficiency"
    r"|\w*kenntnisse|erfahrung(?:en)?)\s(?:of|in|with|mit)\b",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"\b(?:knowledge|experience|familiarity|exposure|proficiency|\w*kenntnisse|erfahrung(?:en)?)\b",
    re.IGNORECASE,
)
_OF_THAT = re.compile(r"\b(?:it|them|that|those|this)$", re.IGNORECASE)
_ADJACENT = frozenset({"zero", "-free"})
_BUT = re.compile(r"\b(?:but|though|although|however)\s*$", re.IGNORECASE)
_LONGEST_BUT = 12
_OR_BEHIND = re.compile(r"[^()]{0,20}\)\s*,?\s*or\b")
_REACH = 60
"""How far before a skill a `no` may stand, in characters."""


def judge_skills(
    text: str, start: int, end: int, skills: Sequence[Skill], default: Level
) -> list[Level | None]:
    """The level of each skill of a sentence; None for one that is not wanted."""
    levels: list[Level | None] = [default] * len(skills)
    if not skills:
        return levels
    markers = [m for m in find_markers(text, start, end) if not _is_within(m, skills)]
    clauses = _cut_clauses(text, start, end)
    for number, (first, past) in enumerate(clauses):
        inside = [marker for marker in markers if first <= marker.start < past]
        own = [i for i, skill in enumerate(skills) if first <= skill.start < past]
        if own:
            _judge_clause(text, skills, own, inside, levels)
        elif inside and number:
            _judge_those_before(text, skills, first, inside, levels)
    return levels


def level_of_sentence(text: str, start: int, end: int, default: Level) -> Level:
    """The level that a sentence as a whole says first."""
    said = (marker.level for marker in find_markers(text, start, end))
    return next((level for level in said if level is not None), default)


def _is_within(marker: Marker, skills: Sequence[Skill]) -> bool:
    return any(skill.start <= marker.start < skill.end for skill in skills)


def _cut_clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start, *(match.end() for match in _CLAUSE.finditer(text, start, end)), end]
    return list(pairwise(cuts))


def _judge_clause(
    text: str,
    skills: Sequence[Skill],
    own: Sequence[int],
    markers: Sequence[Marker],
    levels: list[Level | None],
) -> None:
    """Positive phrases first: a `not` has the last word."""
    positive = [marker for marker in markers if marker.level is not None]
    for i in own:
        following = [m for m in positive if m.start >= skills[i].end][:1]
        preceding = [m for m in positive if m.end <= skills[i].start][-1:]
        if following and following[0].side is Side.BEFORE:
            if _reaches_back(text, skills, own, i, following[0], preceding):
                levels[i] = following[0].level
        elif preceding and preceding[0].side is Side.AFTER:
            levels[i] = preceding[0].level
    for marker in markers:
        if marker.level is None:
            for i in _unwanted(text, skills, own, marker):
                levels[i] = None


def _reaches_back(
    text: str,
    skills: Sequence[Skill],
    own: Sequence[int],
    i: int,
    marker: Marker,
    preceding: Sequence[Marker],
) -> bool:
    """`Python, Go is a plus` means Go alone; `Java or Go is a plus` and `Java, Go a plus` both."""
    last = max(k for k in own if skills[k].end <= marker.start)
    if _has_own_head(text, skills, own, i, last):
        return False
    if i == last or (preceding and preceding[0].side is Side.BEFORE):
        return True
    links = [link_of(text, skills[k], skills[k + 1]) for k in range(i, last)]
    singular = re.match(r"\s*(?:is|be)\b", text[marker.start : marker.end + 1]) is not None
    comma = text.rfind(",", skills[i].end, skills[last].start)
    if singular or text[skills[last].end : marker.start].strip().lower() in {"is", "would be"}:
        return links[-1] in {Link.OR, Link.AND, Link.SLASH} or comma < 0
    return True


def _has_own_head(
    text: str, skills: Sequence[Skill], own: Sequence[int], i: int, last: int
) -> bool:
    """`Knowledge of Python, knowledge of Go a plus`; `English fluent, German a plus`."""
    if i == last:
        return False
    gap = text[skills[i].end : skills[last].start]
    before = text[skills[own[0] - 1].end if own[0] else 0 : skills[i].start].rsplit("\n", 1)[-1]
    if _OWN_HEAD.search(gap) and _HEAD.search(before):
        return True
    return skills[i].category is Category.SPOKEN and re.match(r"\s[\w() ]+,", gap) is not None


def _unwanted(text: str, skills: Sequence[Skill], own: Sequence[int], marker: Marker) -> list[int]:
    if marker.side is Side.AFTER:
        starts = [skills[i].start for i in own]
        at = bisect_left(starts, marker.end)
        if (
            at == len(own)
            or starts[at] - marker.end > _REACH
            or "," in text[marker.end : starts[at]]
        ):
            return []
        if _is_apart(text, marker, skills[own[at]].start - marker.end - 1):
            return []
        if without := _NO_NEED.match(text, marker.start, skills[own[-1]].end + _REACH):
            return [i for i in own if marker.end <= skills[i].start < without.end()]
        return _run(text, skills, own[at], own[-1], 1)
    before = [i for i in own if skills[i].end <= marker.start]
    if not before or _is_apart(text, marker, marker.start - skills[before[-1]].end):
        return []
    return _run(text, skills, before[-1], own[0], -1)


def _is_apart(text: str, marker: Marker, gap: int) -> bool:
    """Whether it speaks only of what is right beside it, and nothing is."""
    return text[marker.start : marker.end].lower() in _ADJACENT and gap > 0


def _run(text: str, skills: Sequence[Skill], first: int, last: int, step: int) -> list[int]:
    """The skills that are listed with the first one; a comma counts if `or` or `and` follows."""
    run, commas = [first], []
    for i in range(first + step, last + step, step):
        link = link_of(text, skills[min(i, i - step)], skills[max(i, i - step)])
        if link is None:
            break
        if link is Link.COMMA and step > 0:
            commas.append(i)
        else:
            run += [*commas, i]
            commas = []
    return run


def _judge_those_before(
    text: str,
    skills: Sequence[Skill],
    clause: int,
    markers: Sequence[Marker],
    levels: list[Level | None],
) -> None:
    """A clause of its own without a skill: `(preferred)`, `but a plus`."""
    first = text.rfind(";", 0, clause - 1) + 1
    before = [i for i, skill in enumerate(skills) if first <= skill.start and skill.end <= clause]
    marker = markers[0]
    if not before:
        return
    is_in_brackets, is_behind_brackets = text[clause - 1] == "(", text[clause - 1] == ")"
    is_about_it = (
        _SAME_SUBJECT.fullmatch(text, clause, marker.start) is not None
        or _OF_THAT.search(text, marker.start, marker.end) is not None
    )
    if marker.level is None and not is_about_it:
        return
    if is_in_brackets:
        if _OR_BEHIND.match(text, marker.end) is None:
            levels[before[-1]] = marker.level
        return
    if marker.side is Side.AFTER:
        return
    if is_behind_brackets and is_about_it:
        before = _around_brackets(text, skills, before, clause)
        for i in before:
            levels[i] = marker.level
        return
    reached = {before[-1]}
    if marker.level is None and _BUT.search(text, max(0, clause - _LONGEST_BUT), clause):
        marker = marker._replace(level=Level.NICE_TO_HAVE)
        reached.update(_run(text, skills, before[-1], before[0], -1))
    for i in before:
        if marker.level is None and levels[i] is Level.NICE_TO_HAVE:
            continue
        if levels[i] is None or marker.level is None or i in reached:
            levels[i] = marker.level


def _around_brackets(
    text: str, skills: Sequence[Skill], before: Sequence[int], past: int
) -> list[int]:
    """What stands in the brackets that end there, and what they explain."""
    opening = text.rfind("(", 0, past)
    inside = [i for i in before if skills[i].start > opening]
    heads = [i for i in before if skills[i].end <= opening]
    return [*heads[-1:], *inside]
