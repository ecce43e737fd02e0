"""Sums of the last minutes by minute and by page, so that what happens now is not counted anew

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
SUMMED = """
    FROM visitor_events, visitor_rollups
    WHERE visitor_events.number <= visitor_rollups.number AND NOT is_bot
        AND at >= now() - interval '45 minutes'
"""


def upgrade() -> None:
    op.create_table(
        "visitor_minutes",
        sa.Column("start", MOMENT, nullable=False),
        sa.Column("first_number", sa.BigInteger, nullable=False),
        sa.Column("page_views", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("start", name="pk_visitor_minutes"),
    )
    op.create_table(
        "visitor_recent_pages",
        sa.Column("start", MOMENT, nullable=False),
        sa.Column("path", sa.String(500), nullable=False),
        sa.Column("page_views", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("start", "path", name="pk_visitor_recent_pages"),
    )
    op.execute(f"""
        INSERT INTO visitor_minutes
        SELECT date_bin('1 minute', at, '2000-01-01T00:00Z'), min(visitor_events.number),
            count(*) FILTER (WHERE kind = 'page_view')
        {SUMMED} GROUP BY 1
    """)
    op.execute(f"""
        INSERT INTO visitor_recent_pages
        SELECT date_bin('5 minutes', at, '2000-01-01T00:00Z'), path, count(*)
        {SUMMED} AND kind = 'page_view' AND path IS NOT NULL GROUP BY 1, 2
    """)
    op.drop_column("visitor_quarters", "first_number")


def downgrade() -> None:
    # Nothing is numbered below 0: what happens now is looked for in all events, until new quarters
    # have taken the place of these.
    op.add_column(
        "visitor_quarters",
        sa.Column("first_number", sa.BigInteger, nullable=False, server_default="0"),
    )
    op.alter_column("visitor_quarters", "first_number", server_default=None)
    op.drop_table("visitor_recent_pages")
    op.drop_table("visitor_minutes")
