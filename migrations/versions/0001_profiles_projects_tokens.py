"""Profiles with their résumés, projects and API tokens

Revision ID: 0001
Revises:
"""

from collections.abc import Iterator
from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SQL = Path(__file__).parent.parent / "sql"
TABLES = (
    "resume_references, resume_interests, resume_languages, resume_skills, resume_publications, "
    "resume_certificates, resume_awards, resume_education, resume_volunteer, resume_work, "
    "resume_social_profiles, projects, profiles, api_tokens"
)


def upgrade() -> None:
    for name in ("0001_portfolio.sql", "0001_resume.sql"):
        for statement in statements(name):
            op.execute(statement)


def downgrade() -> None:
    op.execute(f"DROP TABLE {TABLES}")
    op.execute("DROP FUNCTION lower_all(text[])")


def statements(name: str) -> Iterator[str]:
    """The statements of a file; each ends with a semicolon at the end of a line."""
    for statement in (SQL / name).read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            yield statement
