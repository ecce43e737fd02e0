"""Cutting what a model writes, piece by piece as it comes, into sentences with their numbers."""

import re
from typing import NamedTuple

from portfolio.ai.normal import normalise
from portfolio.ai.sentences import split_sentences

LONGEST = 600
"""Characters of a sentence; what is longer is not looked at."""
_MARK = re.compile(r"\s*\[\s*\^?(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")
_MARKS = re.compile(rf"(?:{_MARK.pattern})+\s*[.!?]?")
_PART_OF_A_MARK = re.compile(r"\s*\[[\s\d,;^]*")
_PERHAPS = re.compile("[.!?\u2026\n\u3002\uff01\uff1f]")
_BULLET = re.compile(r"^(?:[-*\u2022]|#{1,6}|\d{1,2}[.)])\s+")
_EMPHASIS = re.compile(r"\*\*|`")
_THOUGHTS = ("<think>", "</think>")
_BRACKETS = str.maketrans("\u3010\u3011", "[]")


class Draft(NamedTuple):
    """A sentence as the model wrote it, and the numbers of the evidence that it names."""

    text: str
    numbers: tuple[int, ...]


class DraftReader:
    """Gives each sentence once, as soon as it is certain where it ends."""

    def __init__(self) -> None:
        self._rest = ""

    def feed(self, text: str) -> list[Draft]:
        """The sentences that are complete now."""
        self._rest += text.translate(_BRACKETS)
        if not self._skip_thoughts():
            return []
        parts = _cut(self._rest) if _PERHAPS.search(self._rest) else []
        if len(parts) < 2:
            self._forget_endless()
            return []
        last_start, _end = parts.pop()
        if _PART_OF_A_MARK.fullmatch(self._rest, last_start):
            # The number of the sentence before it, perhaps.
            last_start, _end = parts.pop()
        drafts = [_to_draft(self._rest[start:end]) for start, end in parts]
        self._rest = self._rest[last_start:]
        return drafts

    def finish(self) -> list[Draft]:
        """What is left at the end."""
        if not self._skip_thoughts():
            return []
        rest, self._rest = self._rest, ""
        return [_to_draft(rest[start:end]) for start, end in _cut(rest)]

    def _forget_endless(self) -> None:
        # What is left stays too long to be looked at; looking for its end stays cheap.
        if len(self._rest) > 4 * LONGEST:
            self._rest = self._rest[-2 * LONGEST :]

    def _skip_thoughts(self) -> bool:
        """Whether anything is left behind the thoughts that some models write first."""
        begin, end = _THOUGHTS
        text = self._rest.lstrip()
        if text.startswith(begin):
            _thoughts, found, rest = text.partition(end)
            self._rest = rest if found else self._rest
            return bool(found)
        return not (text and begin.startswith(text))


def _cut(text: str) -> list[tuple[int, int]]:
    """Sentences; numbers that stand behind the full stop belong to what stands before it."""
    parts: list[tuple[int, int]] = []
    for start, end in split_sentences(text):
        marks = _MARKS.match(text, start, end)
        past = marks.end() if marks else start
        if marks and parts:
            parts[-1] = (parts[-1][0], past)
        if text[past:end].strip():
            parts.append((past, end))
    return parts


def _to_draft(text: str) -> Draft:
    numbers = [int(number) for mark in _MARK.findall(text) for number in re.findall(r"\d+", mark)]
    bare = normalise(_EMPHASIS.sub("", _MARK.sub("", text)))
    return Draft(_BULLET.sub("", bare), tuple(dict.fromkeys(numbers)))
