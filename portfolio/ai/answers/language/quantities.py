"""Amounts as they are written: in figures or in words, by the thousand and the million."""

import re
from collections.abc import Iterator

from .words import number_of

_AMOUNT = re.compile(
    r"(\d[\d.,]*\d|\d|[a-z]+)(?:[\s-]?(%|k\b|thousand\b|million\b|billion\b))?", re.IGNORECASE
)
_TIMES = {"k": 1e3, "thousand": 1e3, "million": 1e6, "billion": 1e9}


def amounts_in(text: str) -> Iterator[float]:
    """All amounts that a text tells."""
    for match in _AMOUNT.finditer(text):
        amount = amount_of(match[1], match[2])
        if amount is not None:
            yield amount


def amount_of(numeral: str, times: str | None) -> float | None:
    """What a numeral stands for, with the word or sign behind it."""
    number = number_of(numeral.rstrip(".,"))
    return None if number is None else number * _TIMES.get((times or "").lower(), 1)
