"""Salts are in no write-ahead log, and what was erased is not written again from the queue

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Today's salt is in the log already: there is to be another one.
    op.execute("TRUNCATE visitor_salts")
    op.execute("ALTER TABLE visitor_salts SET UNLOGGED")
    op.create_table(
        "visitor_erasures",
        sa.Column("session_id", sa.Uuid, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("session_id", name="pk_visitor_erasures"),
    )


def downgrade() -> None:
    op.drop_table("visitor_erasures")
    op.execute("TRUNCATE visitor_salts")
    op.execute("ALTER TABLE visitor_salts SET LOGGED")
