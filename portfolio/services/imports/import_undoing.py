"""Undoing the last import of a profile: its rows come back as they were, ids and times included."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Table,
    case,
    column,
    delete,
    func,
    literal_column,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from portfolio.errors import Conflict, NotFound
from portfolio.extensions import db
from portfolio.models import Profile, Project, ResumeImport
from portfolio.schemas.imports import UndoReport
from portfolio.services.content.profile_writing import find_current_default, lock_profile_writers
from portfolio.services.imports.import_snapshots import (
    digest_rows,
    find_last_import,
    is_owned,
    lock_rows,
    owned_tables,
)


def undo_import(slug: str | None, *, force: bool = False) -> UndoReport:
    """Restore what was before the last import; a profile that the import made is removed.

    Args:
        slug: of the profile; None is the default one.
        force: also if something was edited since.

    Raises:
        NotFound: there is no such profile.
        Conflict: there is no import to undo, or something was edited since, or a slug that
            would come back belongs to another profile now or to one of its projects.
    """
    lock_profile_writers()
    wanted = Profile.is_default if slug is None else Profile.slug == slug
    profile = db.session.scalar(
        select(Profile).where(wanted).with_for_update().execution_options(populate_existing=True)
    )
    if profile is None:
        raise NotFound("There is no such profile.")
    lock_rows(profile)
    record = find_last_import(profile)
    if record is None:
        raise Conflict("There is no import of this profile that can be undone.")
    before = record.before or {}
    report = UndoReport(
        profile=profile.slug,
        removed=record.before is None,
        lost=[*_edited_since(record.after, digest_rows(profile)), *_moved(profile, before)],
    )
    if report.lost and not force:
        edits = "; ".join(report.lost)
        raise Conflict(f"Undoing would lose what was edited since the import: {edits}.")
    try:
        _undo(profile, record)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        if taken := _taken_slugs(before):
            detail = f"Slugs that would come back belong to others now: {', '.join(taken)}."
            raise Conflict(detail) from None
        raise
    return report


def _taken_slugs(before: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[str]:
    """The slugs of rows from before that other profiles and their projects have."""
    taken: list[str] = []
    own = [row["id"] for row in before.get("profiles", ())]
    for model, others in (
        (Profile, Profile.id.not_in(own)),
        (Project, Project.profile_id.not_in(own)),
    ):
        rows = before.get(model.__tablename__, ())
        wanted = model.slug.in_([row["slug"] for row in rows])
        foreign = model.id.not_in([row["id"] for row in rows])
        taken += db.session.scalars(select(model.slug).where(wanted, foreign, others))
    return sorted(taken)


def _edited_since(
    after: Mapping[str, Mapping[str, str]], now: Mapping[str, Mapping[str, str]]
) -> list[str]:
    """In words, which tables hold other rows than the import left."""
    edits = []
    for table, rows in now.items():
        left = after.get(table, {})
        counts = {
            "changed": len([1 for key in rows.keys() & left.keys() if rows[key] != left[key]]),
            "added": len(rows.keys() - left.keys()),
            "removed": len(left.keys() - rows.keys()),
        }
        if any(counts.values()):
            told = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
            edits.append(f"{table.removeprefix('resume_')} ({told})")
    return edits


def _moved(profile: Profile, before: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[str]:
    """In words, which projects from before belong to other profiles now, and would go back."""
    rows = db.session.execute(
        select(Project.title, Profile.slug)
        .join(Profile, Profile.id == Project.profile_id)
        .where(Project.id.in_([row["id"] for row in before.get("projects", ())]))
        .where(Project.profile_id != profile.id)
        .order_by(Project.title, Project.id)
    )
    return [f"the profile {slug} loses the project “{title}”" for title, slug in rows]


def _undo(profile: Profile, record: ResumeImport) -> None:
    was_default = profile.is_default
    if record.before is None:
        db.session.delete(profile)
        db.session.flush()
        if was_default:
            _give_default_back(record)
        return
    for table in owned_tables():
        rows = record.before.get(table.name, [])
        _remove_newer(table, profile, rows)
        _make_way(table, rows)
        _bring_back(table, record, rows)
    if was_default and record.former_default:
        _set_default(profile.id, False)
        _give_default_back(record)
    db.session.delete(record)
    db.session.flush()
    db.session.expire_all()


def _remove_newer(table: Table, profile: Profile, rows: list[dict[str, Any]]) -> None:
    ids = [row["id"] for row in rows]
    db.session.execute(
        delete(table).where(is_owned(table, table, profile), table.c.id.not_in(ids)),
        execution_options={"synchronize_session": False},
    )


def _make_way(table: Table, rows: list[dict[str, Any]]) -> None:
    """Let rows give up the slug or the first place that comes back to another one of them."""
    if table.name == "projects":
        freed: ColumnElement[bool] = table.c.slug.in_([row["slug"] for row in rows])
        values: dict[str, Any] = {"slug": func.concat("undoing-", table.c.id)}
        keeping, key = rows, "slug"
    elif table.name == "project_images":
        freed, values = table.c.is_primary, {"is_primary": False}
        keeping, key = [row for row in rows if row["is_primary"]], "project_id"
    else:
        return
    kept = [(row["id"], row[key]) for row in keeping]
    db.session.execute(
        update(table)
        .where(table.c.id.in_([row["id"] for row in rows]), freed)
        .where(tuple_(table.c.id, table.c[key]).not_in(kept))
        .values(values)
        .execution_options(synchronize_session=False)
    )


def _bring_back(table: Table, record: ResumeImport, rows: list[dict[str, Any]]) -> None:
    """The rows as PostgreSQL wrote them down; columns that are newer than that keep their default.

    Which profile is the default is not the profile's own business.
    """
    if not rows:
        return
    names = [one.name for one in table.c if one.name in rows[0]]
    written = (
        func.jsonb_populate_recordset(
            literal_column(f"NULL::{table.name}"),
            select(ResumeImport.before[table.name])
            .where(ResumeImport.id == record.id)
            .scalar_subquery(),
        )
        .table_valued(*(column(name) for name in names))
        .alias("written")
    )
    values: list[ColumnElement[Any]] = [written.c[name] for name in names]
    statement = insert(table).from_select(names, select(*values))
    replaced = {
        name: statement.excluded[name] for name in names if name not in ("id", "is_default")
    }
    db.session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=replaced))


def _give_default_back(record: ResumeImport) -> None:
    """To the profile that had it, with its time if nobody changed it since; else to the oldest."""
    former = record.former_default
    if former is not None:
        untouched = Profile.updated_at == record.created_at
        then = datetime.fromisoformat(former["updated_at"])
        _set_default(former["id"], True, case((untouched, then), else_=func.now()))
    if find_current_default() is None:
        oldest = select(Profile.id).order_by(Profile.created_at, Profile.id).limit(1)
        _set_default(db.session.scalar(oldest), True)


def _set_default(profile_id: Any, is_default: bool, updated_at: Any = Profile.updated_at) -> None:
    db.session.execute(
        update(Profile)
        .where(Profile.id == profile_id)
        .values(is_default=is_default, updated_at=updated_at)
        .execution_options(synchronize_session=False)
    )
