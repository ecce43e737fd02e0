"""The numbers of what was asked, and for the owner the questions themselves."""

from datetime import date

from pydantic import BaseModel, Field

from portfolio.schemas.period import DaysTold
from portfolio.schemas.values import Moment
from portfolio.vocabulary import AnswerKind, Context


class ResponseTimes(BaseModel):
    """Milliseconds from question to answer; all null when nothing was asked."""

    mean: float | None
    p50: float | None
    p90: float | None
    p95: float | None
    p99: float | None


class Confidence(BaseModel):
    """How sure answers were, from 0 to 1; small talk is left out."""

    mean: float | None
    median: float | None


class FeedbackCounts(BaseModel):
    """What visitors thought of answers."""

    up: int
    down: int
    up_share: float | None = Field(description="Of those that were rated.")


class DayMessages(BaseModel):
    """How many questions came on a day."""

    day: date
    messages: int


class ConversationStatistics(DaysTold):
    """Numbers of the conversations that are kept; nothing of what was said."""

    conversations: int = Field(description="How many began.")
    active_conversations: int = Field(description="In how many something was asked.")
    messages: int = Field(description="Questions, each with its answer.")
    messages_per_conversation: float | None = Field(description="Mean over the active ones.")
    response_ms: ResponseTimes
    confidence: Confidence
    feedback: FeedbackCounts
    contexts: dict[Context, int]
    kinds: dict[AnswerKind, int]
    unanswered: int = Field(description="Questions that the portfolio does not answer.")
    unanswered_share: float | None = Field(description="Of the questions that are no small talk.")
    by_day: list[DayMessages]


class QuestionCount(BaseModel):
    """A question, however it was spaced and whatever its case."""

    question: str = Field(description="As it was written most often; follow-ups as understood.")
    count: int
    unanswered: int = Field(description="How often it was not answered.")
    last_asked: Moment


class QuestionStatistics(DaysTold):
    """What visitors want to know, and what the portfolio does not say: the owner's to-do list."""

    most_asked: list[QuestionCount] = Field(description="At most 50.")
    unanswered: list[QuestionCount] = Field(description="At most 50.")
