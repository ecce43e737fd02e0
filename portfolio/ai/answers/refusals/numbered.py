"""Names with a number, such as Level 2 or Python 3: another number is another thing."""

import re

from ...lexical import fold
from ..answer import Answer
from ..book.items import Sentence
from ..language.lexicon import ASKING
from ..language.words import listed_words, words_of
from ..questions.reading import Question
from ..replies import refusal

_NUMBERED = re.compile(
    r"\b(?P<name>[A-Za-z][\w+#]*)[ -]"
    r"(?P<number>\d{1,3}(?:\.\d+)*)(?P<letter>[a-z]?)\b(?![.,]?\d|\s*[%\u20ac\u00a3$])",
)
_LEVELS = frozenset(listed_words("level class version grade tier stage phase part"))
_COUNTS = re.compile(
    r"\s+(?:or more |more |full )?(?:years?|months?|weeks?|days?|hours?|minutes?|times|people|"
    r"projects?|services?|engineers?)\b",
    re.IGNORECASE,
)


def refuse_numbered(question: Question) -> Answer | None:
    """A refusal if the portfolio has a name with other numbers alone."""
    skilled = {fold(word) for one in question.found_skills for word in words_of(one.surface)}
    for match in _NUMBERED.finditer(question.text):
        name = fold(match["name"])
        is_name = match["name"][0].isupper() or name in skilled | _LEVELS
        if name in ASKING or not is_name or _COUNTS.match(question.text[match.end() :]):
            continue
        others = _numbered(question, match["name"])
        if others and not any(_is_same(match["number"], number) for number in others):
            nearest = next(iter(others.values())).cite(0.5)
            return refusal(
                f"The portfolio does not mention {match[0]}. It says: “{nearest.quote}”", [nearest]
            )
    return None


def _numbered(question: Question, name: str) -> dict[str, Sentence]:
    """The numbers that stand behind a name, each with a sentence that has it."""
    behind = re.compile(rf"\b{re.escape(name)}[ -](\d{{1,3}}(?:\.\d+)*)[a-z]?\b(?!,?\d)", re.I)
    return {
        match[1]: sentence
        for sentence in question.book.sentences
        for match in behind.finditer(sentence.text)
        if not _COUNTS.match(sentence.text[match.end() :])
    }


def _is_same(asked: str, told: str) -> bool:
    """Whether one is the other, or a part of its versions: 3 and 3.12."""
    return asked == told or told.startswith(f"{asked}.") or asked.startswith(f"{told}.")
