"""Job analyses: a language model's summary beside the report

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("job_analyses", sa.Column("summary", sa.Text))


def downgrade() -> None:
    op.drop_column("job_analyses", "summary")
