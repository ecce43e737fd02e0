"""Quotes: sentences of the portfolio as citations, and an answer's text made of them."""

from collections.abc import Iterable

from ..chunks import Span
from .answer import Citation

LONGEST = 420
"""Code points of a quote within an answer; citations are never shortened."""


def cite_span(source_type: str, source_id: str, span: Span, score: float) -> Citation:
    """The citation of a span."""
    return Citation(
        source_type,
        source_id,
        span.field,
        span.start,
        span.end,
        span.text,
        round(min(max(score, 0.0), 1.0), 3),
    )


def in_quotes(citations: Iterable[Citation]) -> str:
    """The quotes one after the other."""
    return " ".join(f"“{citation.quote}”" for citation in citations)
