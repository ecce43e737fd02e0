"""The phrases of a sentence that say how much something is wanted, or that it is not."""

import re
from enum import Enum
from typing import NamedTuple

from portfolio.ai.jobs.description import Level
from portfolio.ai.jobs.hints import LENGTH, beginnings, hints
from portfolio.ai.jobs.phrases import (
    AFFIRMING,
    FIRST,
    MUST_AFTER,
    MUST_BEFORE,
    NICE_AFTER,
    NICE_BEFORE,
    NOT_AFTER,
    NOT_BEFORE,
    WORDS,
)


class Side(Enum):
    """Whether a phrase speaks of what comes after it or of what came before."""

    AFTER = "after"
    BEFORE = "before"


class Marker(NamedTuple):
    """A phrase that says a level; `level` is None for one that says that it is not wanted."""

    start: int
    end: int
    level: Level | None
    side: Side


_PATTERN = re.compile(
    f"(?P<affirming>{AFFIRMING})|(?P<not_before>{NOT_BEFORE})|(?P<nice_after>{NICE_AFTER})"
    f"|(?P<nice_before>{NICE_BEFORE})|(?P<must_before>{MUST_BEFORE})|(?P<must_after>{MUST_AFTER})"
    f"|(?P<not_after>{NOT_AFTER})",
    re.IGNORECASE,
)
_MARKERS = hints(WORDS)
_FIRST = hints(FIRST)
_SIGNS = frozenset("-\u2013\u2014,:(=")
_BEGINS = re.compile(r"[^\W_]+|[-\u2013\u2014,:(=](?=\s?[nahguwbpefNAHGUWBPEF])")


def find_markers(text: str, start: int, end: int) -> list[Marker]:
    """The phrases of a stretch of text that say a level, in order."""
    markers: list[Marker] = []
    content = text[start:end].replace("\u2019", "'")
    if _MARKERS.isdisjoint(beginnings(content)):
        return markers
    past = 0
    for begin in _BEGINS.finditer(content):
        word = begin.group()
        if begin.start() < past or not (word[:LENGTH].lower() in _FIRST or word in _SIGNS):
            continue
        match = _PATTERN.match(content, begin.start())
        if match is None:
            continue
        past = match.end()
        kind, _, side = (match.lastgroup or "").partition("_")
        if side:
            level = {"nice": Level.NICE_TO_HAVE, "must": Level.REQUIRED}.get(kind)
            markers.append(Marker(start + match.start(), start + past, level, Side(side)))
    return markers
