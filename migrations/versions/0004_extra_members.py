"""Members of a résumé that no column is for are kept as they came

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = (
    "profiles",
    "projects",
    "resume_social_profiles",
    "resume_work",
    "resume_volunteer",
    "resume_education",
    "resume_awards",
    "resume_certificates",
    "resume_publications",
    "resume_skills",
    "resume_languages",
    "resume_interests",
    "resume_references",
)


def upgrade() -> None:
    for table in TABLES:
        op.add_column(
            table,
            sa.Column("extra", JSONB(none_as_null=True), nullable=False, server_default="{}"),
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "extra")
