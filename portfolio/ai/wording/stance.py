"""Whether a text affirms, denies or only hopes for what its words name."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from portfolio.ai.lexical import find_words

_ONLY = r"(?! (?:only|just|limited|merely|solely|least))"
_WHOLE = (
    rf"\bnot\b{_ONLY}|\bcannot\b|n['\u2019]t\b{_ONLY}|\bnever\b|\bhardly\b|\bneither\b"
    r"|\bno longer\b"
)
"""These deny the whole clause, also what stands before them."""
_NEGATION = re.compile(
    rf"(?P<whole>{_WHOLE})|\bno\b|\bnor\b|\bnone\b|\bnothing\b|\bwithout\b|\binstead of\b"
    r"|\brather than\b|\bexcept\b|\black(?:s|ed|ing)?\b|\bavoid(?:s|ed|ing)?\b"
    r"|\brefus(?:es?|ed|ing)\b|\bfail(?:s|ed|ing)?\b|\bfalse\b|\buntrue\b|\bonly\b"
    r"|\bstopp?(?:s|ed|ing)?\b|\bdropp(?:ed|ing)\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:wants?|wanted|wish(?:es)?|hop(?:es?|ing)|plans|planned|planning|intends?|aspir\w+|aims?"
    r"|interested|might|could|would|should|consider(?:s|ing|ed)?|future|someday|beginners?|basics?"
    r"|familiar(?:ity)?|novice|learns?|if|unless|attempt(?:s|ed)?|tried|try)\b"
    r"|(?<!achine )(?<!deep )(?<!Deep )(?<!ement )\blearning\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[.;:!?](?=\s|$)|\b(?:but|though|although|however|whereas|while)\b|[()]")


class Side(Enum):
    """What a clause says of a word: `UNCLEAR` when a denial may or may not reach it."""

    AFFIRMED = 0
    DENIED = 1
    UNCLEAR = 2


class Stance(NamedTuple):
    """How a word of a text is meant."""

    side: Side
    hedged: bool


def read_stances(text: str) -> dict[str, set[Stance]]:
    """For the stem of every word that carries meaning, how it is meant where it stands."""
    stances: dict[str, set[Stance]] = {}
    for clause in _clauses(text):
        denials = list(_NEGATION.finditer(clause))
        hedged = _HEDGE.search(clause) is not None
        for word in find_words(clause):
            side = _side_of(word.start, clause, denials)
            stances.setdefault(word.stem, set()).add(Stance(side, hedged))
    return stances


def denies(text: str) -> bool:
    """Whether anything is denied."""
    return _NEGATION.search(text) is not None


def is_about_saying(word: str) -> bool:
    """Whether a word only denies or hedges."""
    return bool(_NEGATION.fullmatch(word) or _HEDGE.fullmatch(word))


def _clauses(text: str) -> Iterator[str]:
    start = 0
    for end in _BREAK.finditer(text):
        yield text[start : end.start()]
        start = end.end()
    yield text[start:]


def _side_of(place: int, clause: str, denials: list[re.Match[str]]) -> Side:
    side = Side.AFFIRMED
    for denial in denials:
        if place >= denial.end():
            if "," not in clause[denial.end() : place]:
                return Side.DENIED
            side = Side.UNCLEAR
        elif denial["whole"]:
            side = Side.UNCLEAR
    return side
