"""Images of projects

Revision ID: 0006
Revises: 0005
"""

from alembic import op

from portfolio.caching.postgres_adapter.triggers import watch

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLE = (
    """
CREATE TABLE project_images (
    id uuid DEFAULT gen_random_uuid() NOT NULL, project_id uuid NOT NULL,
    caption varchar(1000) DEFAULT '' NOT NULL, alt varchar(200) DEFAULT '' NOT NULL,
    is_primary boolean DEFAULT false NOT NULL, sort_order integer NOT NULL,
    files jsonb NOT NULL, created_at timestamptz DEFAULT now() NOT NULL,
    updated_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT pk_project_images PRIMARY KEY (id),
    CONSTRAINT fk_project_images_project_id FOREIGN KEY (project_id) REFERENCES projects (id)
        ON DELETE CASCADE,
    CONSTRAINT uq_project_images_project_id_sort_order UNIQUE (project_id, sort_order)
        DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_project_images_sort_order_range CHECK (sort_order BETWEEN 0 AND 1000000),
    CONSTRAINT ck_project_images_files_some CHECK (CASE jsonb_typeof(files) WHEN 'array'
        THEN jsonb_array_length(files) > 0 ELSE false END),
    CONSTRAINT ck_project_images_created_at_range CHECK (created_at BETWEEN '1000-01-01' AND
        '2999-12-31'),
    CONSTRAINT ck_project_images_updated_at_range CHECK (updated_at BETWEEN '1000-01-01' AND
        '2999-12-31')
)""",
    "CREATE UNIQUE INDEX uq_project_images_primary ON project_images (project_id) WHERE is_primary",
    "CREATE INDEX ix_project_images_files ON project_images USING gin (files jsonb_path_ops)",
)


def upgrade() -> None:
    for statement in (*TABLE, *watch("project_images", "project_image", ["project_id"])):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_table("project_images")
