"""Answers as they are found, for tests of wording them."""

from portfolio.ai.answers.answer import Answer, AnswerKind, Citation


def found(*quotes: str, kind: AnswerKind = AnswerKind.EXTRACT, text: str = "") -> Answer:
    """An answer that rests on these quotes."""
    citations = tuple(
        Citation("project", f"id-{number}", "/description", 0, len(quote), quote, 0.9)
        for number, quote in enumerate(quotes, 1)
    )
    return Answer(text or " ".join(quotes), kind, citations, 0.8, "as asked alone")
