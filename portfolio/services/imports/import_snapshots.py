"""The rows of a profile as they were before an import, made and compared by PostgreSQL itself:
so they come back to the letter."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Table, Text, cast, func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from portfolio.extensions import db
from portfolio.models import SECTIONS, Profile, Project, ResumeImport
from portfolio.vocabulary import SHORT_LENGTH

IMPORTS_KEPT = 5
"""Imports of a profile that are remembered; as many can be undone, one after the other."""

_NO_ROWS: ColumnElement[Any] = literal_column("'[]'::jsonb")


def owned_tables() -> Iterator[Table]:
    """The tables with rows of a profile, each after those that it refers to."""
    sections = {model.__tablename__ for model in SECTIONS.values()}
    for table in db.metadata.sorted_tables:
        of_projects = any(key.column.table.name == "projects" for key in table.foreign_keys)
        if table.name in {"profiles", "projects", *sections} or of_projects:
            yield table


def is_owned(rows: FromClause, table: Table, profile: Profile) -> ColumnElement[bool]:
    """What those rows of a table fulfil that are the profile's."""
    if table.name == "profiles":
        return rows.c.id == profile.id
    if "profile_id" in table.c:
        return rows.c.profile_id == profile.id
    own = select(Project.id).where(Project.profile_id == profile.id)
    return rows.c.project_id.in_(own)


def lock_rows(profile: Profile) -> None:
    """Wait for whoever writes the profile's rows, and let nobody write any until the commit.

    What is read of them afterwards stays true. New rows wait too, as they refer to these. Others
    hold a profile before its sections, and a project before its images; projects by their ids.
    """
    for table in owned_tables():
        rows = select(table.c.id).where(is_owned(table, table, profile)).order_by(table.c.id)
        db.session.execute(rows.with_for_update(of=table)).all()


def begin_record(profile: Profile, actor: str, document: Any, *, made: bool) -> ResumeImport:
    """The record of an import, with the rows as they are now; flushed.

    Args:
        actor: who imports, if the transaction does not say.
    """
    record = ResumeImport(profile_id=profile.id, document=document, said={}, after={}, report={})
    named = func.nullif(func.current_setting("portfolio.actor", True), "")
    record.actor = func.left(func.coalesce(named, actor), SHORT_LENGTH)
    if not made:
        record.before = _snapshot(profile)
    db.session.add(record)
    db.session.flush()
    return record


def digest_rows(profile: Profile) -> dict[str, dict[str, str]]:
    """By table and id, a digest of each row."""
    columns = []
    for table in owned_tables():
        one = table.alias("one")
        digest = func.md5(cast(func.to_jsonb(literal_column("one")), Text))
        rows = select(func.jsonb_object_agg(one.c.id, digest)).where(is_owned(one, table, profile))
        columns.append(rows.scalar_subquery().label(table.name))
    row = db.session.execute(select(*columns)).mappings().one()
    return {name: digests or {} for name, digests in row.items()}


def find_last_import(profile: Profile) -> ResumeImport | None:
    """The last import into the profile that has not been undone."""
    return db.session.scalar(
        select(ResumeImport)
        .where(ResumeImport.profile_id == profile.id)
        .order_by(ResumeImport.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )


def keep_few(profile: Profile) -> None:
    """Forget the oldest imports of the profile."""
    old = db.session.scalars(
        select(ResumeImport)
        .where(ResumeImport.profile_id == profile.id)
        .order_by(ResumeImport.id.desc())
        .offset(IMPORTS_KEPT)
    )
    for record in old:
        db.session.delete(record)


def _snapshot(profile: Profile) -> Any:
    parts: list[Any] = []
    for table in owned_tables():
        one = table.alias("one")
        rows = func.jsonb_agg(aggregate_order_by(func.to_jsonb(literal_column("one")), one.c.id))
        owned = select(rows).where(is_owned(one, table, profile)).scalar_subquery()
        parts += [literal_column(f"'{table.name}'"), func.coalesce(owned, _NO_ROWS)]
    return select(func.jsonb_build_object(*parts)).scalar_subquery()
