"""Sums of visits: by quarter of an hour, by day, and by day and value; and how far they go

They tell of nobody, so they stay when events are forgotten. Neither the history of content nor the
cache watches them.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
DIMENSIONS = "'device', 'browser', 'system', 'country', 'referrer', 'campaign', 'page', 'project'"


def _sums(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.BigInteger, nullable=False) for name in names]


def upgrade() -> None:
    op.create_table(
        "visitor_quarters",
        sa.Column("start", MOMENT, nullable=False),
        *_sums("first_number", "visits", "page_views", "project_views", "chat_starts"),
        *_sums("job_matches", "downloads", "contacts", "durations", "duration_ms"),
        sa.PrimaryKeyConstraint("start", name="pk_visitor_quarters"),
    )
    op.create_table(
        "visitor_days",
        sa.Column("day", sa.Date, nullable=False),
        *_sums("visitors", "bots", "recruiters", "visits", "page_views", "viewers", "bounces"),
        *_sums("project_viewers", "chatters", "matchers", "downloaders", "contacters"),
        *_sums("stayers", "duration_ms", "scored_pages", "scored_projects", "scored_ms"),
        sa.PrimaryKeyConstraint("day", name="pk_visitor_days"),
    )
    op.create_table(
        "visitor_values",
        sa.Column("dimension", sa.String(10), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("value", sa.String(500), nullable=False),
        *_sums("count"),
        sa.PrimaryKeyConstraint("dimension", "day", "value", name="pk_visitor_values"),
        sa.CheckConstraint(
            f"dimension IN ({DIMENSIONS})", name=op.f("ck_visitor_values_dimension")
        ),
    )
    op.create_table(
        "visitor_rollups",
        sa.Column("id", sa.SmallInteger, nullable=False, autoincrement=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("open_day", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_visitor_rollups"),
        sa.CheckConstraint("id = 1", name=op.f("ck_visitor_rollups_only_one")),
    )


def downgrade() -> None:
    for table in ("visitor_rollups", "visitor_values", "visitor_days", "visitor_quarters"):
        op.drop_table(table)
