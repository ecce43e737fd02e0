"""Questions that follow others, made into questions that stand alone."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ...lexical import fold
from ..answer import Answer, AnswerKind, Citation, Turn
from ..book.items import Item
from ..language.words import clean, family, words_of
from ..questions.reading import Question
from ..replies import refusal

_AND = re.compile(
    r"^(?:and|what about|how about|or|also|but|so|fine|ok(?:ay)?|then)\b[ ,.:]*", re.I
)
_POINTS = re.compile(
    r"\b(?:it|its|that|this|there|those|these|one|then|the other|the same|they|them|else)\b", re.I
)
_ELLIPTIC = 4
_HOW_MUCH = re.compile(
    r"(?:(?:for )?how (?:long|many years)|since when|since what year|how well|how much experience)",
    re.I,
)
_OTHERWISE = r"^(?:and |so |but )?(?:where|who|what|which)\b"
_DEGREE = re.compile(
    r"\b(?:ph\.?d|doctorate|doctoral degree|master'?s?(?: degree)?|bachelor'?s?(?: "
    r"degree)?|m\.?sc|b\.?sc|"
    r"mba|diploma|first degree)\b",
    re.I,
)
_THERE = re.compile(r"\bthere\b(?! (?:is|are|was|were|any|a)\b)", re.I)
_IT = re.compile(r"\b(?:it|that|this(?: one| project)?|that (?:one|project|company|job))\b", re.I)
_BEFORE = re.compile(r"\bbefore(?: (?:that|this|then))?\W*$|\bbefore (?:that|this|it|then)\b", re.I)
_AFTER = re.compile(
    r"\bafter(?:wards| (?:that|this|then))?\W*$|\bafter (?:that|this|it|then)\b", re.I
)
_ATTRIBUTES = family(
    """
    role team stack technology technologies tool tools challenge challenges problem problems hard
    hardest difficult learn learned learnt lesson lessons achieve achievement achievements proud
    result results responsible responsibility part size long big use used do
    """
)
"""Roots of what is asked of a thing, though the question says only whose it is."""
_PEOPLE = frozenset({"work", "volunteer", "education"})


def stand_alone(question: Question, earlier: Sequence[Turn]) -> Question:
    """The question with what it leaves out, from those before it."""
    if not earlier or not _follows(question):
        return question
    last = earlier[-1]
    before = _reread(question, last)
    swapped = _swapped(question, before) or _of_skill(question, before)
    if swapped is not None:
        return replace(question, text=swapped, follows=True, focus=before.focus)
    focus = _focus(question, before, last)
    if not focus:
        return replace(question, follows=True)
    text = _AND.sub("", question.text).strip() or question.text
    text = _put_in(text, focus, bool(question.mentions))
    text = text[:1].upper() + text[1:]
    return replace(question, text=text, follows=True, focus=tuple(focus))


def rests_on(question: Question, turn: Turn) -> bool:
    """Whether what a turn was answered from is in the question's book.

    It is not when it was removed since, or is a draft that only the owner was shown.
    """
    cited = turn.answer.citations
    return all(question.book.item(one.source_type, one.source_id) for one in cited)


def ask_back(question: Question) -> Answer | None:
    """What is said if a question points at something and nothing says at what."""
    pointed = _THERE.search(question.text) or _IT.search(question.text)
    if pointed is None or question.mentions or question.skills or question.page is not None:
        return None
    text = f"The portfolio does not say what “{pointed[0]}” refers to here. Please name it."
    return refusal(text)


def _follows(question: Question) -> bool:
    if _AND.match(question.text) or _POINTS.search(question.text):
        return True
    if question.mentions or question.skills:
        return False
    return not question.is_about_owner or all(word in _ATTRIBUTES for word in question.content)


def _reread(question: Question, turn: Turn) -> Question:
    text = turn.answer.understood or clean(turn.question)
    return replace(question, text=text, follows=False, focus=())


def _cited(question: Question, citations: Sequence[Citation]) -> list[Item]:
    found = [question.book.item(one.source_type, one.source_id) for one in citations]
    return list(dict.fromkeys(item for item in found if item is not None))


def _focus(question: Question, before: Question, last: Turn) -> list[Item]:
    """What the last question named, or what its answer rests on."""
    named = [item for mention in before.mentions for item in mention.items]
    cited = _cited(question, last.answer.citations)
    order = _BEFORE.search(question.text) or _AFTER.search(question.text)
    if order:
        cited_works = [item for item in cited if item.type in _PEOPLE]
        return cited_works[:1] or named[:1]
    if question.page is not None and not named:
        return [question.page]
    told = [item for item in cited if item.type in _PEOPLE]
    if told and last.answer.kind is AnswerKind.FACT and not {*named} & {*cited}:
        return told[:1]  # Asked what was before one place, it told another.
    things = [item for item in named if item.type not in ("skill", "language", "reference")]
    things = (
        things
        or [
            item for item in cited if item.type not in ("skill", "profile", "language", "interest")
        ][:1]
    )
    if _THERE.search(question.text):
        if not named and (placed := _placed(before)):
            return placed
        places = [item for item in things if item.type in _PEOPLE]
        places = places or [owner for item in things for owner in _owner(question, item)]
        return places[:1] or things[:1]
    return things[:1] if len(things) != 2 else things


def _placed(question: Question) -> list[Item]:
    """The one employer in a place that a question names."""
    named = question.book.places.intersection(question.words)
    found = [
        work
        for work in question.book.of("work")
        if named & {fold(word) for word in words_of(work.text("/location"))}
    ]
    return found[:1] if len({work.name for work in found}) == 1 else []


def _owner(question: Question, item: Item) -> list[Item]:
    entity = item.text("/entity")
    return [work for work in question.book.of("work") if entity and work.name == entity]


def _put_in(text: str, focus: Sequence[Item], names: bool) -> str:
    name = focus[0].name.split(",")[0]
    if _BEFORE.search(text):
        return f"{_BEFORE.sub('', text).strip()} before {name}".strip()
    if _AFTER.search(text):
        return f"{_AFTER.sub('', text).strip()} after {name}".strip()
    if names or re.search(r"\bother\b", text, re.I):
        return text
    stripped = text.rstrip("?!. ")
    if _THERE.search(stripped):
        return _THERE.sub(f"at {name}", stripped, count=1) + "?"
    return f"{stripped} ({name})?"


def _swapped(question: Question, before: Question) -> str | None:
    """The question before with another skill, language or item in the place of its own."""
    rest = _AND.sub("", question.text).strip(" ?.!")
    words = rest.split()
    if not _AND.match(question.text) or len(words) > _ELLIPTIC:
        return None
    degree = _degree_swapped(before.text, rest)
    if degree is not None:
        return degree
    new = question.found_skills
    old = before.found_skills
    if len(old) == 1 and (new or question.skills):
        surface = new[0].surface if new else rest
        skill = old[0]
        return before.text[: skill.start] + surface + before.text[skill.end :]
    if question.mentions and len(before.mentions) == 1 and len(question.content) <= 3:
        new_name = question.mentions[0].items[0].name
        name = before.mentions[0].items[0].name
        pattern = re.compile(re.escape(name), re.IGNORECASE)
        if (
            pattern.search(before.text)
            and question.mentions[0].items[0].type == before.mentions[0].items[0].type
        ):
            return pattern.sub(new_name, before.text, count=1)
    return None


def _of_skill(question: Question, before: Question) -> str | None:
    """How much, asked of the skill that the question before was about."""
    rest = _AND.sub("", question.text).strip(" ?.!")
    if not _HOW_MUCH.fullmatch(rest) or before.mentions or before.matches(_OTHERWISE):
        return None
    skills = before.found_skills
    return f"{rest[:1].upper()}{rest[1:]} {skills[0].surface}?" if len(skills) == 1 else None


def _degree_swapped(before: str, rest: str) -> str | None:
    """The question before with another degree in the place of its own."""
    old, new = _DEGREE.search(before), _DEGREE.search(rest)
    if old is None or new is None or old[0].lower() == new[0].lower():
        return None
    return before[: old.start()] + new[0] + before[old.end() :]
