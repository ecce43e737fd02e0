"""What a portfolio says that is near in meaning to a text; shown, and never scored."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from portfolio.ai.answers.answer import Citation
from portfolio.ai.chunks import Chunk, Span
from portfolio.ai.lexical import stems
from portfolio.ai.matching.related import LIKE
from portfolio.ai.shown.places import denies_a_skill
from portfolio.ai.skills.vocabulary import standard_vocabulary
from portfolio.services.knowledge.encoding import embed_questions
from portfolio.services.knowledge.shelf import Knowledge

NEAREST = 3
"""Chunks that are looked at for each text."""


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
        found.append(_find_nearest(chunks, scores, text))
    return found


def _find_nearest(chunks: Sequence[Chunk], scores: np.ndarray, text: str) -> Citation | None:
    """Of the nearest chunks the first that has a sentence which denies no skill."""
    for best in np.argsort(-scores, kind="stable")[:NEAREST]:
        score = round(float(scores[best]), 2)
        if score < LIKE:
            break
        spans = [span for span in chunks[best].spans if not _denies(span.text)]
        if spans:
            return _cite(chunks[best], spans, text, score)
    return None


@lru_cache(maxsize=4096)
def _denies(sentence: str) -> bool:
    return denies_a_skill(sentence, standard_vocabulary())


def _cite(chunk: Chunk, spans: Sequence[Span], text: str, score: float) -> Citation:
    """The sentence that shares most words with the text."""
    words = set(stems(text))
    span = max(spans, key=lambda each: len(words.intersection(stems(each.text))))
    return Citation(
        chunk.source_type, chunk.source_id, span.field, span.start, span.end, span.text, score
    )
