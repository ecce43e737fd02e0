"""Visitors: events, sessions of a day, the day's salt, and contact messages

Neither the history of content nor the cache watches these tables: they are visitors' data.

Events are one table with a BRIN index and no partitions: an event that is sent again with another
time must still meet its own id, and a unique index over partitions would have to hold the time.
They are written in the order of time but for stragglers, so a few kilobytes of BRIN find a day.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(100)
KINDS = "'page_view', 'project_view', 'chat_start', 'job_match', 'download', 'contact', 'duration'"


def _came_from() -> list[sa.Column[object]]:
    campaign = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
    return [
        sa.Column("referrer_host", sa.String(253)),
        *(sa.Column(name, WORD) for name in campaign),
        *(sa.Column(name, WORD, nullable=False) for name in ("device", "browser", "system")),
        sa.Column("country", sa.String(2)),
        sa.Column("is_bot", sa.Boolean, nullable=False),
    ]


def _count(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer, nullable=False)


def upgrade() -> None:
    op.create_table(
        "visitor_events",
        sa.Column("number", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("event_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("session_id", sa.Uuid, nullable=False),
        sa.Column("path", sa.String(500)),
        sa.Column("project_id", sa.Uuid),
        sa.Column("profile_id", sa.Uuid),
        sa.Column("is_entrance", sa.Boolean, nullable=False),
        sa.Column("duration_ms", sa.Integer),
        *_came_from(),
        sa.PrimaryKeyConstraint("number", name="pk_visitor_events"),
        sa.UniqueConstraint("event_id", name="uq_visitor_events_event_id"),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_visitor_events_kind")),
        sa.CheckConstraint(
            "duration_ms BETWEEN 0 AND 86400000", name=op.f("ck_visitor_events_duration_ms_range")
        ),
        sa.CheckConstraint(
            "(kind = 'duration') = (duration_ms IS NOT NULL)",
            name=op.f("ck_visitor_events_duration_has_length"),
        ),
        sa.CheckConstraint(
            "is_entrance <= (kind = 'page_view')",
            name=op.f("ck_visitor_events_entrance_is_page_view"),
        ),
        sa.Index(
            "ix_visitor_events_at",
            "at",
            postgresql_using="brin",
            postgresql_with={"pages_per_range": 32, "autosummarize": True},
        ),
    )
    op.create_table(
        "visitor_sessions",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("last_seen", MOMENT, nullable=False),
        sa.Column("entry_at", MOMENT),
        sa.Column("entry_path", sa.String(500)),
        _count("visits"),
        _count("events"),
        _count("page_views"),
        _count("project_views"),
        _count("chat_starts"),
        _count("job_matches"),
        _count("downloads"),
        _count("contacts"),
        sa.Column("duration_ms", sa.BigInteger, nullable=False),
        sa.Column("recruiter_reasons", ARRAY(WORD), nullable=False, server_default="{}"),
        *_came_from(),
        sa.PrimaryKeyConstraint("id", name="pk_visitor_sessions"),
        sa.CheckConstraint("events >= 1", name=op.f("ck_visitor_sessions_events_range")),
        sa.CheckConstraint(
            "first_seen <= last_seen", name=op.f("ck_visitor_sessions_seen_in_order")
        ),
        sa.Index("ix_visitor_sessions_day", "day"),
        sa.Index("ix_visitor_sessions_first_seen", "first_seen", "id"),
        sa.Index(
            "ix_visitor_sessions_recruiters",
            "first_seen",
            "id",
            postgresql_where=sa.text("recruiter_reasons <> '{}'"),
        ),
        postgresql_with={"fillfactor": 80},
    )
    op.create_table(
        "visitor_salts",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_visitor_salts"),
        sa.CheckConstraint("octet_length(salt) = 32", name=op.f("ck_visitor_salts_salt_length")),
    )
    op.create_table(
        "visitor_recounts",
        sa.Column("day", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_visitor_recounts"),
    )
    op.create_table(
        "contact_messages",
        sa.Column("id", sa.Uuid, nullable=False, server_default=sa.text("gen_random_uuid()")),
        sa.Column("name", WORD, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False, server_default=sa.func.now()),
        sa.Column("sent_at", MOMENT),
        sa.Column("tried_at", MOMENT),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_contact_messages"),
        *(
            sa.CheckConstraint(
                f"btrim({name}) <> ''", name=op.f(f"ck_contact_messages_{name}_not_blank")
            )
            for name in ("name", "email", "message")
        ),
        sa.CheckConstraint(
            "char_length(message) <= 10000", name=op.f("ck_contact_messages_message_length")
        ),
        sa.Index("ix_contact_messages_created_at", "created_at", "id"),
    )


def downgrade() -> None:
    for table in (
        *("contact_messages", "visitor_recounts", "visitor_salts"),
        *("visitor_sessions", "visitor_events"),
    ):
        op.drop_table(table)
