"""Which employers a question means when it says what they do and not what they are called."""

from collections.abc import Iterable, Sequence

from ..book.items import Item
from ..language.wordings import FORMS, kin_of
from ..language.words import roots
from .matching import covers
from .reading import Question

_NAMED, _KIN, _TOLD = 1.0, 0.8, 0.5
_LEAST = 0.5
"""Of the words' worth, what the employer must have."""
_AHEAD = 0.15
"""By how much it must be ahead of the next."""
_MOST = 5
"""Words of a description; a question with more says something else besides."""
_MEANING = 0.4
_MEANING_AHEAD = 0.06


def described(
    question: Question, words: Iterable[str], *, several: bool = False, by_meaning: bool = True
) -> list[Item]:
    """The jobs at the one employer that these roots describe; none if it is not certain.

    Args:
        several: whether more than one employer may be meant.
        by_meaning: whether nearness in meaning is enough.
    """
    works = question.book.of("work")
    wanted = list(words)
    if not 0 < len(wanted) <= _MOST or not works:
        return []
    telling = [word for word in wanted if word not in FORMS]
    if several:
        each = [work for word in telling for work in _leading(works, [word], need_all=True)]
        return list(dict.fromkeys(each))
    found = _leading(works, telling, need_all=True) if telling else []
    if len({work.name for work in found}) > 1:
        found = []
    if found:
        return found
    found = _leading(works, wanted, need_all=not telling)
    if len({work.name for work in found}) > 1:
        found = []
    if found or not by_meaning:
        return found
    return _by_meaning(question, works, telling)


def _leading(works: Sequence[Item], words: Sequence[str], *, need_all: bool) -> list[Item]:
    rated = []
    for work in works:
        each = [_worth(work, word) for word in words]
        if max(each) >= _KIN and (all(each) if need_all else sum(each) >= _LEAST * len(each)):
            rated.append((sum(each) / len(each), work))
    rated.sort(key=lambda pair: -pair[0])
    return [work for worth, work in rated if worth > rated[0][0] - _AHEAD]


def _worth(work: Item, word: str) -> float:
    names, told = _known(work)
    if covers(names, word):
        return _NAMED
    if names & kin_of(word):
        return _KIN
    return _TOLD if covers(told, word) else 0.0


def _known(work: Item) -> tuple[frozenset[str], frozenset[str]]:
    """The roots of what an employer is, and of all that is told of the job."""
    is_called = ("/name", "/position", "/description", "/location")
    return frozenset(roots(" ".join(map(work.text, is_called)))), work.roots


def _by_meaning(question: Question, works: Sequence[Item], words: Sequence[str]) -> list[Item]:
    """The employer whose texts are nearest in meaning, if one is by far."""
    if question.search is None or not 0 < len(words) <= 3:
        return []
    phrase = " ".join(word for word in question.words if set(roots(word)) & set(words))
    best: dict[str, float] = {}
    for hit in question.search(phrase, 24):
        work = question.book.item(hit.chunk.source_type, hit.chunk.source_id)
        if work is not None and work in works:
            best[work.name] = max(best.get(work.name, 0.0), hit.meaning)
    order = sorted(best, key=lambda name: -best[name])
    if not order or best[order[0]] < _MEANING:
        return []
    if len(order) > 1 and best[order[0]] - best[order[1]] < _MEANING_AHEAD:
        return []
    return [work for work in works if work.name == order[0]]
