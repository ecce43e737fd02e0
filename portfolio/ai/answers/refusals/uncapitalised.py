"""Names that are typed in small letters: where one stands, and which are widely known."""

import re
from collections.abc import Iterator

from ...lexical import fold
from ..language.lexicon import ASKING, OWNER
from ..language.wordings import AFTER_AT, WELL_KNOWN
from ..language.words import words_of
from ..questions.reading import Question

_AT = re.compile(
    r"\bat ([a-z][\w&.-]*\w)(?=\W*$|[,;?!]|\s+(?:and|or|after|before|in|as|for|until|from|when|"
    r"while|was|were|is|did|does|how|what|then|too)\b)"
)


def small_names(question: Question) -> Iterator[str]:
    """Names in small letters that the portfolio has not, in the question's words."""
    for word in map(fold, words_of(question.asking_part)):
        if word in WELL_KNOWN and not _is_there(question, word):
            yield word


def small_employers(question: Question) -> Iterator[str]:
    """What stands after "at" without an article, as only names do."""
    for match in _AT.finditer(question.text):
        word = fold(match[1])
        is_word = word in ASKING or word in OWNER or word in AFTER_AT or word.endswith("s")
        if not is_word and not _is_there(question, word):
            yield match[1]


def _is_there(question: Question, word: str) -> bool:
    book = question.book
    return word in book.words or word in book.own_names or word in book.initials
