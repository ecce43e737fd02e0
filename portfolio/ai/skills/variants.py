"""Spellings that follow from one: plurals, and British beside American English."""

from collections.abc import Iterator

# American, British. Each is applied to whole words of a name.
_ENDINGS = [
    ("ization", "isation"),
    ("izations", "isations"),
    ("izing", "ising"),
    ("ize", "ise"),
    ("modeling", "modelling"),
    ("labeling", "labelling"),
    ("behavior", "behaviour"),
    ("center", "centre"),
    ("centered", "centred"),
    ("color", "colour"),
    ("labor", "labour"),
    ("program", "programme"),
    ("defense", "defence"),
    ("license", "licence"),
    ("analyzing", "analysing"),
    ("analyze", "analyse"),
    ("containerized", "containerised"),
    ("organizational", "organisational"),
    ("organized", "organised"),
]
_NO_PLURAL = 4


def spellings_of(key: tuple[str, ...], *, common_noun: bool) -> Iterator[tuple[str, ...]]:
    """The key itself, and what it is also written as."""
    british = tuple(_in_british(word) for word in key)
    for spelling in dict.fromkeys([key, british]):
        yield spelling
        if common_noun and len(spelling[-1]) >= _NO_PLURAL and not spelling[-1].endswith("s"):
            yield (*spelling[:-1], _in_plural(spelling[-1]))


def _in_british(word: str) -> str:
    for american, british in _ENDINGS:
        if word.endswith(american):
            return word.removesuffix(american) + british
    return word


def _in_plural(word: str) -> str:
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("x", "ch", "sh")) else "s")
