"""The table of changes: who changed which content, when and how. Triggers alone write to it."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, Index, Text, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.models.base import Identified, Model


class Change(Identified, Model):
    """One row that was created, updated or deleted, or one statement that was too wide to tell.

    No foreign key leads from it: what is told of a row outlives the row.
    """

    __tablename__ = "changes"

    at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.clock_timestamp()
    )
    actor: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    entity: Mapped[str] = mapped_column(Text)
    row_id: Mapped[uuid.UUID | None]
    profile_id: Mapped[uuid.UUID | None]
    project_id: Mapped[uuid.UUID | None]
    rows: Mapped[int | None]
    fields: Mapped[dict[str, Any]] = mapped_column(JSONB(none_as_null=True), server_default="{}")

    __table_args__ = (
        Index("ix_changes_at", "at", "id"),
        Index("ix_changes_profile_id", "profile_id", "at", "id"),
        Index("ix_changes_project_id", "project_id", "at", "id"),
    )
