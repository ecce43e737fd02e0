"""Who came and what they did, without who they are: events, sessions of a day, contact messages.

No address is kept, and nothing that leads back to one once the day's salt is gone. What each
column means is told in docs/visitors.md.
"""

import uuid
from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    Identity,
    Index,
    LargeBinary,
    String,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.models.base import Identified, Model, not_blank, one_of
from portfolio.vocabulary import (
    DAY_IN_MS,
    EMAIL_LENGTH,
    HOST_LENGTH,
    PATH_LENGTH,
    SHORT_LENGTH,
    TEXT_LENGTH,
    EventKind,
)

NOW = func.now()
_MOMENT = DateTime(timezone=True)
_WORD = String(SHORT_LENGTH)


class CameFrom:
    """How a visitor came, and with what."""

    referrer_host: Mapped[str | None] = mapped_column(String(HOST_LENGTH))
    utm_source: Mapped[str | None] = mapped_column(_WORD)
    utm_medium: Mapped[str | None] = mapped_column(_WORD)
    utm_campaign: Mapped[str | None] = mapped_column(_WORD)
    utm_term: Mapped[str | None] = mapped_column(_WORD)
    utm_content: Mapped[str | None] = mapped_column(_WORD)
    device: Mapped[str] = mapped_column(_WORD)
    browser: Mapped[str] = mapped_column(_WORD)
    system: Mapped[str] = mapped_column(_WORD)
    country: Mapped[str | None] = mapped_column(String(2))
    is_bot: Mapped[bool] = mapped_column(Boolean)


class VisitorEvent(CameFrom, Model):
    """One thing that a visitor did. Rows are written once and never changed.

    No foreign keys: an event outlives the project that it tells of, and is removed with its days.
    """

    __tablename__ = "visitor_events"

    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    event_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(_MOMENT)
    session_id: Mapped[uuid.UUID]
    path: Mapped[str | None] = mapped_column(String(PATH_LENGTH))
    project_id: Mapped[uuid.UUID | None]
    profile_id: Mapped[uuid.UUID | None]
    is_entrance: Mapped[bool] = mapped_column(Boolean)
    duration_ms: Mapped[int | None]

    __table_args__ = (
        one_of("kind", EventKind),
        CheckConstraint(f"duration_ms BETWEEN 0 AND {DAY_IN_MS}", name="duration_ms_range"),
        CheckConstraint(
            "(kind = 'duration') = (duration_ms IS NOT NULL)", name="duration_has_length"
        ),
        CheckConstraint("is_entrance <= (kind = 'page_view')", name="entrance_is_page_view"),
        Index(
            "ix_visitor_events_at",
            "at",
            postgresql_using="brin",
            postgresql_with={"pages_per_range": 32, "autosummarize": True},
        ),
    )


class VisitorSession(CameFrom, Model):
    """What one visitor did on one day (UTC): sums over the events with this `session_id`."""

    __tablename__ = "visitor_sessions"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    day: Mapped[date] = mapped_column(Date)
    first_seen: Mapped[datetime] = mapped_column(_MOMENT)
    last_seen: Mapped[datetime] = mapped_column(_MOMENT)
    entry_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    entry_path: Mapped[str | None] = mapped_column(String(PATH_LENGTH))
    visits: Mapped[int]
    events: Mapped[int]
    page_views: Mapped[int]
    project_views: Mapped[int]
    chat_starts: Mapped[int]
    job_matches: Mapped[int]
    downloads: Mapped[int]
    contacts: Mapped[int]
    duration_ms: Mapped[int] = mapped_column(BigInteger)
    recruiter_reasons: Mapped[list[str]] = mapped_column(ARRAY(_WORD), server_default="{}")

    __table_args__ = (
        CheckConstraint("events >= 1", name="events_range"),
        CheckConstraint("first_seen <= last_seen", name="seen_in_order"),
        Index("ix_visitor_sessions_day", "day"),
        Index("ix_visitor_sessions_first_seen", "first_seen", "id"),
        Index(
            "ix_visitor_sessions_recruiters",
            "first_seen",
            "id",
            postgresql_where=text("recruiter_reasons <> '{}'"),
        ),
        # Rows are changed as long as a visitor stays: room for that on their page.
        {"postgresql_with": {"fillfactor": 80}},
    )


class VisitorSalt(Model):
    """What makes today's session ids impossible to repeat tomorrow, when it is gone."""

    __tablename__ = "visitor_salts"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (
        CheckConstraint("octet_length(salt) = 32", name="salt_length"),
        # What is in no write-ahead log is in no replica and in no copy of the log either.
        {"prefixes": ["UNLOGGED"]},
    )


class VisitorRecount(Model):
    """A day (UTC) some of whose events were erased: its sums are to be computed anew."""

    __tablename__ = "visitor_recounts"

    day: Mapped[date] = mapped_column(Date, primary_key=True)


class VisitorErasure(Model):
    """A session that was erased: what was told of it until then is not written any more."""

    __tablename__ = "visitor_erasures"

    session_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    at: Mapped[datetime] = mapped_column(_MOMENT)


class ContactMessage(Identified, Model):
    """What somebody wrote to the owner. Nothing leads from it to a session, or back."""

    __tablename__ = "contact_messages"

    name: Mapped[str] = mapped_column(_WORD)
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH))
    message: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(_MOMENT, server_default=NOW)
    sent_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    tried_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    attempts: Mapped[int] = mapped_column(server_default="0")

    __table_args__ = (
        *not_blank("name", "email", "message"),
        CheckConstraint(f"char_length(message) <= {TEXT_LENGTH}", name="message_length"),
        Index("ix_contact_messages_created_at", "created_at", "id"),
    )
