"""Removing files that no image names: of deleted images, and of uploads that came to nothing."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Text,
    any_,
    column,
    func,
    literal,
    literal_column,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from portfolio.extensions import db
from portfolio.models import ProjectImage, ResumeImport
from portfolio.services.images import media_store
from portfolio.services.images.image_writing import UPLOADS

GRACE = timedelta(days=1)
"""Age of a file before it may go: pages that were sent shortly before still show it."""
BATCH = 50
"""Files that are removed while uploads wait; they wait for less than their limit."""


def clean_images(grace: timedelta = GRACE) -> int:
    """Remove files older than `grace` that no image names; how many there were.

    Raises:
        ServiceUnavailable: the store is away, or uploads go on without a pause.
    """
    old = list(media_store.list_old_files(datetime.now(UTC) - grace))
    orphans = sorted(set(old) - _named(old))
    db.session.rollback()
    batches = range(0, len(orphans), BATCH)
    return sum(_remove(orphans[start : start + BATCH]) for start in batches)


def _remove(names: Sequence[str]) -> int:
    # Alone with the lock, no upload is between its files and its row: what is unnamed now may go.
    db.session.execute(select(func.pg_advisory_xact_lock(UPLOADS)))
    orphans = set(names) - _named(names)
    for name in orphans:
        media_store.delete_file(name)
    db.session.rollback()
    return len(orphans)


def _named(names: Sequence[str]) -> set[str]:
    """Those of the names that images name, or would name again if an import were undone."""
    files = func.jsonb_array_elements(ProjectImage.files).table_valued(column("file", JSONB))
    listed = files.render_derived()
    name = listed.c.file["name"].astext
    wanted = any_(literal(list(names), ARRAY(Text)))
    statement = select(name).select_from(ProjectImage).join(listed, true())
    found = set(db.session.scalars(statement.where(name == wanted)))
    path: ColumnElement[str] = literal_column("'$.project_images[*].files[*].name'")
    before = func.jsonb_path_query(ResumeImport.before, path).table_valued(column("name", JSONB))
    listed = before.render_derived()
    name = listed.c.name.op("#>>", return_type=Text())(literal_column("'{}'"))
    statement = select(name).select_from(ResumeImport).join(listed, true())
    return found | set(db.session.scalars(statement.where(name == wanted)))
