"""A small résumé, a question about it, and answers that quote it."""

import json
from typing import Any

from portfolio.ai.answers.answer import Answer, AnswerKind, Citation
from portfolio.ai.evaluation.schema import Question
from portfolio.ai.evaluation.scoring import Failure, score

DOCUMENTS: dict[tuple[str, str], dict[str, Any]] = {
    ("work", "1"): {
        "name": "Larkmoor",
        "position": "Engineer",
        "summary": "She rewrote the scheduler in Go. It saved £40,000 a year.",
        "highlights": ["Cut the queue from 90 to 4 minutes.", "a/b: “naïve” — 🎻 tested"],
        "a/b": {"c~d": "odd names"},
        "start_date": "2019-02",
    },
    ("work", "2"): {"name": "Pennyford", "summary": "She rewrote the scheduler in Go."},
    ("project", "3"): {"title": "Larkmoor", "summary": "She rewrote the scheduler in Go."},
}
GO = "She rewrote the scheduler in Go."


def cite(quote: str, source: tuple[str, str] = ("work", "1"), field: str = "/summary") -> Citation:
    """A citation of the first place where the quote stands in a text of a source."""
    value: Any = DOCUMENTS[source]
    for step in field.split("/")[1:]:
        value = value[int(step)] if isinstance(value, list) else value[step]
    start = value.index(quote)
    return Citation(*source, field, start, start + len(quote), quote, 0.9)


def question(kind: str = "answerable", **given: Any) -> Question:
    """A question about Go; an answerable one has the evidence that is cited by default."""
    given = {"id": "go", "resume": "larkmoor", "question": "Go?", "topic": "skills", **given}
    if kind == "answerable":
        evidence = {"source_type": "work", "item": "Larkmoor", "quote": "scheduler in Go"}
        given.setdefault("evidence", [evidence])
    return Question.model_validate_json(json.dumps({"kind": kind, **given}))


def extract(text: str = GO, *citations: Citation) -> Answer:
    return Answer(text, AnswerKind.EXTRACT, citations or (cite(GO),))


def refusal(text: str = "The portfolio does not say that.") -> Answer:
    return Answer(text, AnswerKind.REFUSAL)


SMALLTALK = Answer("Hello!", AnswerKind.SMALLTALK)


def failures(asked: Question, answer: Answer | None) -> set[Failure]:
    return set(score(asked, answer, DOCUMENTS).failures)
