"""Skills that are asked for at an employer who is described, and were used at another."""

import re

from ...lexical import fold
from ..answer import Answer
from ..language.words import roots
from ..questions.described import described
from ..questions.reading import Question
from ..replies import refusal
from ..skills.skill_use import present

_PLACE = re.compile(
    r"\b(?:at|in|for|back in|during) (?:the |her |his |their |your )?(\w+(?: \w+)?)"
    r"|\bthe (\w+(?: \w+)?)['\u2019]s?\b"
)


def refuse_elsewhere(question: Question) -> Answer | None:
    """A refusal if the employer that the question describes has nothing of its skills."""
    names = [name for name in (present(question, one) for one in question.skills) if name]
    if not names or question.subjects:
        return None
    surfaces = {root for skill in question.found_skills for root in roots(skill.surface)}
    for match in _PLACE.finditer(fold(question.text)):
        words = [word for word in roots(match[1] or match[2]) if word not in surfaces]
        works = described(question, words, by_meaning=False) or described(
            question, words[:1], by_meaning=False
        )
        group = {member for work in works for member in question.book.group_of(work)}
        for name in names:
            places = question.book.skills[name]
            if works and not any(place.item in group for place in places):
                return refusal(
                    f"The portfolio does not say that {name} was used at {works[0].name}."
                )
    return None
