"""The form of a question by which its answer is kept: exact but for case, spacing, punctuation."""

import re
from functools import cache

from portfolio.ai.skills.vocabulary_data import read_rules

_ENDS = re.compile(r"^[\s¿¡]+|[\s?!.…\u3002\uff1f\uff01]+$")
_WORD = re.compile(r"[^\W_]+[+#]*")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
_PRONOUNS = frozenset({"it", "us"})
"""Words that in capitals are something else."""


def normal_question(question: str) -> str:
    """The question with its words in lower case, and without what ends a sentence.

    Case stays where it may mean something: `Go` and `go`, `IT` and `it`. So do the signs that
    belong to names: `C`, `C++`, `C#` and `.NET` are four.
    """
    text = " ".join(question.translate(_QUOTES).split())
    return _WORD.sub(_folded, _ENDS.sub("", text) or text)


def _folded(found: re.Match[str]) -> str:
    word = found[0].lower()
    return found[0] if word in _meaningful_in_case() else word


@cache
def _meaningful_in_case() -> frozenset[str]:
    rules = (rule for rule in read_rules() if rule.then != rule.otherwise)
    return _PRONOUNS.union(rule.word.lower() for rule in rules)
