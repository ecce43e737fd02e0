"""The sections of a résumé as rows of a profile."""

from collections.abc import Sequence
from typing import Any

from pydantic.alias_generators import to_camel
from sqlalchemy import select

from portfolio.extensions import db
from portfolio.models import SECTIONS, Profile, Section
from portfolio.schemas.json_resume.resume_dialect import Location
from portfolio.schemas.section_writes import SECTION_SCHEMAS
from portfolio.services.content.sections import IDENTIFYING, TELLING_APART
from portfolio.services.imports.import_merging import Merging, plain_columns
from portfolio.services.imports.imported_rows import section_columns
from portfolio.services.imports.merging import plain
from portfolio.services.imports.row_kinds import Item, Known, RowKind, Spoken, equals_row
from portfolio.services.imports.row_merging import merge_rows


def import_sections(profile: Profile, merging: Merging) -> None:
    """Merge every section of the file into the profile's."""
    spoken = {}
    for name, items in section_columns(merging.file.resume).items():
        kind = _kind(profile, name)
        given = [
            Item((*kind.place, index), columns, plain_columns(columns, merging))
            for index, columns in enumerate(items)
        ]
        rows = _rows(profile, name)
        said: Spoken = merging.said.get(name, [])
        counts, spoken[name] = merge_rows(merging, kind, rows, given, said)
        merging.report.sections[name] = counts
    db.session.flush()
    merging.says.update({name: tell() for name, tell in spoken.items()})


def _rows(profile: Profile, name: str) -> list[Section]:
    model = SECTIONS[name]
    return list(
        db.session.scalars(
            select(model)
            .where(model.profile_id == profile.id)
            .order_by(model.sort_order, model.id)
            .execution_options(populate_existing=True)
        )
    )


def _kind(profile: Profile, name: str) -> RowKind[Section]:
    model, keys = SECTIONS[name], IDENTIFYING[name]
    of_section = [name for name in SECTION_SCHEMAS[name].write.model_fields if name != "id"]
    place: Location = ("basics", "profiles") if name == "social_profiles" else (name,)

    def make(item: Item) -> Section:
        row = model()
        for column, value in {**item.columns, "profile_id": profile.id}.items():
            setattr(row, column, value)
        db.session.add(row)
        return row

    def had_name(item: Item, one: Known[Section]) -> bool:
        said = one.said
        return said is not None and _shares(keys, item, [said.get(key) for key in keys])

    def has_name(item: Item, one: Known[Section]) -> bool:
        row = one.row
        return row is not None and _shares(keys, item, [plain(getattr(row, key)) for key in keys])

    return RowKind(
        place,
        equals_row,
        had_name,
        has_name,
        [((had_name,), (has_name,))],
        make,
        lambda column: () if column == "extra" else (to_camel(column),),
        lambda row: f"“{getattr(row, keys[0]) or getattr(row, 'position', '')}”",
        hidden=lambda row: not any(getattr(row, name) for name in of_section),
        apart=TELLING_APART.get(name),
    )


def _shares(keys: Sequence[str], item: Item, others: Sequence[Any]) -> bool:
    mine = [item.said[key] for key in keys]
    return any(mine) and mine == others
