"""Retrieval: what a portfolio says that has to do with a question, the likeliest first."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .chunks import Chunk
from .encoder import Vectors
from .index import KnowledgeIndex, Scores

FUSION = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009)."""
CANDIDATES = 10
"""Of each ranking so many times as many are looked at as are wanted."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that was found.

    Attributes:
        score: by which hits are ranked; comparable within one retrieval only.
        words: BM25.
        meaning: cosine, -1 to 1.
    """

    chunk: Chunk
    score: float
    words: float
    meaning: float


def retrieve(
    index: KnowledgeIndex,
    question: str,
    vector: Vectors | None,
    limit: int,
    *,
    keep: Callable[[Chunk], bool] | None = None,
) -> list[Hit]:
    """The best chunks by words and by meaning together.

    Args:
        vector: the question's embedding; without one words alone decide.
        keep: says of a chunk whether it may be found.
    """
    words, meaning = index.score_words(question), index.score_meaning(vector)
    if keep is not None:
        kept = np.fromiter(map(keep, index.chunks), bool, len(index.chunks))
        words, meaning = np.where(kept, words, 0), np.where(kept, meaning, 0)
    fused: dict[int, float] = {}
    for scores in (words, meaning):
        for rank, row in enumerate(_best(scores, limit * CANDIDATES), start=1):
            fused[row] = fused.get(row, 0.0) + 1 / (FUSION + rank)
    # Of equal ones the first in the portfolio's own order.
    ranked = sorted(fused, key=lambda row: (-fused[row], row))[:limit]
    return [
        Hit(index.chunks[row], fused[row], float(words[row]), float(meaning[row])) for row in ranked
    ]


def _best(scores: Scores, limit: int) -> list[int]:
    """The rows of the highest scores above 0, the highest first."""
    if limit < len(scores):
        rows = np.argpartition(-scores, limit)[:limit]
    else:
        rows = np.arange(len(scores))
    rows = rows[scores[rows] > 0]
    return [int(row) for row in rows[np.lexsort((rows, -scores[rows]))]]
