"""What a question says beside the names of things in it."""

from collections.abc import Iterable

from ...lexical import fold
from ..book.book import Mention
from ..book.items import Item
from ..language.words import clean, words_of
from .reading import Question

_APART = frozenset({"before", "after", "or", "than", "versus", "vs", "until", "then", "besides"})


def beside_names(question: Question, *types: str) -> str:
    """The plain words, each name blotted out but those of these types.

    What a section is asked for with may be a part of a name: a university, a reference.
    """
    words = list(question.words)
    for mention in question.mentions:
        if not any(item.type in types for item in mention.items):
            words[mention.start : mention.end] = ["_"] * (mention.end - mention.start)
    return " ".join(words)


def names_in(question: Question, mention: Mention) -> str:
    """The words of a name as they are asked."""
    return " ".join(question.words[mention.start : mention.end])


def is_its_name(question: Question, mention: Mention, item: Item) -> bool:
    """Whether an item is named by its own name, and not by its position or who gave it."""
    own = {fold(word).removesuffix("'s") for word in words_of(clean(item.name))}
    return {*question.words[mention.start : mention.end]} <= own


def stand_apart(question: Question, one: Mention, other: Mention) -> bool:
    """Whether a word between two names says that they need not belong together."""
    first, last = sorted((one, other), key=lambda mention: mention.start)
    between = question.words[first.end : last.start]
    return bool(_APART & {*between}) or between[-1:] == ["and"]


def group_of(question: Question, items: Iterable[Item]) -> frozenset[Item]:
    """All that belongs to any of these items, with themselves."""
    items = tuple(items)
    return frozenset(items).union(*(question.book.group_of(item) for item in items))
