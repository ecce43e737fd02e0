"""Cutting text into words and the few signs that names of skills are made of."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# A sign counts where it touches a word: the dots of `Node.js` and `.NET`, `C++`, `C#`, `F*`.
_TOKEN = re.compile(r"[^\W_]+|\+\+|\+|#|\*(?=\W|$)|\.(?= ?[^\W_])|!")
_WEB_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]+")
_CHUNK = re.compile(r"[^\s<>()\[\],;:]+")
SIGNS = frozenset({"++", "+", "#", "*", ".", "!"})
# What may stand between the words of one name; a line may break there within a paragraph.
_BLANKS = r"[ \t\u00a0\u202f\u2009]{0,2}"
_GAP = re.compile(
    rf"{_BLANKS}[-\u2010-\u2015\u2212/_&'\u2019]?{_BLANKS}|[ \t]{{0,8}}\n[ \t]{{0,8}}"
)
_WRAPPED_LINE = 60


class Token(NamedTuple):
    """A word or a sign: its key, which case and width do not change, and where it stands."""

    key: str
    start: int
    end: int


def cut_tokens(text: str) -> list[Token]:
    """The tokens in order; those within web and e-mail addresses are left out."""
    addresses = sorted(_find_addresses(text), reverse=True)
    if not addresses and text.isascii():
        return [Token(match[0].lower(), *match.span()) for match in _TOKEN.finditer(text)]
    if not addresses:
        return [Token(to_key(match[0]), *match.span()) for match in _TOKEN.finditer(text)]
    tokens = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        while addresses and addresses[-1][1] <= start:
            addresses.pop()
        if not addresses or start < addresses[-1][0]:
            tokens.append(Token(to_key(match.group()), start, end))
    return tokens


def _find_addresses(text: str) -> Iterator[tuple[int, int]]:
    if "://" in text or "www." in text:
        yield from (match.span() for match in _WEB_ADDRESS.finditer(text))
    if "@" in text:
        yield from (match.span() for match in _CHUNK.finditer(text) if "@" in match.group())


def to_key(word: str) -> str:
    """The word as it is compared."""
    return word.lower() if word.isascii() else unicodedata.normalize("NFKC", word).lower()


def may_follow(text: str, before: Token, after: Token) -> bool:
    """Whether two neighbouring tokens can be of one name."""
    if before.end == after.start:
        return True
    gap = text[before.end : after.start]
    if before.key == "." or after.key in SIGNS:
        return gap == " "
    if _GAP.fullmatch(gap) is None:
        return False
    return "\n" not in gap or before.end - text.rfind("\n", 0, before.end) > _WRAPPED_LINE
