"""The cache remembers which triggers watch, so that it notices a restore

Revision ID: 0003
Revises: 0002
"""

from alembic import op

from portfolio.caching.postgres_adapter.triggers import REMEMBER_WATCH

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.get_bind().exec_driver_sql(REMEMBER_WATCH)


def downgrade() -> None:
    op.get_bind().exec_driver_sql("ALTER TABLE cache_state DROP COLUMN watch")
