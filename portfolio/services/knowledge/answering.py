"""Answering a visitor's question: the one door to it."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portfolio.ai.answers.answer import Answer, AnswerKind, Context, Turn
from portfolio.ai.answers.extraction import extract_answer
from portfolio.services.knowledge.retrieval import retrieve

REFUSAL = "The portfolio does not say anything about that."


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and of what it was made.

    Attributes:
        version: of the text that was searched; it changes with the commit of any edit.
        indexing: whether some of the text is found by its words only so far.
        timings: seconds by step.
    """

    answer: Answer
    version: str
    indexing: bool
    timings: Mapping[str, float]


def answer_question(
    question: str,
    *,
    profile: str | None,
    project: str | None = None,
    context: Context = Context.GENERAL,
    earlier: Sequence[Turn] = (),
    private: bool = False,
    today: date | None = None,
) -> Answered:
    """What the portfolio says to a question, in its own words.

    Args:
        profile: the slug of the only profile that is asked about.
        project: the slug of the project on whose page it is asked.
        earlier: the conversation so far, oldest first.
        private: drafts too, as the owner sees them.
        today: the day up to which durations are counted.
    """
    started = time.perf_counter()
    found = retrieve(question, profile=profile, private=private)
    searched = time.perf_counter()
    answer = extract_answer(question, found.hits) or Answer(REFUSAL, AnswerKind.REFUSAL)
    timings = {"retrieval": searched - started, "answer": time.perf_counter() - searched}
    return Answered(answer, found.version, found.knowledge.indexing, timings)
