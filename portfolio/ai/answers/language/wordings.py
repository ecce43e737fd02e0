"""Reads the file of what visitors say; what it means stands there."""

import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from .words import family

_FILE = Path(__file__).with_name("wordings.toml")
_READ: dict[str, Any] = tomllib.loads(_FILE.read_text("utf-8"))


class Told(NamedTuple):
    """What is asked of somebody's circumstances, and the words in which a portfolio says it.

    Attributes:
        is_past: whether jobs that are over count as well.
    """

    asks: str
    says: re.Pattern[str]
    is_past: bool


class Attitude(NamedTuple):
    """What is asked of somebody's feelings or standing, and the words that tell it.

    Attributes:
        called: what a refusal calls it.
        of_things: whether it is one only of something that the question names.
        with_topic: whether the sentence that tells it must have a word of the question.
    """

    called: str
    asks: str
    says: re.Pattern[str]
    of_things: bool
    with_topic: bool


def any_of(patterns: list[str]) -> str:
    """One pattern of several, of whole words."""
    return rf"\b(?:{'|'.join(patterns)})\b"


PATTERNS: dict[str, str] = {name: any_of(own) for name, own in _READ["patterns"].items()}

HELLOS = frozenset(_READ["smalltalk"]["greeting"].split())
GREETINGS = HELLOS | frozenset(_READ["smalltalk"]["greeted"].split())
THANKS = frozenset(_READ["smalltalk"]["thanks"].split())
FILLERS = frozenset(_READ["smalltalk"]["filler"].split())
ASSISTANT = re.compile(any_of(_READ["smalltalk"]["assistant"]).removesuffix(r"\b"))

RANKS = tuple(family(line) for line in _READ["levels"]["ranks"])
WEAKEST = family(_READ["levels"]["weakest"])
STRONGEST = family(_READ["levels"]["strongest"])
LEVEL_WORDS = family(_READ["levels"]["words"])
SKILL_CLASSES = frozenset(_READ["skills"]["classes"].split())
KINDS = tuple(family(line) for line in _READ["publications"]["kinds"])
WEAKLY = frozenset(_READ["languages"]["weak"].split())

WELL_KNOWN = frozenset(" ".join(_READ["names"]["known"]).split())
AFTER_AT = frozenset(_READ["names"]["after_at"].split())

FORMS = family(_READ["employers"]["forms"])
_KIN = tuple(family(line) for line in _READ["employers"]["kin"])


def kin_of(word: str) -> frozenset[str]:
    """The roots of the same line of business."""
    return frozenset[str]().union(*(line for line in _KIN if word in line))


TOLD = tuple(
    Told(
        any_of(one["asks"]), re.compile(any_of(one["says"]), re.IGNORECASE), one.get("past", False)
    )
    for one in _READ["told"]
)

ATTITUDES = tuple(
    Attitude(
        one["called"],
        any_of(one["asks"]),
        re.compile(any_of(one["says"]), re.IGNORECASE),
        one.get("of_things", False),
        one.get("with_topic", False),
    )
    for one in _READ["attitudes"]
)
