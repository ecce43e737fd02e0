"""Answering a visitor's question: the one door to it."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from portfolio.ai import retrieval
from portfolio.ai.answers.answer import Answer, Context, Turn
from portfolio.ai.answers.engine import Asked, answer_from
from portfolio.ai.retrieval import Hit
from portfolio.services.knowledge.encoding import embed_question
from portfolio.services.knowledge.shelf import current_knowledge


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
    knowledge = current_knowledge(profile, private=private)
    timings = {"knowledge": time.perf_counter() - started, "retrieval": 0.0}

    def search(text: str, limit: int) -> list[Hit]:
        begun = time.perf_counter()
        hits = retrieval.retrieve(knowledge.index, text, embed_question(text), limit)
        timings["retrieval"] += time.perf_counter() - begun
        return hits

    asked = Asked(question, today or datetime.now(UTC).date(), project, context, tuple(earlier))
    answer = answer_from(asked, knowledge.book, search)
    timings["answer"] = time.perf_counter() - started - sum(timings.values())
    return Answered(answer, knowledge.state["version"], knowledge.indexing, timings)
