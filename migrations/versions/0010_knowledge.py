"""Embeddings, the documents that were embedded, and the jobs that do it

Revision ID: 0010
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op
from pgvector.sqlalchemy import VECTOR
from sqlalchemy.dialects.postgresql import ARRAY

from portfolio.caching.postgres_adapter.triggers import watch

revision = "0010"
down_revision = "0007"
branch_labels = None
depends_on = None

PROFILE = "profiles.id"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS vector")
    op.create_table(
        "knowledge_embeddings",
        sa.Column("model", sa.String(64), nullable=False),
        sa.Column("normalisation", sa.SmallInteger, nullable=False, autoincrement=False),
        sa.Column("text_hash", sa.LargeBinary, nullable=False),
        sa.Column("embedding", VECTOR(), nullable=False),
        sa.Column("used_at", MOMENT, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint(
            "model", "normalisation", "text_hash", name="pk_knowledge_embeddings"
        ),
        sa.CheckConstraint(
            "octet_length(text_hash) = 16", name=op.f("ck_knowledge_embeddings_text_hash_length")
        ),
        sa.Index("ix_knowledge_embeddings_used_at", "used_at"),
    )
    op.create_table(
        "knowledge_sources",
        sa.Column("source_type", sa.String(20), nullable=False),
        sa.Column("source_id", sa.Uuid, nullable=False),
        sa.Column("profile_id", sa.Uuid, nullable=False),
        sa.Column("model", sa.String(64), nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("text_hashes", ARRAY(sa.LargeBinary), nullable=False),
        sa.Column("indexed_at", MOMENT, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("source_type", "source_id", name="pk_knowledge_sources"),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            [PROFILE],
            name="fk_knowledge_sources_profile_id",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "octet_length(digest) = 16", name=op.f("ck_knowledge_sources_digest_length")
        ),
        sa.Index("ix_knowledge_sources_profile_id", "profile_id"),
    )
    counts = ("attempts", "sources", "chunks", "chunks_done")
    op.create_table(
        "knowledge_jobs",
        sa.Column("id", sa.Uuid, nullable=False, server_default=sa.text("gen_random_uuid()")),
        sa.Column("profile_id", sa.Uuid, nullable=False),
        sa.Column("state", sa.String(10), nullable=False, server_default="pending"),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        *(
            sa.Column(name, sa.Integer, nullable=False, server_default=sa.text("0"))
            for name in (*counts, "from_redis", "from_database", "encoded")
        ),
        sa.Column("created_at", MOMENT, nullable=False, server_default=sa.func.now()),
        sa.Column("started_at", MOMENT),
        sa.Column("finished_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_knowledge_jobs"),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            [PROFILE],
            name="fk_knowledge_jobs_profile_id",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "state IN ('pending', 'running', 'done', 'failed')",
            name=op.f("ck_knowledge_jobs_state"),
        ),
        sa.Index("ix_knowledge_jobs_created_at", "created_at"),
        sa.Index(
            "uq_knowledge_jobs_open",
            "profile_id",
            unique=True,
            postgresql_where=sa.text("state IN ('pending', 'running')"),
        ),
    )
    for statement in (
        *watch("knowledge_embeddings", "knowledge", []),
        *watch("knowledge_sources", "knowledge", ["profile_id"]),
    ):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for table in ("knowledge_jobs", "knowledge_sources", "knowledge_embeddings"):
        op.drop_table(table)
