"""Job descriptions that visitors had matched, and the reports: theirs, so no content."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Float,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.models.base import Identified, Model, one_of
from portfolio.models.visitor import OpenedBySecret, hash_length
from portfolio.vocabulary import DESCRIPTION_LENGTH, DocumentKind, JobState

NOW = func.now()
_WORDS = ARRAY(Text)


class JobAnalysis(OpenedBySecret, Identified, Model):
    """A description, cleaned, and when it is done the report on it.

    Attributes:
        private: made with drafts, for the owner.
        report: as it was made, member for member; JSON, as JSONB would put members in an order of
            its own.
        summary: a language model's words for the report, which it is no part of.
        asked, missing, overall, title, company: of the report, for lists and statistics.
        share_hash: of the word in a link that shows the report until `share_expires_at`.
    """

    __tablename__ = "job_analyses"

    profile_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("profiles.id", ondelete="CASCADE"))
    rerun_of: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("job_analyses.id", ondelete="SET NULL")
    )
    private: Mapped[bool]
    source: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(10), server_default=JobState.PENDING)
    reason: Mapped[str] = mapped_column(Text, server_default="")
    attempts: Mapped[int] = mapped_column(server_default="0")
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    summary: Mapped[str | None] = mapped_column(Text)
    overall: Mapped[float | None] = mapped_column(Float)
    title: Mapped[str | None] = mapped_column(Text)
    company: Mapped[str | None] = mapped_column(Text)
    asked: Mapped[list[str]] = mapped_column(_WORDS, server_default="{}")
    missing: Mapped[list[str]] = mapped_column(_WORDS, server_default="{}")
    share_hash: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    share_expires_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    __table_args__ = (
        hash_length(),
        hash_length("share_hash"),
        CheckConstraint(
            f"char_length(text) BETWEEN 1 AND {DESCRIPTION_LENGTH}", name="text_length"
        ),
        CheckConstraint("(status = 'done') = (report IS NOT NULL)", name="done_has_report"),
        CheckConstraint("(share_hash IS NULL) = (share_expires_at IS NULL)", name="share_expires"),
        one_of("status", JobState),
        one_of("source", DocumentKind),
        Index("ix_job_analyses_created_at", "created_at", "id"),
        Index("ix_job_analyses_profile_id", "profile_id"),
        Index("ix_job_analyses_rerun_of", "rerun_of"),
        Index(
            "ix_job_analyses_open",
            "created_at",
            postgresql_where="status IN ('pending', 'running')",
        ),
    )
