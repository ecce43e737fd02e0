"""Names that are mistyped in a question, as the portfolio or the vocabulary writes them."""

import re

from ...lexical import fold
from ..book.book import Book
from ..language.spelling import mistyped

_WORD = re.compile(r"(?<![\w.@/-])[A-Za-z]{5,24}(?![\w.@/-])")
_MOST = 6
"""So many words are tried; a question has few names."""


def with_names_spelled(text: str, book: Book) -> str:
    """The text, its mistyped names put right."""
    tried = 0

    def spell(match: re.Match[str]) -> str:
        nonlocal tried
        word = match[0]
        if tried == _MOST or book.spelling.is_word(fold(word)) or book.vocabulary.name_of(word):
            return word
        tried += 1
        small = fold(word)
        name = _name(small, book)
        if name == small:
            return word
        return name.capitalize() if word[0].isupper() else name

    return _WORD.sub(spell, text)


def with_words_spelled(text: str, book: Book) -> str:
    """The text with every typing mistake put right, as far as one letter is wrong."""
    return _WORD.sub(lambda match: _spelled(match[0], book), text)


def _spelled(word: str, book: Book) -> str:
    small = fold(word)
    near = book.spelling.correct(small)
    return word if near == small else near


def _name(word: str, book: Book) -> str:
    near = book.spelling.correct(word)
    if near in book.words:
        return near
    return next((name for name in mistyped(word) if book.vocabulary.name_of(name)), word)
