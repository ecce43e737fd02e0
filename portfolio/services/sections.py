"""Writing the sections of a résumé so that rows which stay the same keep their ids."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from portfolio.extensions import db
from portfolio.models import SECTIONS, Profile, Section
from portfolio.services.changes import Changes

IDENTIFYING = {
    "social_profiles": ("network", "username"),
    "work": ("name", "start_date"),
    "volunteer": ("organization", "start_date"),
    "education": ("institution", "start_date"),
    "awards": ("title",),
    "certificates": ("name",),
    "publications": ("name",),
    "skills": ("name",),
    "languages": ("language",),
    "interests": ("name",),
    "references": ("name",),
}
"""The columns by which an item of a section is known again when its other columns change."""


def replace_section(profile: Profile, name: str, items: Sequence[Mapping[str, Any]]) -> Changes:
    """Make the section hold exactly these items, in this order.

    An item is the row with its id, if it has one; else the row that equals it, else the row with
    the same identifying columns, else new.
    """
    model = SECTIONS[name]
    rows = list(
        db.session.scalars(
            select(model)
            .where(model.profile_id == profile.id)
            .order_by(model.sort_order, model.id)
            .execution_options(populate_existing=True)
        )
    )
    changes = Changes()
    matched = _match(name, rows, items)
    for place, (row, item) in enumerate(zip(matched, items, strict=True), start=1):
        values = {**item, "sort_order": place}
        if row is None:
            db.session.add(make_row(model, {**values, "profile_id": profile.id}))
            changes.created += 1
        elif _equals(row, values):
            changes.unchanged += 1
        else:
            _assign(row, values)
            changes.updated += 1
    kept = {id(row) for row in matched}
    for row in rows:
        if id(row) not in kept:
            db.session.delete(row)
            changes.removed += 1
    return changes


def _match(
    name: str, rows: Sequence[Section], items: Sequence[Mapping[str, Any]]
) -> list[Section | None]:
    free = list(rows)
    matched = [_take(free, {"id": item["id"]}) if "id" in item else None for item in items]
    for columns in (None, IDENTIFYING[name]):
        for index, item in enumerate(items):
            if matched[index] is None:
                matched[index] = _take(free, {column: item[column] for column in columns or item})
    return matched


def _take(free: list[Section], wanted: Mapping[str, Any]) -> Section | None:
    row = next((row for row in free if _equals(row, wanted)), None)
    if row is not None:
        free.remove(row)
    return row


def _equals(row: Section, values: Mapping[str, Any]) -> bool:
    return all(getattr(row, column) == value for column, value in values.items())


def make_row(model: type[Section], values: Mapping[str, Any]) -> Section:
    """A new row with these columns."""
    row = model()
    _assign(row, values)
    return row


def _assign(row: Section, values: Mapping[str, Any]) -> None:
    for column, value in values.items():
        setattr(row, column, value)
