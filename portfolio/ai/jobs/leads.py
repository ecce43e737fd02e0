"""How many of a list will do, by the words that lead up to it."""

import re

from portfolio.ai.jobs.hints import beginnings, hints

_THING = r"(?!(?:years?|yrs?|months?|jahren?|monaten?)\b)\w+"
_ONE_OF = re.compile(
    r"\b(?:one|any|some) (?:or more )?(?:\w+ ){0,4}?of\b"
    r"(?:\s*(?:the|these|following|languages|are|:|\w+)){0,5}\s*:?\s*$"
    r"|\beine[rsnm]? (?:der|von|aus)\b(?: \w+){0,3}\s*:?\s*$"
    r"|\bor:\s*$",
    re.IGNORECASE,
)
_SEVERAL_OF = re.compile(
    r"\b(?P<number>two|three|four|five|[2-5]|zwei|drei|vier|a couple|several)(?:\s?\([2-5]\)|\+)?"
    rf"(?: or more| oder mehr)?(?: {_THING}){{0,2}}? (?:out of|of|from|among|von|aus|der)\b"
    r"(?:\s*(?:the|these|those|our|following|below|[3-9]|folgenden?|core|main|\w+s|\w+en|are|:)){0,5}"
    r"\s*:?\s*$",
    re.IGNORECASE,
)
# `At least two languages (Python, Ruby, Perl)`.
_SO_MANY = re.compile(
    r"\b(?:(?:at least|any|a minimum of|minimum|mindestens)"
    r" (?P<least>two|three|four|[2-4]|zwei|drei)"
    r"|(?P<more>two|three|four|[2-4]|zwei|drei)(?: or more| oder mehr|\+))"
    rf"(?: {_THING}){{1,3}}\s?(?:\(|:|,? such as|,? like|,? e\.g\.,?)\s*$",
    re.IGNORECASE,
)
_HINTS = hints(
    "one any some two three four five 2 3 4 5 zwei drei vier couple several eine einer eines einen"
    " einem or"
)
_ONE_OR = re.compile(r"\bone (?:or|to)\s$", re.IGNORECASE)
_BEHIND = re.compile(
    r"\s*[,(\u2013\u2014-]?\s?\(?(?:at least|minimum|min\.?|any|mindestens|mind\.?)"
    r" (?P<number>one|two|three|four|[1-5]|zwei|drei|vier)\b(?: of (?:them|these|those))?"
    r"\s*(?=[).;,\n]|$)",
    re.IGNORECASE,
)
_OF_YEARS = re.compile(r"\b(?:years?|yrs|jahre)\b", re.IGNORECASE)
_NUMBERS = {
    **{word: number for number, word in enumerate(["two", "three", "four", "five"], start=2)},
    "one": 1,
    **{word: number for number, word in enumerate(["zwei", "drei", "vier"], start=2)},
    "a couple": 2,
    "several": 2,
}


def number_asked(lead: str) -> int | None:
    """How many of a list will do by the words right before it: `at least two of the following`."""
    if _HINTS.isdisjoint(beginnings(lead)):
        return None
    several = _SEVERAL_OF.search(lead)
    if several and _ONE_OR.search(lead, 0, several.start()):
        return 1
    if several and _OF_YEARS.search(lead, 0, several.start()):
        return None
    many = None if several else _SO_MANY.search(lead)
    word = several["number"] if several else many and (many["least"] or many["more"])
    if word:
        return _NUMBERS.get(word.lower()) or int(word)
    return 1 if _ONE_OF.search(lead) else None


def number_behind(text: str, end: int) -> int | None:
    """How many of a list that ends there will do: `A, B or C (at least two)`."""
    behind = _BEHIND.match(text, end)
    if behind is None:
        return None
    word = behind["number"].lower()
    return _NUMBERS.get(word) or int(word)
