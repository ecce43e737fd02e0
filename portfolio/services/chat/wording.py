"""Letting a language model word what was found. Whatever goes wrong, what was found remains."""

from collections.abc import Generator, Iterator, Sequence

from portfolio.ai.answers.answer import Answer, AnswerKind, Turn
from portfolio.ai.wording.evidence import number_evidence
from portfolio.ai.wording.prompt import build_messages
from portfolio.ai.wording.worded import Wording
from portfolio.services.wording.wordsmith import Wordsmith, current_wordsmith

_WORDED = frozenset({AnswerKind.FACT, AnswerKind.EXTRACT})
"""Refusals and small talk are never shown to a model."""


def word_answer(
    question: str, evidence: Answer, earlier: Sequence[Turn] = (), *, seconds: float
) -> Answer | None:
    """The answer in a language model's words; None when it stays as it is.

    Args:
        evidence: what was found without a model.
        seconds: longest time for it.
    """
    pieces = stream_answer(question, evidence, earlier, seconds=seconds)
    return next((piece for piece in pieces if isinstance(piece, Answer)), None)


def stream_answer(
    question: str, evidence: Answer, earlier: Sequence[Turn] = (), *, seconds: float
) -> Iterator[str | Answer]:
    """Sentences as they are completed and found to be supported, and last the whole answer.

    Without an answer at the end, what was found takes the place of all sentences shown. It needs
    the application only until it returns, not while it is iterated.
    """
    smith = current_wordsmith()
    return _word(smith, question, evidence, earlier, seconds) if smith else iter(())


def _word(
    smith: Wordsmith, question: str, found: Answer, earlier: Sequence[Turn], seconds: float
) -> Generator[str | Answer, None, None]:
    evidence = number_evidence(found) if found.kind in _WORDED else ()
    if not evidence:
        return
    wording = Wording(question, found, evidence)
    messages = build_messages(question, evidence, earlier, found.understood)
    if (yield from smith.word(messages, wording, seconds)) and (answer := wording.answer()):
        yield answer
