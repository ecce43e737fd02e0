"""The table of imports: what each file said, and what was there before."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, ForeignKey, Identity, Index, String, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.models.base import Model
from portfolio.vocabulary import SHORT_LENGTH


class ResumeImport(Model):
    """One import into one profile.

    Attributes:
        actor: the name of the token, or `command line`.
        document: the file as it was given.
        said: what the file said of each row, by column; the next import compares with it.
        before: the profile's rows before the import; None if it made the profile.
        after: a digest of each row after it, to notice what was edited since.
        former_default: the profile that was the default before, if the import took it over.
    """

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    profile_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("profiles.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    actor: Mapped[str] = mapped_column(String(SHORT_LENGTH))
    document: Mapped[Any] = mapped_column(JSON)
    said: Mapped[dict[str, Any]] = mapped_column(JSONB)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    after: Mapped[dict[str, Any]] = mapped_column(JSONB)
    former_default: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    report: Mapped[dict[str, Any]] = mapped_column(JSONB)

    __table_args__ = (Index("ix_imports_profile_id", "profile_id", "id"),)
