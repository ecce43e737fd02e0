"""How well chunks are ranked: by words alone, by meaning alone, and by both together.

The judged collection is made of questions that stand alone and have a quote as evidence. A chunk
is relevant when the quote of one of the evidences stands in it; no other chunk is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from portfolio.ai.chunks import Chunk
from portfolio.ai.encoder import Vectors
from portfolio.ai.index import KnowledgeIndex, Scores
from portfolio.ai.retrieval import retrieve

from .schema import Evidence, Question
from .scoring import Documents, is_source

DEPTH = 10
"""How far down a ranking is looked at."""
RANKINGS = ("words", "meaning", "fused")


@dataclass(frozen=True, slots=True)
class Quality:
    """Of one ranking: the mean of its questions."""

    ndcg: float
    recall: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with what is relevant to it.

    Attributes:
        relevant: rows of the index.
        ranked: rows by name of the ranking, the best first.
    """

    question: Question
    relevant: frozenset[int]
    ranked: dict[str, list[int]]


def judge(
    question: Question, vector: Vectors | None, index: KnowledgeIndex, documents: Documents
) -> Judged | None:
    """Rank the chunks for a question; None when no chunk is relevant to it, or it follows others.

    Args:
        vector: the question's embedding.
    """
    rows = frozenset(
        row
        for row, chunk in enumerate(index.chunks)
        if any(_holds(evidence, chunk, documents) for evidence in question.evidence)
    )
    if question.after or not rows:
        return None
    places = {chunk: row for row, chunk in enumerate(index.chunks)}
    fused = retrieve(index, question.question, vector, DEPTH)
    ranked = {
        "words": _ranked(index.score_words(question.question)),
        "meaning": _ranked(index.score_meaning(vector)),
        "fused": [places[hit.chunk] for hit in fused],
    }
    return Judged(question, rows, ranked)


def measure_quality(judged: Sequence[Judged]) -> dict[str, Quality]:
    """The quality of each ranking over all questions, each counting the same."""
    return {
        name: Quality(
            _mean(ndcg(one.ranked[name], one.relevant) for one in judged),
            _mean(recall(one.ranked[name], one.relevant) for one in judged),
        )
        for name in RANKINGS
    }


def ndcg(ranked: Sequence[int], relevant: frozenset[int]) -> float:
    """Normalised discounted cumulative gain of the first ten, 0 to 1; relevant or not.

    K. Järvelin and J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS
    20(4), 2002, with the discount log2(rank + 1).
    """
    discounts = 1 / np.log2(np.arange(2, DEPTH + 2))
    gains = np.array([row in relevant for row in ranked[:DEPTH]], float)
    best = discounts[: len(relevant)].sum()
    return min(1.0, float(gains @ discounts[: len(gains)] / best))


def recall(ranked: Sequence[int], relevant: frozenset[int]) -> float:
    """The share of what is relevant that is among the first ten, 0 to 1."""
    return len(relevant.intersection(ranked[:DEPTH])) / len(relevant)


def _ranked(scores: Scores) -> list[int]:
    order = np.argsort(-scores, kind="stable")[:DEPTH]
    return [int(row) for row in order if scores[row] > 0]


def _holds(evidence: Evidence, chunk: Chunk, documents: Documents) -> bool:
    # Without a quote the answer comes from fields, and is not searched for.
    document = documents[chunk.source_type, chunk.source_id]
    return (
        evidence.quote is not None
        and is_source(evidence, chunk.source_type, document)
        and any(evidence.quote in span.text for span in chunk.spans)
    )


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return float(np.mean(listed)) if listed else 0.0
