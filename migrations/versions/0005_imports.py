"""Imports are remembered, so that the next one sees what was edited here, and can be undone

Revision ID: 0005
Revises: 0004
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

UPGRADE = (
    "ALTER TABLE profiles ADD COLUMN is_sample boolean DEFAULT false NOT NULL",
    # The sample of earlier versions.
    """
UPDATE profiles SET is_sample = true
 WHERE slug = 'tamsin-orrelund' AND email = 'tamsin@example.com'""",
    """
CREATE TABLE imports (
    id bigint GENERATED ALWAYS AS IDENTITY,
    profile_id uuid NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    actor varchar(100) NOT NULL,
    document json NOT NULL,
    said jsonb NOT NULL,
    before jsonb,
    after jsonb NOT NULL,
    former_default jsonb,
    report jsonb NOT NULL,
    CONSTRAINT pk_imports PRIMARY KEY (id),
    CONSTRAINT fk_imports_profile_id FOREIGN KEY (profile_id) REFERENCES profiles (id)
        ON DELETE CASCADE
)""",
    "CREATE INDEX ix_imports_profile_id ON imports (profile_id, id)",
)


def upgrade() -> None:
    for statement in UPGRADE:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE imports")
    op.execute("ALTER TABLE profiles DROP COLUMN is_sample")
