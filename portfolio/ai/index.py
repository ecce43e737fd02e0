"""The chunks of a portfolio in memory, searched by words (BM25) and by meaning (cosine)."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from .bm25 import Bm25
from .chunks import Chunk
from .encoder import Vectors
from .lexical import stems

Scores = NDArray[np.float32]
"""One for each chunk, in their order."""


class KnowledgeIndex:
    """An index of chunks; it never changes. Thread-safe.

    Args:
        vectors: embeddings by the chunk's text. A chunk that has none is found by its words.

    Attributes:
        embedded: whether every chunk has its embedding.
    """

    def __init__(
        self, chunks: Sequence[Chunk], vectors: Mapping[str, Vectors], dimension: int
    ) -> None:
        self.chunks = tuple(chunks)
        self._matrix = np.zeros((len(self.chunks), dimension), np.float32)
        self._rows = {chunk.text: row for row, chunk in enumerate(self.chunks)}
        found = 0
        for row, chunk in enumerate(self.chunks):
            vector = vectors.get(chunk.text)
            if vector is not None:
                self._matrix[row] = vector
                found += 1
        self.embedded = found == len(self.chunks)
        self._has_vectors = found > 0
        self._words = Bm25([stems(chunk.text) for chunk in self.chunks])

    def score_words(self, text: str) -> Scores:
        """BM25 of each chunk; 0 where no word of the text occurs."""
        return self._words.score(stems(text))

    def score_meaning(self, vector: Vectors | None) -> Scores:
        """Cosine of each chunk and the vector; 0 for chunks that have no embedding."""
        if vector is None or not self._has_vectors:
            return np.zeros(len(self.chunks), np.float32)
        scores: Scores = self._matrix @ vector
        return scores

    def vector_of(self, text: str) -> Vectors | None:
        """The embedding of a chunk's text, if there is one."""
        row = self._rows.get(text)
        return None if row is None or not self._matrix[row].any() else self._matrix[row]
