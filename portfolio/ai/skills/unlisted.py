"""Names that no vocabulary holds, known as skills by their place in a list of skills."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from portfolio.ai.skills.concepts import Category, Skill

_SEPARATOR = re.compile(r"\s*(?:,|;|/|\||&|\band\b|\bor\b)\s*")
_NAME = re.compile(r"[A-Z][\w.+#-]{1,30}(?: [A-Z][\w+#-]{1,30})?")
_LAST = re.compile(
    r"(?:\s*[,/]\s*(?:and |or )?|\s+(?:and|or)\s+)([A-Z][\w+#-]{1,30})(?=\s*(?:[.;)\n]|$))"
)
_LONGEST_GAP = 80
_NOT_NAMES = frozenset(
    """
    A An And Any Ability Also Bachelor Be Best Business Communication Computer Degree Design
    Development Engineering Etc Excellent Experience Familiarity Good Great Have I If In Knowledge
    Management Master Monday More No Or Other Others Our Plus Proficiency Related Remote Similar
    Skills Software Solid Strong Team The This Tools Understanding Use We With Work Working You
    """.split()  # noqa: SIM905 - as a list, one word a line, nobody would read it
)
_OF_THE_TRADE = frozenset(
    {
        *[Category.LANGUAGE, Category.FRAMEWORK, Category.LIBRARY, Category.DATABASE],
        *[Category.CLOUD, Category.DEVOPS, Category.DATA, Category.ML, Category.MOBILE],
        *[Category.TESTING, Category.TOOL],
    }
)


def find_unlisted(text: str, skills: Sequence[Skill]) -> Iterator[Skill]:
    """Names between two neighbours of a list, and the last of a list of two or more."""
    for index, (one, other) in enumerate(pairwise(skills)):
        if one.category in _OF_THE_TRADE and other.category in _OF_THE_TRADE:
            names = list(_names_between(text, one.end, other.start))
            yield from names
            if names or _SEPARATOR.fullmatch(text, one.end, other.start):
                following = skills[index + 2].start if index + 2 < len(skills) else len(text)
                yield from _last_name(text, other.end, following)


def _names_between(text: str, start: int, end: int) -> Iterator[Skill]:
    if not 4 <= end - start <= _LONGEST_GAP or "\n" in text[start:end]:
        return
    separators = list(_SEPARATOR.finditer(text, start, end))
    if not separators or separators[0].start() != start or separators[-1].end() != end:
        return
    spans = [(one.end(), other.start()) for one, other in pairwise(separators)]
    spans = [(first, past) for first, past in spans if first < past]
    if all(_is_name(text[first:past]) for first, past in spans):
        for first, past in spans:
            yield _to_skill(text, first, past)


def _last_name(text: str, start: int, end: int) -> Iterator[Skill]:
    match = _LAST.match(text, start)
    if match and match.end() <= end and _is_name(match[1]):
        yield _to_skill(text, *match.span(1))


def _is_name(word: str) -> bool:
    return _NAME.fullmatch(word) is not None and not _NOT_NAMES.intersection(word.split())


def _to_skill(text: str, start: int, end: int) -> Skill:
    surface = text[start:end]
    return Skill(surface, start, end, surface, Category.UNLISTED)
