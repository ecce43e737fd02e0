"""Writing the sections of a résumé so that rows which stay the same keep their ids."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from portfolio.extensions import db
from portfolio.models import SECTIONS, Profile, Section
from portfolio.services.content.changes import Changes
from portfolio.services.content.likeness import assign, is_akin, likeness

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

TELLING_APART = {
    "work": "position",
    "volunteer": "position",
    "education": "study_type",
    "awards": "date",
    "certificates": "date",
    "publications": "release_date",
}
"""The columns that tell items apart of which those are the same."""


def replace_section(profile: Profile, name: str, items: Sequence[Mapping[str, Any]]) -> Changes:
    """Make the section hold exactly these items, in this order.

    An item is the row with its id, if it has one; else the row that equals it, else the one with
    the same identifying columns, of several the most alike, else new.
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
    for index, item in enumerate(items):
        if matched[index] is None:
            matched[index] = _take(free, item)
    _match_alike(name, rows, items, matched)
    return matched


def _match_alike(
    name: str,
    rows: Sequence[Section],
    items: Sequence[Mapping[str, Any]],
    matched: list[Section | None],
) -> None:
    """Of several with the same identifying columns, those that are the most alike are the same."""
    columns = {*IDENTIFYING[name], *(column for item in items for column in item)}
    here = [{column: getattr(row, column) for column in columns} for row in rows]
    taken = {id(row) for row in matched}
    named: dict[tuple[Any, ...], tuple[list[int], list[int]]] = {}
    for side, entries in enumerate((items, here)):
        for index, entry in enumerate(entries):
            keys = tuple(entry[column] for column in IDENTIFYING[name])
            named.setdefault(keys, ([], []))[side].append(index)
    for mine, theirs in named.values():
        group = [items[index] for index in mine] + [here[index] for index in theirs]
        several = len(mine) > 1 or len(theirs) > 1
        free = [index for index in mine if matched[index] is None]
        left = [index for index in theirs if id(rows[index]) not in taken]
        scores = [
            [
                likeness(items[index], here[other])
                if not several or is_akin(items[index], here[other], group, TELLING_APART.get(name))
                else None
                for other in left
            ]
            for index in free
        ]
        for index, other in assign(scores).items():
            matched[free[index]] = rows[left[other]]


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
