"""Cutting a sentence into single requirements."""

import re
from collections.abc import Iterator, Sequence

from portfolio.ai.jobs.choices import Choice
from portfolio.ai.jobs.description import Level, Requirement
from portfolio.ai.jobs.links import link_of
from portfolio.ai.skills.concepts import Category, Skill

_CUT = re.compile(
    r"[,;(]|\s[-\u2013\u2014]\s(?!\d)|[.!?](?=\s)|\b(?:and(?! a half)|but|und"
    r"|or(?! (?:more|mehr)\b)|as well as)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s?\([^()]*\)")
_EDGES = " \t\n\u00a0,;:.()*_`&/|-\u2013\u2014"


def cut_items(
    text: str,
    start: int,
    end: int,
    judged: Sequence[tuple[Skill, Level | None]],
    choices: Sequence[Choice],
) -> tuple[list[Requirement], list[Skill]]:
    """The requirements of a sentence in order, and the skills that it does not want.

    `judged` are its skills with their levels, None for one that is not wanted; `choices` are the
    either/or lists among them.
    """
    skills = [skill for skill, _ in judged]
    levels = [level for _, level in judged]
    groups = list(_group(text, skills, levels, [choice.members for choice in choices]))
    chosen = {choice.members: choice for choice in choices}
    bounds = _bounds(text, start, end, skills, groups)
    requirements: list[Requirement] = []
    excluded: list[Skill] = []
    for group, (first, past) in zip(groups, bounds, strict=True):
        level = levels[group.start]
        members = skills[group.start : group.stop]
        if level is None:
            excluded += members
        else:
            requirements.append(
                _to_requirement(text, first, past, level, members, chosen.get(group))
            )
    return requirements, excluded


def _group(
    text: str,
    skills: Sequence[Skill],
    levels: Sequence[Level | None],
    choices: Sequence[range],
) -> Iterator[range]:
    """Neighbours of one requirement: an either/or, or what no list and no level divides."""
    first = 0
    for i in range(len(skills)):
        if i + 1 == len(skills) or _divides(text, skills, levels, choices, i):
            yield range(first, i + 1)
            first = i + 1


def _divides(
    text: str,
    skills: Sequence[Skill],
    levels: Sequence[Level | None],
    choices: Sequence[range],
    i: int,
) -> bool:
    """Whether a requirement ends between this skill and the next."""
    one, other = skills[i], skills[i + 1]
    if levels[i] != levels[i + 1]:
        return True
    if any(i in choice and i + 1 in choice for choice in choices):
        return False
    if any(i in choice or i + 1 in choice for choice in choices):
        return True
    if link_of(text, one, other) is not None:
        return True
    return _CUT.search(text, one.end, other.start) is not None


def _bounds(
    text: str, start: int, end: int, skills: Sequence[Skill], groups: Sequence[range]
) -> list[tuple[int, int]]:
    """Where each group's text begins and ends: cut at the first sign between two groups."""
    bounds = []
    for number, group in enumerate(groups):
        past = end
        following = end
        if number + 1 < len(groups):
            last, upcoming = skills[group.stop - 1], skills[groups[number + 1].start]
            past, following = _cut_between(text, last.end, upcoming.start)
        bounds.append(_trim(text, start, past))
        start = following
    return bounds


def _cut_between(text: str, start: int, end: int) -> tuple[int, int]:
    aside = _ASIDE.match(text, start, end)
    start = aside.end() if aside else start
    match = _CUT.search(text, start, end)
    if match is None:
        slash = max(text.find("/", start, end), text.find("|", start, end))
        return (slash, slash + 1) if slash >= 0 else (start, end)
    past = match.end()
    while following := _CUT.match(text, past + (text[past : past + 1] == " "), end):
        past = following.end()
    return match.start(), past


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        if text[end - 1] == ")" and "(" in text[start:end]:
            break
        end -= 1
    return start, end


def _to_requirement(
    text: str,
    start: int,
    end: int,
    level: Level,
    skills: Sequence[Skill],
    choice: Choice | None,
) -> Requirement:
    start, end = min(start, skills[0].start), max(end, skills[-1].end)
    return Requirement(
        text[start:end],
        start,
        end,
        level,
        tuple(skill for skill in skills if skill.category is not Category.SOFT),
        tuple(skill for skill in skills if skill.category is Category.SOFT),
        any_of=choice is not None,
        at_least=choice.at_least if choice else 1,
        alternatives=_alternatives(skills, choice) if choice else (),
    )


def _alternatives(skills: Sequence[Skill], choice: Choice) -> tuple[tuple[str, ...], ...]:
    """Their names, if one of them is several skills."""
    if all(len(bundle) == 1 for bundle in choice.bundles):
        return ()
    first = choice.members.start
    return tuple(
        tuple(skill.name for skill in skills[bundle.start - first : bundle.stop - first])
        for bundle in choice.bundles
    )
