"""Where a portfolio names which skills, and where it says that one was not used."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from ..skills.finder import find_skills
from ..skills.vocabulary import Vocabulary
from .items import Item, Mark, Sentence

_DENIED_BEFORE = re.compile(
    r"\b(?:against|instead of|rather than|without|never|not|nor|no|unlike|avoid\w*|reject\w*)\s+"
    r"(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"\b(?:(?:decided|chose|voted) against|rejected|ruled out|turned (?:it|them) down|discarded)\b",
    re.IGNORECASE,
)


class Place(NamedTuple):
    """Where an item names a skill.

    Attributes:
        denied: whether it says that it was not used.
    """

    item: Item
    mark: Mark
    denied: bool = False


def find_skill_places(
    sentences: Iterable[Sentence], vocabulary: Vocabulary
) -> dict[str, list[Place]]:
    """The places of each skill, in the portfolio's order."""
    found: dict[str, list[Place]] = {}
    for sentence in sentences:
        if sentence.item.type in ("language", "social_profile"):
            continue
        if sentence.mark.field.startswith("/location"):
            continue
        for skill, is_denied in _skills_in(sentence, vocabulary).items():
            place = Place(sentence.item, sentence.mark, sentence.prose and is_denied)
            found.setdefault(skill, []).append(place)
    return found


def _skills_in(sentence: Sentence, vocabulary: Vocabulary) -> dict[str, bool]:
    """The skills that a sentence names, and of each whether it is denied."""
    names: dict[str, bool] = {}
    for skill in find_skills(sentence.text, vocabulary):
        before, after = sentence.text[: skill.start], sentence.text[skill.end :]
        is_denied = bool(_DENIED_BEFORE.search(before) or _DENIED_AFTER.search(after))
        names[skill.name] = names.get(skill.name, True) and is_denied
    name = None if sentence.prose else vocabulary.name_of(sentence.text)
    if name:
        names[name] = False
    return names
