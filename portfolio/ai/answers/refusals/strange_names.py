"""Names in a question that the portfolio does not have."""

import re

from ...lexical import fold
from ..language.lexicon import ASKING, COMMON_NAMES, OWNER, QUESTION_WORDS
from ..language.wordings import kin_of
from ..language.words import root, words_of
from ..questions.reading import Question

_NAME = re.compile(r"(?<![.!?:]\s)(?<!^)\b[A-Z][\w&+#.-]*\w\b|\b[A-Z]{2,}\d*\b")


def strange_names(question: Question) -> list[str]:
    """Those, but for sentences in which visitors speak of themselves."""
    skilled = {fold(word) for one in question.found_skills for word in words_of(one.surface)}
    found = []
    for name in _NAME.findall(question.asking_part):
        parts = [fold(part) for part in words_of(name)]
        if not all(part in skilled for part in parts):
            found += [name] if any(_is_strange(question, part) for part in parts) else []
    return found


def _is_strange(question: Question, word: str) -> bool:
    book = question.book
    if len(word) < 2 or word in COMMON_NAMES or word in ASKING or word in OWNER:
        return False
    if word in book.own_names or word in book.words or word.isdigit():
        return False
    if word in book.initials or kin_of(root(word)) & book.all_roots:
        return False
    if book.vocabulary.name_of(word) or question.abbreviated(word) or word in QUESTION_WORDS:
        return False
    return not book.has(root(book.spelling.correct(word)))
