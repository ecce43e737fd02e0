"""The table of projects' images. Their files lie in the store of images, under names given here."""

import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.models.base import Identified, Model, Timestamped, days_in_range
from portfolio.vocabulary import NAME_LENGTH, SORT_RANGE, SUMMARY_LENGTH


class ProjectImage(Identified, Timestamped, Model):
    """One image of a project.

    Attributes:
        files: `name`, `width`, `height` and `bytes` of the whole image, then of its smaller copies.
    """

    __tablename__ = "project_images"

    project_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    caption: Mapped[str] = mapped_column(String(SUMMARY_LENGTH), server_default="")
    alt: Mapped[str] = mapped_column(String(NAME_LENGTH), server_default="")
    is_primary: Mapped[bool] = mapped_column(server_default=false())
    sort_order: Mapped[int]
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSONB(none_as_null=True))

    __table_args__ = (
        # Deferred: images that change places have each other's for a moment.
        UniqueConstraint("project_id", "sort_order", deferrable=True, initially="DEFERRED"),
        CheckConstraint(
            "sort_order BETWEEN {} AND {}".format(*SORT_RANGE), name="sort_order_range"
        ),
        CheckConstraint(
            "CASE jsonb_typeof(files) WHEN 'array' THEN jsonb_array_length(files) > 0"
            " ELSE false END",
            name="files_some",
        ),
        *days_in_range("created_at", "updated_at"),
        Index(
            "uq_project_images_primary",
            "project_id",
            unique=True,
            postgresql_where=text("is_primary"),
        ),
        Index(
            "ix_project_images_files",
            "files",
            postgresql_using="gin",
            postgresql_ops={"files": "jsonb_path_ops"},
        ),
    )

    @property
    def file(self) -> dict[str, Any]:
        """The whole image."""
        return self.files[0]

    @property
    def sizes(self) -> list[dict[str, Any]]:
        """The smaller copies, from wide to narrow."""
        return self.files[1:]
