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
_EMPLOYED = re.compile(
    r"\b(?:was|were|been|work(?:s|ed|ing)?|do|does|did|done|doing|time|years|months|stint|spell|"
    r"jobs?|roles?|positions?|teams?|career|start(?:ed)?|employed|intern\w*|engineer\w*|"
    r"develop\w*|manage\w*|lead|led|join\w*|left|leave|quit)\b(?: \w+){0,3} $"
)
"""Before "at": otherwise something is done well, or looked at."""
ABLE = re.compile(
    r"\b(?:good|great|better|best|bad|skilled|expert|strong|quick|fast|old|look\w*|experienced|"
    r"proficient|competent|fluent|advanced|well|is (?:she|he|they)|are (?:you|they)) $"
)
"""What somebody is good at is no employer."""


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
        before = question.text[: match.start()].lower()
        is_job = _EMPLOYED.search(before) and not ABLE.search(before)
        if is_job and not is_word and not word.endswith("ing") and not _is_there(question, word):
            yield match[1]


def _is_there(question: Question, word: str) -> bool:
    book = question.book
    return word in book.words or word in book.own_names or word in book.initials
