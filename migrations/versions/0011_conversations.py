"""Conversations: what visitors asked and were answered, and what they thought of it

Neither the history of content nor the cache watches these tables: they are visitors' data.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _identified() -> sa.Column[object]:
    return sa.Column("id", sa.Uuid, nullable=False, server_default=sa.text("gen_random_uuid()"))


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, MOMENT, nullable=False, server_default=sa.func.now())


def upgrade() -> None:
    op.create_table(
        "conversations",
        _identified(),
        sa.Column("secret_hash", sa.LargeBinary, nullable=False),
        sa.Column("profile_id", sa.Uuid),
        _moment("created_at"),
        _moment("used_at"),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["profiles.id"],
            name="fk_conversations_profile_id",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "octet_length(secret_hash) = 32", name=op.f("ck_conversations_secret_hash_length")
        ),
        sa.Index("ix_conversations_profile_id", "profile_id"),
        sa.Index("ix_conversations_used_at", "used_at", "id"),
    )
    op.create_table(
        "messages",
        _identified(),
        sa.Column("conversation_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("understood", sa.Text, nullable=False, server_default=""),
        sa.Column("context", sa.String(20), nullable=False, server_default="general"),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("citations", JSONB, nullable=False, server_default="[]"),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("timings", JSONB, nullable=False, server_default="{}"),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.UniqueConstraint("conversation_id", "number", name="uq_messages_conversation_id_number"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_messages_conversation_id",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_messages_number_range")),
        sa.CheckConstraint(
            "char_length(question) BETWEEN 1 AND 4000", name=op.f("ck_messages_question_length")
        ),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_messages_confidence_range")),
        sa.CheckConstraint(
            "kind IN ('fact', 'extract', 'generated', 'refusal', 'smalltalk')",
            name=op.f("ck_messages_kind"),
        ),
        sa.CheckConstraint(
            "context IN ('general', 'project', 'experience', 'skills')",
            name=op.f("ck_messages_context"),
        ),
    )
    op.create_table(
        "message_feedback",
        sa.Column("message_id", sa.Uuid, nullable=False),
        sa.Column("rating", sa.String(10), nullable=False),
        sa.Column("comment", sa.Text, nullable=False, server_default=""),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("message_id", name="pk_message_feedback"),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["messages.id"],
            name="fk_message_feedback_message_id",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("rating IN ('up', 'down')", name=op.f("ck_message_feedback_rating")),
        sa.CheckConstraint(
            "char_length(comment) <= 1000", name=op.f("ck_message_feedback_comment_length")
        ),
    )


def downgrade() -> None:
    for table in ("message_feedback", "messages", "conversations"):
        op.drop_table(table)
