"""Which items a question means by the words that they are called by."""

import re
from collections.abc import Iterable, Sequence

from ...passages import LAYOUTS
from ..book.items import Item
from ..language.question_types import SHORTEST, SYNONYMS
from ..language.words import root, roots

_LEVELS = (
    (re.compile(r"^(?:m\.? ?(?:sc|a|s|eng|ed|fa|phil|ba|res)?\b|mba|master|magist)", re.I),
     ("master", "msc", "ma", "postgraduate", "graduate")),
    (re.compile(r"^(?:b\.? ?(?:sc|a|s|eng|ed|fa|n|comm?|ba)?\b|bachelor|undergrad|licen)", re.I),
     ("bachelor", "bsc", "ba", "undergraduate")),
    (re.compile(r"^(?:ph\.? ?d|d\.? ?phil|dr\b|doctor)", re.I), ("phd", "doctorate", "doctoral")),
)  # fmt: skip
DEGREES = frozenset(root(level) for _pattern, levels in _LEVELS for level in levels)
"""Roots of the words for degrees."""


def called(item: Item) -> frozenset[str]:
    """The roots by which an item may be meant."""
    layout = LAYOUTS[item.type]
    names = [item.text(f"/{name}") for name in layout.names]
    if item.type == "work":
        names += [item.text("/description"), item.text("/location")]
    if item.type in ("award", "publication", "education", "project"):
        names.append(item.text("/summary"))
    words = list(item.value("courses") or ()) if item.type == "education" else []
    if item.type in ("skill", "interest"):
        words = list(item.value("keywords") or ())
    found = set(roots(" ".join([*names, *words])))
    if item.type == "education":
        for pattern, levels in _LEVELS:
            if pattern.match(item.text("/study_type")):
                found.update(map(root, levels))
    return frozenset(found)


def covers(known: frozenset[str], word: str) -> bool:
    """Whether a root, one of its family or another word for it is among these."""
    if word in known or any(other in known for other in SYNONYMS.get(word, ())):
        return True
    if len(word) < SHORTEST:
        return False
    return any(
        len(other) >= SHORTEST
        and abs(len(other) - len(word)) <= SHORTEST
        and (other.startswith(word) or word.startswith(other))
        for other in known
    )


def best_matches(items: Sequence[Item], words: Iterable[str]) -> list[Item]:
    """The items whose names hold all of these words; those that hold them in their foremost
    name, if there are any."""
    words = list(words)
    found = [item for item in items if all(covers(called(item), word) for word in words)]
    literal = [item for item in found if item.name_roots.issuperset(words)]
    foremost = [item for item in found if all(covers(item.name_roots, word) for word in words)]
    return literal or foremost or found
