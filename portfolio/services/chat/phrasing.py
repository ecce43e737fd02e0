"""The words of a reply: those of the portfolio, or a language model's where there is one.

The one place where wording is plugged in.
"""

import re
from collections.abc import Iterator

from portfolio.services.chat.asking import Question
from portfolio.services.chat.replies import Reply

_PIECE = re.compile(r"[^.!?\n]*[.!?\n]+\s*|[^.!?\n]+")


def phrase(_question: Question, reply: Reply) -> Reply:
    """The reply in its final words."""
    return reply


def phrase_in_pieces(question: Question, reply: Reply) -> Iterator[str | Reply]:
    """Pieces of the text as they come, and in the end the reply, whose text counts."""
    final = phrase(question, reply)
    yield from _PIECE.findall(final.answer.text)
    yield final
