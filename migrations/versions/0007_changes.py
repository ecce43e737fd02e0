"""Who changed which content, when and how: the table of changes, and triggers that write to it

Revision ID: 0007
Revises: 0006
"""

from alembic import op

from portfolio.models.change_triggers import INSTALL, REMOVE, record

revision = "0007"
down_revision = "0006"
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
    statements = [*INSTALL, *record("profiles", "profile"), *record("projects", "project")]
    for section in SECTIONS:
        statements += record(f"resume_{section}", section)
    statements += record("project_images", "image")
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for statement in REMOVE:
        op.get_bind().exec_driver_sql(statement)
