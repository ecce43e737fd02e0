"""A text as what is compared word by word: numbers, dates, skills, words and marks in order."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from portfolio.ai.lexical import fold, stem
from portfolio.ai.skills.finder import find_skills
from portfolio.ai.wording.quantities import canonical_number, find_dates, is_numeral

_PIECE = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*(?!\w))|(?P<word>[^\W_][\w+#]*(?:['\u2019./-]\w+)*)"
    r"|(?P<mark>[^\w\s])"
)
_SKIPPED = frozenset(
    "a an the am is are was were be been being have has had do does did also".split()  # noqa: SIM905
)
_BEING = frozenset("am is are was were be been being".split())  # noqa: SIM905
_PERSONS = frozenset("i we they she he".split())  # noqa: SIM905
_OWNERS = frozenset("my our their his her".split())  # noqa: SIM905
_DASHES = "-\u2013\u2014"


class Kind(Enum):
    """What a token is; `SKIPPED` carries no claim, such as an article."""

    WORD = "word"
    NUMBER = "number"
    DATE = "date"
    SKILL = "skill"
    MARK = "mark"
    SKIPPED = "skipped"


class Token(NamedTuple):
    """Tokens with the same key say the same; `word` is the word as it stands, folded."""

    key: str
    kind: Kind
    word: str


def read_tokens(text: str) -> list[Token]:
    """The tokens of a text in its normal form."""
    tokens = list(_read(text))
    return [_with_what_is_suffered(tokens, place) for place in range(len(tokens))]


def _read(text: str) -> Iterator[Token]:
    known = {
        skill.start: (skill.end, Token(f"skill {skill.name}", Kind.SKILL, fold(skill.surface)))
        for skill in find_skills(text)
    }
    for start, end, (year, month, day) in find_dates(text):
        known[start] = (end, Token(f"{year}-{month}-{day}", Kind.DATE, ""))
    place = 0
    while place < len(text):
        if place in known:
            place, token = known[place]
            yield token
        elif match := _PIECE.match(text, place):
            following = [start for start in known if place < start < match.end()]
            end = min(following, default=match.end())
            yield _to_token(text[place:end], is_mark=match["mark"] is not None)
            place = end
        else:
            place += 1


def _to_token(piece: str, *, is_mark: bool) -> Token:
    word = fold(piece).replace("\u2019", "'")
    if is_mark:
        return Token("-" if piece in _DASHES else piece, Kind.MARK, word)
    if word == "percent":
        return Token("%", Kind.MARK, word)
    if is_numeral(word):
        return Token(canonical_number(word), Kind.NUMBER, word)
    if word in _SKIPPED:
        return Token("", Kind.SKIPPED, word)
    if word in _PERSONS:
        return Token("person", Kind.WORD, word)
    if word in _OWNERS:
        return Token("owner", Kind.WORD, word)
    if word.endswith("n't") or word == "cannot":
        return Token("not", Kind.WORD, word)
    return Token(stem(word.removesuffix("'s")), Kind.WORD, word)


def _with_what_is_suffered(tokens: list[Token], place: int) -> Token:
    """The token; to have been promoted is another claim than to have promoted."""
    token = tokens[place]
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if token.word in _BEING and following is not None and following.word.endswith("ed"):
        return token._replace(key="be", kind=Kind.WORD)
    return token
