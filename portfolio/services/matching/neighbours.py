"""What a portfolio says that is near in meaning to a text; shown, and never scored."""

from collections.abc import Sequence

import numpy as np

from portfolio.ai.answers.answer import Citation
from portfolio.ai.chunks import Chunk
from portfolio.ai.lexical import stems
from portfolio.ai.matching.related import LIKE
from portfolio.services.knowledge.encoding import embed_questions
from portfolio.services.knowledge.shelf import Knowledge


def find_neighbours(knowledge: Knowledge, texts: Sequence[str]) -> list[Citation | None]:
    """The nearest prose of the portfolio for each text, if it is near; encoded in one call."""
    chunks = knowledge.index.chunks
    prose = np.fromiter((chunk.prose for chunk in chunks), bool, len(chunks))
    vectors = embed_questions(texts) if prose.any() else None
    if vectors is None:
        return [None] * len(texts)
    found: list[Citation | None] = []
    for text, vector in zip(texts, vectors, strict=True):
        # Two digits: what is shown must not change with the order of a sum of floats.
        scores = np.where(prose, knowledge.index.score_meaning(vector).round(2), -1)
        best = int(scores.argmax())
        score = round(float(scores[best]), 2)
        found.append(_cite(chunks[best], text, score) if score >= LIKE else None)
    return found


def _cite(chunk: Chunk, text: str, score: float) -> Citation:
    """The sentence of the chunk that shares most words with the text."""
    words = set(stems(text))
    span = max(chunk.spans, key=lambda each: len(words.intersection(stems(each.text))))
    return Citation(
        chunk.source_type, chunk.source_id, span.field, span.start, span.end, span.text, score
    )
