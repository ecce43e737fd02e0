"""Whether a long pattern can match at all: told by how the words begin, which is far quicker."""

import re
from typing import Final

_WORD = re.compile(r"[^\W_]+")
LENGTH: Final = 4


def beginnings(text: str) -> frozenset[str]:
    """The first letters of each word, in lower case."""
    return frozenset([word[:LENGTH] for word in _WORD.findall(text.lower())])


def hints(words: str) -> frozenset[str]:
    """The beginnings of these words."""
    return frozenset(word[:LENGTH] for word in words.split())
