"""Words with capitals within sentences: names, of people among others."""

import re
from collections.abc import Iterable

from ...lexical import fold
from ..language.words import words_of
from .items import Sentence

_NAME = re.compile(
    r"(?<![.!?\u201c\"] )(?<!^)\b[^\W\d_a-z]\w*[a-z][\w'\u2019-]+"
    r"(?: [^\W\d_a-z][\w'\u2019-]+)*"
)
Name = tuple[str, ...]


def find_capitals(sentences: Iterable[Sentence]) -> dict[Name, list[Sentence]]:
    """The sentences of each such name, by its folded words."""
    found: dict[Name, list[Sentence]] = {}
    for sentence in sentences:
        for match in _NAME.finditer(sentence.text) if sentence.prose else ():
            found.setdefault(tuple(map(fold, words_of(match[0]))), []).append(sentence)
    return found
