"""Job analyses: descriptions that visitors had matched, and the reports on them

Neither the history of content nor the cache watches this table: it is visitors' data.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "job_analyses",
        sa.Column("id", sa.Uuid, nullable=False, server_default=sa.text("gen_random_uuid()")),
        sa.Column("secret_hash", sa.LargeBinary, nullable=False),
        sa.Column("profile_id", sa.Uuid, nullable=False),
        sa.Column("rerun_of", sa.Uuid),
        sa.Column("private", sa.Boolean, nullable=False),
        sa.Column("source", sa.String(10), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("status", sa.String(10), nullable=False, server_default="pending"),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("report", sa.JSON),
        sa.Column("overall", sa.Float),
        sa.Column("title", sa.Text),
        sa.Column("company", sa.Text),
        sa.Column("asked", ARRAY(sa.Text), nullable=False, server_default="{}"),
        sa.Column("missing", ARRAY(sa.Text), nullable=False, server_default="{}"),
        sa.Column("share_hash", sa.LargeBinary),
        sa.Column("share_expires_at", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False, server_default=sa.func.now()),
        sa.Column("finished_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_job_analyses"),
        sa.UniqueConstraint("share_hash", name="uq_job_analyses_share_hash"),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profiles.id"], name="fk_job_analyses_profile_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["rerun_of"], ["job_analyses.id"], name="fk_job_analyses_rerun_of", ondelete="SET NULL"
        ),
        sa.CheckConstraint(
            "octet_length(secret_hash) = 32", name=op.f("ck_job_analyses_secret_hash_length")
        ),
        sa.CheckConstraint(
            "octet_length(share_hash) = 32", name=op.f("ck_job_analyses_share_hash_length")
        ),
        sa.CheckConstraint(
            "char_length(text) BETWEEN 1 AND 50000", name=op.f("ck_job_analyses_text_length")
        ),
        sa.CheckConstraint(
            "(status = 'done') = (report IS NOT NULL)", name=op.f("ck_job_analyses_done_has_report")
        ),
        sa.CheckConstraint(
            "(share_hash IS NULL) = (share_expires_at IS NULL)",
            name=op.f("ck_job_analyses_share_expires"),
        ),
        sa.CheckConstraint(
            "status IN ('pending', 'running', 'done', 'failed')",
            name=op.f("ck_job_analyses_status"),
        ),
        sa.CheckConstraint(
            "source IN ('text', 'pdf', 'docx', 'plain')", name=op.f("ck_job_analyses_source")
        ),
        sa.Index("ix_job_analyses_created_at", "created_at", "id"),
        sa.Index("ix_job_analyses_profile_id", "profile_id"),
        sa.Index("ix_job_analyses_rerun_of", "rerun_of"),
        sa.Index(
            "ix_job_analyses_open",
            "created_at",
            postgresql_where=sa.text("status IN ('pending', 'running')"),
        ),
    )


def downgrade() -> None:
    op.drop_table("job_analyses")
