"""Whether somebody made, founded or bought what the question says: a sentence has to say so."""

import re
from collections.abc import Iterable

from ...skills.concepts import Category, Skill
from ..answer import Answer
from ..book.items import Item
from ..questions.reading import PROPER, Question
from ..replies import refusal

_INVENTED = r"(?:invent|creat|author|discover|devis|conceiv|co-?found)\w*|found(?:ed|ing)?"
_THOUGHT_UP = r"(?:invent|discover|devis|conceiv|co-?found)\w*"
_BUILT = r"(?:design|buil[dt])\w*|(?:made|make|making)"
_WRITTEN = r"(?:wrote|writ(?:e|es|ing|ten))"
_BOUGHT = r"buy(?:ing|s)?|bought|acquir\w+|purchas\w+|s(?:ell|old|elling)|own(?:s|ed)?"
_MAKERS = r"(?:inventor|creator|author|founder|co-?founder|father|mother|owner)s?"
_OTHERS = PROPER - {Category.LEARNED, Category.UNLISTED}
"""Kinds of what has a name that many know; what only this portfolio names may be its owner's."""
# A noun that follows is what was made: she built React components, and not React.
_ENDS = (
    r"(?=\W*$|[?.!,;:]|\s+(?:for|at|in|from|by|on|before|after|while|when|or|her|him|them|your)"
    r"(?:self|selves)?\b)"
)
_BEFORE = r"(?:the |a |an |her own |his own )?"

_FOUNDS = re.compile(
    r"\b(?:co-?)?found(?:ed|ing|ers?)\b|\bestablish\w*|\bset up\b|\bself-employed\b|"
    r"\bfreelanc\w+|\b(?:owner|proprietor)\b|\bstarted (?:the|a|an|my|our|her|his) \w+\b",
    re.IGNORECASE,
)
_TRADES = re.compile(rf"\b(?:{_BOUGHT})\b|\b(?:co-)?owner\b", re.IGNORECASE)


def refuse_making(question: Question) -> Answer | None:
    """A refusal if somebody is said to have made a thing and no sentence says it of that thing."""
    for skill in question.found_skills:
        verbs = _verbs(skill)
        places = [place.item for place in question.book.skills.get(skill.name, ())]
        if (
            skill.name in question.skills
            and _is_said(question.text, verbs, skill.surface)
            and not _is_told(places, verbs, skill.surface)
        ):
            return refusal(f"The portfolio does not say who made {skill.surface}.")
    return _employer(question)


def _verbs(skill: Skill) -> str:
    """What nobody does with a thing of this kind who only uses it."""
    verbs = [_INVENTED if skill.category in _OTHERS else _THOUGHT_UP]
    if skill.category in _OTHERS and skill.category is not Category.LANGUAGE:
        verbs.append(_BUILT)
    if skill.category in (Category.DATABASE, Category.OS):
        verbs.append(_WRITTEN)
    return "|".join(verbs)


def _employer(question: Question) -> Answer | None:
    """A refusal if an employer is said to be founded, bought or sold, and nothing of it says so."""
    for mention in question.mentions:
        works = [item for item in mention.items if item.type == "work"]
        name = " ".join(question.words[mention.start : mention.end])
        if not works or not _is_said(question.plain, f"{_INVENTED}|{_BOUGHT}", name):
            continue
        told = _TRADES if question.matches(rf"\b(?:{_BOUGHT})\b") else _FOUNDS
        group = {item for work in works for item in question.book.group_of(work)} | {*works}
        if not any(told.search(sentence.text) for item in group for sentence in item.sentences):
            return refusal(
                f"The portfolio does not say who founded, bought or sold {works[0].name}."
            )
    return None


def _is_said(text: str, verbs: str, name: str) -> bool:
    """Whether the name is the object of such a verb, or has such a maker."""
    thing = re.escape(name)
    made = rf"\b(?:{verbs}) {_BEFORE}{thing}{_ENDS}"
    maker = rf"\b{_MAKERS} of {_BEFORE}{thing}(?!\w)|(?<!\w){thing}(?:['\u2019]s)? {_MAKERS}\b"
    return re.search(rf"{made}|{maker}", text, re.IGNORECASE) is not None


def _is_told(items: Iterable[Item], verbs: str, name: str) -> bool:
    thing = re.escape(name)
    said = rf"\b(?:(?:{verbs})|{_MAKERS} of) {_BEFORE}{thing}(?!\w)"
    return any(
        re.search(said, sentence.text, re.IGNORECASE)
        for item in items
        for sentence in item.sentences
    )
