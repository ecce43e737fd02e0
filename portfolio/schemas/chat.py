"""Chat: what is asked, what is answered, and conversations."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from portfolio.schemas.lists import Page
from portfolio.schemas.values import Moment, QuestionText, SlugText, Summary
from portfolio.vocabulary import AnswerKind, Context, Rating, SourceType


class MessageWrite(BaseModel):
    """A question in a conversation."""

    model_config = ConfigDict(extra="forbid")

    question: QuestionText = Field(description="What visitors want to know, in plain words.")
    project: SlugText | None = Field(None, description="On which project's page it is asked.")
    context: Context = Field(Context.GENERAL, description="Where on the site it is asked.")
    timeout: Annotated[float, Field(ge=0.1, le=30)] | None = Field(
        None,
        description="Longest wait, in seconds, for a language model's wording; then the answer is "
        "made of quotes. The server may wait less.",
    )


class ChatWrite(MessageWrite):
    """A question, alone or in a conversation."""

    profile: SlugText | None = Field(
        None, description="Who is asked about; by default the default profile."
    )
    conversation_id: UUID | None = Field(
        None, description="Ask on in this one; its secret goes into `X-Conversation-Token`."
    )
    remember: bool = Field(
        True,
        strict=True,
        description="Whether a new conversation is begun and kept. If not, nothing is stored.",
    )


class CitedPlace(BaseModel):
    """What an answer rests on.

    `field` is a JSON Pointer into the API's document of the source; `quote` equals the text there
    from `start` to `end`, counted in Unicode code points.
    """

    source_type: SourceType
    source_id: UUID
    title: str
    url: str = Field(description="Address of the document, relative to the server's root.")
    field: str
    start: int
    end: int
    quote: str
    score: float = Field(description="How well it answers, from 0 to 1.")


class CacheUse(BaseModel):
    """How the answer was come by."""

    status: str = Field(
        description="`hit`, `miss` (computed now) or `bypass` (not for the cache).",
        json_schema_extra={"enum": ["hit", "miss", "bypass"]},
    )
    tier: str | None = Field(description="Of a hit: `l1`, the process's memory, or `l2`, Redis.")


class ChatAnswer(BaseModel):
    """An answer with what it rests on."""

    answer: str
    kind: AnswerKind
    citations: list[CitedPlace]
    confidence: float = Field(ge=0, le=1)
    understood: str = Field(description="A follow-up as it would be asked alone; else empty.")
    conversation_id: UUID | None = Field(description="Null if nothing was to be remembered.")
    message_id: UUID | None = Field(description="For feedback.")
    access_token: str | None = Field(
        description="Secret of a new conversation, told this once; null otherwise."
    )
    timings: dict[str, float] = Field(description="Milliseconds by step.")
    indexing: bool = Field(
        description="Whether some text has changed so lately that it is found by its words only."
    )
    cache: CacheUse


class ConversationWrite(BaseModel):
    """A conversation to begin."""

    model_config = ConfigDict(extra="forbid")

    profile: SlugText | None = Field(
        None, description="Who is asked about; by default the default profile."
    )


class ConversationItem(BaseModel):
    """A conversation, as its owner's list has it."""

    id: UUID
    profile: str | None = Field(description="Slug of who is asked about; null for the default.")
    messages: int
    created_at: Moment
    used_at: Moment


class NewConversation(ConversationItem):
    """A conversation that was begun."""

    access_token: str = Field(description="Its secret, told this once.")


class FeedbackWrite(BaseModel):
    """What a visitor thinks of an answer."""

    model_config = ConfigDict(extra="forbid")

    rating: Rating
    comment: Summary = ""


class FeedbackItem(BaseModel):
    """The same, as it is kept."""

    model_config = ConfigDict(from_attributes=True)

    rating: Rating
    comment: str
    created_at: Moment


class MessageItem(BaseModel):
    """A question and its answer, as they were then."""

    id: UUID
    number: int
    question: str
    understood: str
    context: Context
    answer: str
    kind: AnswerKind
    citations: list[CitedPlace]
    confidence: float
    timings: dict[str, float]
    created_at: Moment
    feedback: FeedbackItem | None


class ConversationPage(Page[ConversationItem]):
    """One page of conversations, the latest used first."""


class MessagePage(Page[MessageItem]):
    """One page of a conversation's messages, the first one first."""
