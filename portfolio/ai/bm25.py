"""BM25 over words in memory."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

SATURATION, LENGTH = 1.5, 0.75
"""k1 and b: how soon more of a word stops to count, and how much a long text is held back."""


class Bm25:
    """What each word is worth in each text, computed once. It never changes; thread-safe.

    Source: Robertson et al., Okapi at TREC-3 (1994), with the inverse document frequency of
    Lucene, which is never negative (Kamphuis et al., ECIR 2020).

    Args:
        texts: the words of each, as often as they occur.
    """

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self._size = len(texts)
        self._numbers: dict[str, int] = {}
        words = np.array(
            [self._numbers.setdefault(w, len(self._numbers)) for text in texts for w in text],
            np.int64,
        )
        lengths = np.array([len(text) for text in texts], np.int64)
        # Word by word the texts that have it, and how often.
        pairs, counts = np.unique(
            words * self._size + np.repeat(np.arange(self._size), lengths), return_counts=True
        )
        words, self._rows = np.divmod(pairs, max(self._size, 1))
        self._starts = np.searchsorted(words, np.arange(len(self._numbers) + 1))
        held_by = np.diff(self._starts)[words]
        rarity = np.log(1 + (self._size - held_by + 0.5) / (held_by + 0.5))
        relative = lengths[self._rows] * (self._size / max(lengths.sum(), 1))
        held_back = SATURATION * (1 - LENGTH + LENGTH * relative)
        self._worth = (rarity * counts / (counts + held_back)).astype(np.float32)

    def score(self, words: Iterable[str]) -> NDArray[np.float32]:
        """The sum of the words' worth in each text, shape (texts,); 0 where none occurs."""
        scores = np.zeros(self._size, np.float32)
        for number in [self._numbers[word] for word in words if word in self._numbers]:
            those = slice(self._starts[number], self._starts[number + 1])
            scores[self._rows[those]] += self._worth[those]
        return scores
