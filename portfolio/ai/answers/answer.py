"""What is asked and what is answered."""

from dataclasses import dataclass

from portfolio.vocabulary import AnswerKind, Context

__all__ = ["Answer", "AnswerKind", "Citation", "Context", "Turn"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A place that an answer rests on.

    Attributes:
        field: JSON Pointer into the API's document of the source.
        start, end: half-open, in code points of that text.
        quote: the text between them, word for word.
        score: how well it answers, 0 to 1.
    """

    source_type: str
    source_id: str
    field: str
    start: int
    end: int
    quote: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered.

    Attributes:
        citations: what the text rests on, in its order.
        confidence: 0 to 1.
        understood: the question as it would be asked alone, when it follows others.
    """

    text: str
    kind: AnswerKind
    citations: tuple[Citation, ...] = ()
    confidence: float = 1.0
    understood: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of the same conversation that was asked before, and what it was answered with."""

    question: str
    answer: Answer
