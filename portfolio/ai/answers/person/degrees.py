"""Degrees and certificates of some rank: at a university, as a professional."""

import re
from collections.abc import Sequence

from ..answer import Answer
from ..book.items import Item
from ..language.words import family
from ..questions.matching import DEGREES, called, covers
from ..questions.reading import Question
from ..replies import describe, listed, refusal

ASKS_HIGHER = r"\b(?:universit(?:y|ies)|degrees?|graduated?|academic)\b"
_INSTITUTION = re.compile(
    r"universi|\binstitute of|polytech|hochschule|\bcollege\b|\bécole|\becole|\bacademy|politec|"
    r"\beth\b|\bmit\b|academia|facult",
    re.IGNORECASE,
)
_STUDIES = re.compile(
    r"^(?:m\.? ?(?:sc|a|s|eng|ed|fa|phil|ba|res)\b|mba\b|b\.? ?(?:sc|a|s|eng|ed|fa|n|comm?|ba)\b|"
    r"masters?(?:'s)?(?: (?:of|in|degree)|$)|magist|bachelor|undergrad|licen|ph\.? ?d|d\.? ?phil|"
    r"dr\b|doctor|diplom|degree|laurea|hnd\b|associate|foundation degree)",
    re.IGNORECASE,
)


TITLES = family("professional associate expert specialist master senior practitioner advanced")
"""What certificates of the same name differ by."""


def higher(items: Sequence[Item]) -> list[Item]:
    """Those that are of a university or end with a degree."""
    return [
        item
        for item in items
        if _INSTITUTION.search(item.name) or _STUDIES.match(item.text("/study_type"))
    ]


def no_certificate(near: list[Item]) -> Answer:
    """That it has one of nearly the same name."""
    said = listed([describe(item) for item in near])
    return refusal(f"The portfolio does not name that one. It says: {said.text}", said.citations)


def no_degree(question: Question, rest: list[str]) -> Answer | None:
    """A refusal if a degree is asked for that nobody has."""
    items = question.book.of("education")
    for word in rest:
        if word in DEGREES and not any(covers(called(item), word) for item in items):
            said = listed([describe(item) for item in items]) if items else None
            text = f" It says: {said.text}" if said else ""
            return refusal(
                f"The portfolio names no such degree.{text}", said.citations if said else ()
            )
    return None
