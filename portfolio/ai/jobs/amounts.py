"""Numbers of years where a text states them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_GERMAN = ["ein", "zwei", "drei", "vier", "f\u00fcnf", "sechs", "sieben", "acht", "neun", "zehn"]
_NUMBERS = {
    **{word: float(number) for number, word in enumerate(_WORDS, start=1)},
    **{word: float(number) for number, word in enumerate(_GERMAN, start=1)},
    "eleven": 11.0,
    "twelve": 12.0,
    "fifteen": 15.0,
    "twenty": 20.0,
    "a couple of": 2.0,
    "half a": 0.5,
    "half an": 0.5,
    "a": 1.0,
    "one and a half": 1.5,
}
_LONG_FIRST = sorted(_NUMBERS, key=len, reverse=True)
_NUMBER = rf"(?:\d{{1,2}}(?:[.,]5)?|\b(?:{'|'.join(_LONG_FIRST)}))"
_COUNTED = rf"(?:\d{{1,2}}|\b(?:{'|'.join([*_WORDS, *_GERMAN])}))"
_TO = r"(?:-|\u2013|\u2014|to|and|or|bis)"
_YEARS = re.compile(
    rf"(?<![\w.,$\u20ac\u00a3])(?P<least>{_NUMBER})(?:\s?\(\d{{1,2}}\))?\s?(?:\+|plus\b"
    rf"|or more\b)?"
    rf"(?:\s?{_TO}\s?(?P<most>{_NUMBER}))?\s?\+?\s?(?:or more "
    rf"|full |solid |consecutive )?"
    r"-?(?P<unit>years?|yrs?|jahr(?:en?)?|months?|monaten?|decades?)\b['\u2019]?\+?",
    re.IGNORECASE,
)
# A part of years that were named before: `3 of them with Go`, `of which at least 3 with Go`.
_OF_THESE = re.compile(
    rf"(?<![\w.,])(?P<least>{_COUNTED})\+? of (?:which|them|those|these)\b"
    rf"|\b(?:of which|davon)(?: at least| mindestens| mind\.)? (?P<after>{_COUNTED})\+?"
    r"(?= (?:with|in|of|using|as|mit|on)\b)",
    re.IGNORECASE,
)
_FOR_SO_MANY = re.compile(
    rf"\bfor (?:at least |over |more than )?(?P<least>{_COUNTED})(?=\s*(?:[.,;)]|$))",
    re.IGNORECASE,
)
# `Years of experience: 6`, also where the words are a heading of which the number is all.
_LABELLED = re.compile(
    rf"\b(?:years?|yrs?)(?: of)?(?: \w+){{0,2}}\s?[:=]\s*(?P<least>{_NUMBER})\+?"
    rf"(?:\s?{_TO}\s?(?P<most>{_NUMBER}))?(?!\s?[%\w])",
    re.IGNORECASE,
)
# What names the most and no least.
_AT_MOST = re.compile(
    r"\b(?:up to|at (?:the )?most|no more than|not more than|less than|fewer than|under"
    r"|max(?:imum)?\.?"
    r"(?: of)?|h\u00f6chstens|bis zu|maximal)\s+$",
    re.IGNORECASE,
)
_THESE = ("which", "them", "these", "those", "davon")
_UNITS = ("year", "yr", "jahr", "month", "monat", "decade")
_BEFORE = 20
_LONGEST_LABEL = 60


class Mention(NamedTuple):
    """Years in a text; `is_part` if they are some of those named before."""

    start: int
    end: int
    least: float
    most: float | None
    is_part: bool = False
    is_labelled: bool = False


def find_mentions(text: str, start: int, end: int) -> list[Mention]:
    """The least years that a sentence names, in order."""
    label = max(text.rfind("\n", 0, start) + 1, start - _LONGEST_LABEL)
    lower = text[label:end].lower()
    if not any(unit in lower for unit in _UNITS):
        return []
    labelled = _LABELLED.search(text, label, end) if ":" in text[label:end] else None
    if labelled and labelled.start("least") >= start:
        least = _to_number(labelled["least"])
        return [Mention(*labelled.span("least"), least, _most(labelled), is_labelled=True)]
    whole = [m for m in _whole(text, start, end) if m is not None]
    if not whole:
        return []
    parts = list(_parts(text, whole[0].end, end, lower))
    parts = [part for part in parts if not any(m.start <= part.start < m.end for m in whole)]
    return sorted([*whole, *parts]) if parts else whole


def _whole(text: str, start: int, end: int) -> Iterator[Mention | None]:
    for match in _YEARS.finditer(text, start, end):
        if not _AT_MOST.search(text, max(start, match.start() - _BEFORE), match.start()):
            scale = {"mon": 1 / 12, "dec": 10.0}.get(match["unit"].lower()[:3], 1.0)
            least = round(scale * _to_number(match["least"]), 2)
            most = _most(match)
            yield Mention(*match.span(), least, most and round(scale * most, 2))


def _parts(text: str, start: int, end: int, lower: str) -> Iterator[Mention]:
    if any(word in lower for word in _THESE):
        for match in _OF_THESE.finditer(text, start, end):
            yield Mention(*match.span(), _to_number(match["least"] or match["after"]), None, True)
    if "for " in lower:
        for match in _FOR_SO_MANY.finditer(text, start, end):
            yield Mention(*match.span("least"), _to_number(match["least"]), None, True)


def _most(match: re.Match[str]) -> float | None:
    return _to_number(match["most"]) if match["most"] else None


def _to_number(written: str) -> float:
    word = written.lower()
    return _NUMBERS[word] if word in _NUMBERS else float(word.replace(",", "."))
