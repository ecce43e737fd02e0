"""Typing mistakes, put right by words that are known."""

from collections.abc import Callable, Iterable, Iterator

_LEAST = 4
_LEAST_COMMON = 5
_NONSENSE = "xqzvkw"
"""One piece only for what counts letters and knows no words."""


class Spelling:
    """Puts typing mistakes right by words that are known.

    Args:
        pieces: into how many pieces the language model cuts a word; one, if it knows it.
    """

    def __init__(
        self, known: Iterable[str], preferred: frozenset[str], pieces: Callable[[str], int]
    ) -> None:
        self._preferred = preferred
        self._known = frozenset(word for word in known if len(word) >= _LEAST and word.isalpha())
        self._pieces = pieces
        self._knows_words = pieces(_NONSENSE) > 1
        self._near: dict[str, list[str]] = {}
        for word in sorted(self._known):
            for near in {word, *_shortened(word)}:
                self._near.setdefault(near, []).append(word)

    def is_word(self, word: str) -> bool:
        """Whether it is a word of the language or of the portfolio."""
        return word in self._known or self._pieces(word) == 1

    def correct(self, word: str) -> str:
        """The known word that differs by one letter, or else a word of the language."""
        if len(word) < _LEAST or not word.isalpha() or self.is_word(word):
            return word
        found = {
            known
            for near in (word, *_shortened(word))
            for known in self._near.get(near, ())
            if known[0] == word[0] and abs(len(known) - len(word)) < 2 and _is_near(word, known)
        }
        if not found:
            return self._of_language(word)
        rank = self._preferred
        return min(found, key=lambda known: (known not in rank, known[-1] != word[-1], known))

    def _of_language(self, word: str) -> str:
        if not self._knows_words or len(word) < _LEAST_COMMON:
            return word
        return next((near for near in mistyped(word) if self._pieces(near) == 1), word)


def mistyped(word: str) -> Iterator[str]:
    """Words of which it may be made by swapping two letters, one too many, or one too few."""
    for place in range(1, len(word) - 1):
        yield f"{word[:place]}{word[place + 1]}{word[place]}{word[place + 2 :]}"
    for place in range(1, len(word)):
        if len(word) > _LEAST_COMMON:
            yield word[:place] + word[place + 1 :]
    for place in range(1, len(word) + 1):
        for letter in dict.fromkeys((word[place - 1], *"aeiou")):
            yield word[:place] + letter + word[place:]


def _shortened(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


def _is_near(one: str, other: str) -> bool:
    """Whether one letter was left out, put in, exchanged or swapped with its neighbour."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, other_rest = one[start:], other[start:]
    if len(rest) == len(other_rest):
        swapped = rest[:2][::-1] == other_rest[:2] and rest[2:] == other_rest[2:]
        return rest[1:] == other_rest[1:] or swapped
    return rest[1:] == other_rest or rest == other_rest[1:]
