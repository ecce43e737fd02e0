"""The words that search goes by: folded, without endings, each with its place in the text."""

import re
import unicodedata
from typing import NamedTuple

_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W\d_]+(?:\+\+|#)|[^\W_]+")
_STOP = frozenset(
    """
    a about am an and any are as at be been being but by can could did do does doing for from
    had has have he her him his how i if in into is it its me my of on or our out she so some
    than that the their them then there these they this those to up us was we were what when
    where which who whom whose why will with would you your
    """.split()  # noqa: SIM905 - as a list, one word a line, nobody would read it
)
_VOWEL = re.compile("[aeiouy]")


class Word(NamedTuple):
    """A word of a text and what it is searched by."""

    stem: str
    start: int
    end: int


def find_words(text: str) -> list[Word]:
    """The words of a text that carry meaning, in their order."""
    found = ((fold(match[0]), match) for match in _WORD.finditer(text))
    return [Word(stem(word), *match.span()) for word, match in found if word not in _STOP]


def stems(text: str) -> list[str]:
    """The stems of the words of a text, in their order."""
    return [word.stem for word in find_words(text)]


def fold(word: str) -> str:
    """A word without case and accents."""
    word = word.casefold()
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFKD", word)
    return "".join(part for part in apart if not unicodedata.combining(part))


def stem(word: str) -> str:
    """A folded word without its commonest English endings; the same for all forms of most words."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    word = _without_plural(word)
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) > 2 and _VOWEL.search(root):
            word = root[:-1] if root[-1] == root[-2] and root[-1] not in "lsz" else root
            break
    return word.removesuffix("e") if len(word) > 3 else word


def _without_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
