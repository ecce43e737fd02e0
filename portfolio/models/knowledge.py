"""What is kept of a portfolio's text so that it can be searched: embeddings, and the work on them.

No text is kept here: what is quoted comes from the rows that hold it.
"""

import uuid
from datetime import datetime

from pgvector.sqlalchemy import VECTOR
from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.models.base import Identified, Model, one_of
from portfolio.vocabulary import JobState

HASH_LENGTH = 16
NOW = func.now()


class Embedding(Model):
    """The embedding of one text, by what it depends on and nothing else."""

    __tablename__ = "knowledge_embeddings"

    model: Mapped[str] = mapped_column(String(64), primary_key=True)
    normalisation: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    text_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    embedding: Mapped[list[float]] = mapped_column(VECTOR())
    used_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)

    __table_args__ = (
        CheckConstraint(f"octet_length(text_hash) = {HASH_LENGTH}", name="text_hash_length"),
        Index("ix_knowledge_embeddings_used_at", "used_at"),
    )


class KnowledgeSource(Model):
    """A document whose text was cut and embedded, as it was then."""

    __tablename__ = "knowledge_sources"

    source_type: Mapped[str] = mapped_column(String(20), primary_key=True)
    source_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    profile_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("profiles.id", ondelete="CASCADE"))
    model: Mapped[str] = mapped_column(String(64))
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    text_hashes: Mapped[list[bytes]] = mapped_column(ARRAY(LargeBinary))
    indexed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)

    __table_args__ = (
        CheckConstraint(f"octet_length(digest) = {HASH_LENGTH}", name="digest_length"),
        Index("ix_knowledge_sources_profile_id", "profile_id"),
    )


class KnowledgeJob(Identified, Model):
    """The work of embedding what changed in one profile. A profile has one open job at most."""

    __tablename__ = "knowledge_jobs"

    profile_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("profiles.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(String(10), server_default=JobState.PENDING)
    reason: Mapped[str] = mapped_column(Text, server_default="")
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    sources: Mapped[int] = mapped_column(server_default=text("0"))
    chunks: Mapped[int] = mapped_column(server_default=text("0"))
    chunks_done: Mapped[int] = mapped_column(server_default=text("0"))
    from_redis: Mapped[int] = mapped_column(server_default=text("0"))
    from_database: Mapped[int] = mapped_column(server_default=text("0"))
    encoded: Mapped[int] = mapped_column(server_default=text("0"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)
    started_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    __table_args__ = (
        one_of("state", JobState),
        Index("ix_knowledge_jobs_created_at", "created_at"),
        Index(
            "uq_knowledge_jobs_open",
            "profile_id",
            unique=True,
            postgresql_where=text("state IN ('pending', 'running')"),
        ),
    )
