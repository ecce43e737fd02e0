"""The cache's outbox, and triggers that write to it on every table a policy depends on

Revision ID: 0002
Revises: 0001
"""

from alembic import op

from portfolio.caching.postgres_adapter.triggers import INSTALL, REMOVE, watch

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SECTIONS = (
    "social_profiles",
    "work",
    "volunteer",
    "education",
    "awards",
    "certificates",
    "publications",
    "skills",
    "languages",
    "interests",
    "references",
)


def upgrade() -> None:
    statements = [
        *INSTALL,
        *watch("profiles", "profile", ["id", "slug"]),
        *watch("projects", "project", ["id", "slug"]),
    ]
    for section in SECTIONS:
        statements += watch(f"resume_{section}", "resume", ["profile_id"])
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for statement in REMOVE:
        op.get_bind().exec_driver_sql(statement)
