"""The sentences that answer a question best, word for word."""

from collections.abc import Sequence

from ..lexical import stems
from ..retrieval import Hit
from .answer import Answer, AnswerKind, Citation
from .quoting import cite_span, in_quotes

LEAST = 0.3
"""Below this the best sentence does not answer."""
SENTENCES = 3


def extract_answer(question: str, hits: Sequence[Hit]) -> Answer | None:
    """An answer of the best sentences, or None when none has to do with the question."""
    wanted = set(stems(question))
    rated: list[Citation] = []
    for hit in hits:
        for span in hit.chunk.spans:
            shared = len(wanted & set(stems(f"{hit.chunk.prefix} {span.text}"))) / (
                len(wanted) or 1
            )
            score = 0.5 * hit.meaning + 0.5 * shared
            rated.append(cite_span(hit.chunk.source_type, hit.chunk.source_id, span, score))
    rated.sort(key=lambda citation: -citation.score)
    best = [citation for citation in rated[:SENTENCES] if citation.score >= LEAST]
    if not best:
        return None
    return Answer(in_quotes(best), AnswerKind.EXTRACT, tuple(best), best[0].score)
