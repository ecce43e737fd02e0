"""The shape of files with questions: what is asked, and by what a right answer is known.

It knows nothing of how questions are answered or counted.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from portfolio.vocabulary import Context, SourceType

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=500)]
# Spaces and control characters are part of what is tested: nothing is stripped.
Asked = Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class Kind(StrEnum):
    """What a question deserves."""

    ANSWERABLE = "answerable"
    """A quoted answer: the résumé says it."""
    UNANSWERABLE = "unanswerable"
    """A refusal: the résumé does not say it, or not to everybody."""
    SMALLTALK = "smalltalk"
    """A short fitting word: greetings, thanks, questions about the assistant."""
    HOSTILE = "hostile"
    """A refusal or smalltalk: orders, attacks, noise."""


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Evidence(_Strict):
    """One way to be right; all that is given here must hold together.

    Words are compared whole and without regard to case; `quote` exactly.
    """

    source_type: SourceType
    item: Words | None = None
    """The name of the item that must be cited, such as the employer or the project's title."""
    quote: Words | None = None
    """What a citation of that source must contain, verbatim."""
    answer_contains: tuple[Words, ...] = ()
    """What the answer must contain, all of it."""
    answer_contains_any: tuple[Words, ...] = ()
    """What the answer must contain at least one of, such as two ways to write a duration."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.quote or self.answer_contains or self.answer_contains_any):
            raise ValueError("evidence needs a quote or words of the answer")
        return self


class Question(_Strict):
    """One question about one résumé."""

    id: Identifier
    resume: Identifier
    """The file's name in `resumes`, or `sample` for the portfolio that comes with the program."""
    question: Asked
    kind: Kind
    topic: Identifier
    """What it is about, for counting by topic."""
    context: Context = Context.GENERAL
    project: Identifier | None = None
    """The slug of the project on whose page it is asked."""
    after: tuple[Asked, ...] = ()
    """What was asked before in the same conversation, oldest first."""
    evidence: tuple[Evidence, ...] = ()
    """The acceptable evidences; one suffices."""
    expected: Literal["yes", "no"] | None = None
    """What a question of yes or no is to be answered with."""
    absent: tuple[Words, ...] = ()
    """What the question names and the résumé does not contain, with its other names; no answer
    may claim it."""
    forbidden: tuple[Words, ...] = ()
    """What the answer must not contain."""
    held_out: bool = False

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if (self.kind is Kind.ANSWERABLE) != bool(self.evidence):
            raise ValueError("evidence belongs to answerable questions, and to each of them")
        if self.expected and self.kind is not Kind.ANSWERABLE:
            raise ValueError("only an answerable question has an expected answer")
        if self.absent and self.kind is not Kind.UNANSWERABLE:
            raise ValueError("only an unanswerable question names what is absent")
        if (self.context is Context.PROJECT) != (self.project is not None):
            raise ValueError("a project's slug belongs to the context project")
        return self


class QuestionFile(_Strict):
    """A file of questions."""

    as_of: date
    """The day on which they are asked: durations that go on are counted up to it."""
    questions: tuple[Question, ...] = Field(min_length=1)
