"""What every table shares: the declarative base, the id, timestamps and recurring checks."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import CheckConstraint, DateTime, Uuid, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.extensions import db
from portfolio.vocabulary import (
    FIRST_DAY,
    LAST_DAY,
    LIST_ITEMS,
    PARTIAL_DATE_PATTERN,
    SLUG_PATTERN,
    UUID_PATTERN,
)

if TYPE_CHECKING:
    from portfolio.extensions import Base

    class Model(Base):
        """What a mapped class inherits."""

        __abstract__ = True
else:
    # Flask-SQLAlchemy builds the real base; the type checker cannot follow an attribute.
    Model = db.Model


class Identified:
    """A random UUID made by the database is the primary key."""

    id: Mapped[uuid.UUID] = mapped_column(
        Uuid, primary_key=True, server_default=text("gen_random_uuid()")
    )


class Extensible:
    """Keeps the members of an imported document that no column is for, as they came."""

    extra: Mapped[dict[str, Any]] = mapped_column(JSONB(none_as_null=True), server_default="{}")


class Timestamped:
    """When the row was made and last changed through the application."""

    # Both are made by the database; RETURNING brings them with the statement that changes them.
    __mapper_args__: ClassVar = {"eager_defaults": True}

    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.now(), onupdate=func.now()
    )


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    """The column holds one of the words."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def not_blank(*columns: str) -> Iterable[CheckConstraint]:
    """The columns hold something other than spaces."""
    return (
        CheckConstraint(f"btrim({column}) <> ''", name=f"{column}_not_blank") for column in columns
    )


def web_link(*columns: str) -> Iterable[CheckConstraint]:
    """The columns hold http(s) addresses or nothing."""
    return (
        CheckConstraint(f"{column} ~* '^https?://[^[:space:]]+$'", name=f"{column}_http")
        for column in columns
    )


def list_sizes(*columns: str) -> Iterable[CheckConstraint]:
    """The arrays hold a bounded number of words, none of them missing."""
    return (
        CheckConstraint(
            f"cardinality({column}) <= {LIST_ITEMS} AND array_position({column}, NULL) IS NULL",
            name=f"{column}_size",
        )
        for column in columns
    )


def slug_shape() -> Iterable[CheckConstraint]:
    """`slug` has the shape of a slug and cannot be taken for an id."""
    return (
        CheckConstraint(f"slug ~ '{SLUG_PATTERN}'", name="slug_shape"),
        CheckConstraint(f"slug !~ '{UUID_PATTERN}'", name="slug_not_uuid"),
    )


def days_in_range(*columns: str) -> Iterable[CheckConstraint]:
    """The columns hold days that every reader can read: PostgreSQL knows more, and infinity."""
    return (
        CheckConstraint(f"{column} BETWEEN '{FIRST_DAY}' AND '{LAST_DAY}'", name=f"{column}_range")
        for column in columns
    )


def partial_date(*columns: str) -> Iterable[CheckConstraint]:
    """The columns hold `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or nothing."""
    return (
        CheckConstraint(f"{column} ~ '{PARTIAL_DATE_PATTERN}'", name=f"{column}_shape")
        for column in columns
    )


def partial_dates_in_order() -> CheckConstraint:
    """`end_date` is not before `start_date`, as far as both say."""
    length = "least(length(start_date), length(end_date))"
    return CheckConstraint(
        f'left(end_date, {length}) COLLATE "C" >= left(start_date, {length}) COLLATE "C"',
        name="dates_in_order",
    )
