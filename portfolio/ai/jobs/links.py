"""How two neighbouring skills of a sentence are listed: with a comma, `and`, `or` or a slash."""

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from portfolio.ai.skills.concepts import Category, Skill


class Link(Enum):
    COMMA = "comma"
    AND = "and"
    OR = "or"
    SLASH = "slash"
    BAR = "bar"
    SUCH_AS = "such as"


LONGEST = 60
_FILLER = (
    r"(?:\s*(?:a|an|the|some|good|solid|strong|basic|either|preferably|similar|equivalent|other|"
    r"(?:experience|knowledge|familiarity|proficiency|expertise|skills?|understanding)"
    r"(?: (?:with|in|of))?)\b){0,3}"
)
_VERSION = r"(?:\s?v?\.?\d{1,4}(?:\.[\dx]{1,3}){0,3}\+?)?"
_TAIL = (
    _VERSION
    + r"(?:\s*(?:skills|experience|databases?|programming|development|clusters?|services))?"
)
_SPACE = r"[\s*_`\"'\u201c\u201d]*"
_INSTEAD = (
    r"(?:,?\s(?:failing that|failing this|alternatively|otherwise|if not|else|even|maybe|perhaps"
    r"|possibly|at least|at a pinch),?)?"
)
_OR = re.compile(
    rf"{_TAIL}{_SPACE},?{_SPACE}\b(?:and/or|or|oder|nor)\b{_INSTEAD}"
    r"(?:\s?(?:at least |over )?\d{1,2}\+? (?:years?|yrs)\b\W?(?: (?:of|with|in)\b)?)?"
    rf"{_FILLER}{_SPACE}"
    rf"|{_TAIL}[,;]? (?:or )?(?:alternatively|otherwise|alternativ):?,?{_FILLER}{_SPACE}",
    re.IGNORECASE,
)
_AND = re.compile(
    rf"{_TAIL}{_SPACE},?{_SPACE}(?:\b(?:and|und|as well as|plus)\b|&|\+){_FILLER}{_SPACE}",
    re.IGNORECASE,
)
_COMMA = re.compile(
    rf"{_TAIL}{_SPACE}(?:[,|\u2022\u00b7]|\n[ \t]*(?:[-*+\u2022\u00b7\u25aa\u25cf\u25e6o]"
    rf"|\(?\d{{1,2}}[.)])[ \t]){_FILLER}{_SPACE}",
    re.IGNORECASE,
)
# `Django (or Flask)`, and what says behind a name that it will do as well.
_OR_IN_BRACKETS = re.compile(
    rf"{_TAIL}{_SPACE}[(\[]\s?(?:or|oder|alternatively)\b{_FILLER}{_SPACE}", re.IGNORECASE
)
_ASIDE_OPENS = re.compile(rf"{_TAIL}{_SPACE}(?:[(;,]|\s[-\u2013\u2014])\s?", re.IGNORECASE)
_WILL_DO_TOO = re.compile(
    r"(?:\s?(?:,|\bor\b|\band\b|/)\s?[\w.+#-]+){0,3}\s(?:is|are|would be|works?|will do|would do)"
    r"(?: (?:also|just as|equally|perfectly|totally|absolutely))?"
    r"(?: (?:fine|ok|okay|good enough|acceptable|accepted|alright|all right|possible|as good))?"
    r"(?:,? (?:too|as well|instead|also|either))*(?=\s*(?:[).;,\n]|$))",
    re.IGNORECASE,
)
_BAR = re.compile(rf"{_VERSION}\s?\|\s?")
_SLASH = re.compile(rf"{_VERSION}\s?/\s?")
_SUCH_AS = re.compile(
    r"\s*,?\s*\(?(?:such as|e\.?g\.?,?|like|for example|for instance|z\.\s?b\.)\s*:?,?\s*",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*\([^()]*\)")
_AGAIN = re.compile(r"\s?[(/]\s?")
_LED_UP = re.compile(
    r"\s*(?:[:\u2013\u2014-]|,? ?(?:such as|like|e\.?g\.?|i\.?e\.?|namely|including)[ .:,]*)\s*",
    re.IGNORECASE,
)
_HEAD_NOUNS = frozenset({"Programming", "Software development", "Scripting"})
_KINDS = [
    (Link.SLASH, _SLASH),
    (Link.BAR, _BAR),
    (Link.OR, _OR),
    (Link.AND, _AND),
    (Link.COMMA, _COMMA),
    (Link.SUCH_AS, _SUCH_AS),
]


def merge_repeats(text: str, skills: Sequence[Skill]) -> list[Skill]:
    """Without names that only repeat the one before: `Kubernetes (k8s)`, and `Go/Golang` as one."""
    merged: list[Skill] = []
    for skill in skills:
        last = merged[-1] if merged else None
        if last and _leads_up_to(text, last, skill):
            merged[-1] = skill
            continue
        if last and _is_head_noun(text, last, skill):
            continue
        if (
            last is None
            or last.name != skill.name
            or _AGAIN.fullmatch(text, last.end, skill.start) is None
        ):
            merged.append(skill)
        elif "/" in text[last.end : skill.start]:
            surface = text[last.start : skill.end]
            merged[-1] = replace(last, end=skill.end, surface=surface)
    return merged


def _leads_up_to(text: str, last: Skill, skill: Skill) -> bool:
    """Whether the one before only says what is listed: `programming languages: Scala, Java`."""
    return (
        last.name == "Programming"
        and skill.category is Category.LANGUAGE
        and _LED_UP.fullmatch(text, last.end, skill.start) is not None
    )


def _is_head_noun(text: str, last: Skill, skill: Skill) -> bool:
    """Whether it only says what a language is for: `Java programming`, `Go development`."""
    return (
        skill.name in _HEAD_NOUNS
        and last.category is Category.LANGUAGE
        and text[last.end : skill.start] == " "
    )


def link_of(text: str, one: Skill, other: Skill) -> Link | None:
    """What joins the two, or None if more than a list's signs and fillers stand between."""
    gap = text[one.end : other.start]
    if len(gap) > LONGEST:
        return None
    if _OR_IN_BRACKETS.fullmatch(gap):
        return Link.OR
    if _ASIDE_OPENS.fullmatch(gap) and will_do_too(text, other.end):
        return Link.OR
    gap = _ASIDE.sub("", gap)
    return next((link for link, pattern in _KINDS if pattern.fullmatch(gap)), None)


def will_do_too(text: str, end: int) -> bool:
    """`(MySQL is fine too)`: more than that it is there has to be said."""
    match = _WILL_DO_TOO.match(text, end, end + LONGEST)
    return match is not None and match[0].split()[-1].lower() not in {"is", "are", "be", "works"}
