"""What visitors have asked and were answered. It is theirs: no content, and no address is kept."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Float,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.models.base import Identified, Model, one_of
from portfolio.models.visitor import OpenedBySecret, hash_length
from portfolio.vocabulary import (
    QUESTION_LENGTH,
    SUMMARY_LENGTH,
    AnswerKind,
    Context,
    Rating,
)

NOW = func.now()


class Conversation(OpenedBySecret, Identified, Model):
    """Questions of one visitor."""

    __tablename__ = "conversations"

    profile_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("profiles.id", ondelete="CASCADE")
    )
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)
    used_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)

    __table_args__ = (
        hash_length(),
        Index("ix_conversations_profile_id", "profile_id"),
        Index("ix_conversations_used_at", "used_at", "id"),
        Index("ix_conversations_created_at", "created_at"),
    )


class Message(Identified, Model):
    """A question and its answer, the `number`-th of a conversation, from 1."""

    __tablename__ = "messages"

    conversation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE")
    )
    number: Mapped[int]
    question: Mapped[str] = mapped_column(Text)
    understood: Mapped[str] = mapped_column(Text, server_default="")
    context: Mapped[str] = mapped_column(String(20), server_default=Context.GENERAL)
    answer: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20))
    citations: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default="[]")
    confidence: Mapped[float] = mapped_column(Float)
    timings: Mapped[dict[str, float]] = mapped_column(JSONB, server_default="{}")
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)

    __table_args__ = (
        UniqueConstraint("conversation_id", "number"),
        CheckConstraint("number >= 1", name="number_range"),
        CheckConstraint(
            f"char_length(question) BETWEEN 1 AND {QUESTION_LENGTH}", name="question_length"
        ),
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence_range"),
        one_of("kind", AnswerKind),
        one_of("context", Context),
        Index("ix_messages_created_at", "created_at"),
    )


class MessageFeedback(Model):
    """What a visitor thinks of an answer; of each the latest opinion counts."""

    __tablename__ = "message_feedback"

    message_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True
    )
    rating: Mapped[str] = mapped_column(String(10))
    comment: Mapped[str] = mapped_column(Text, server_default="")
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)

    __table_args__ = (
        one_of("rating", Rating),
        CheckConstraint(f"char_length(comment) <= {SUMMARY_LENGTH}", name="comment_length"),
    )
