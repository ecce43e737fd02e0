"""What a résumé says, as columns of the tables: plain values, and no row is touched."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from portfolio.models import SECTIONS
from portfolio.schemas.json_resume import resume
from portfolio.schemas.json_resume.resume_parts import Part
from portfolio.services.content.project_words import (
    COLUMN_NAMES,
    first_day,
    join_roles,
    last_day,
    split_description,
    words_to_keep,
)

Columns = dict[str, Any]


def profile_columns(said: resume.Resume) -> Columns:
    """The basics; what the file does not tell of visibility is not among them."""
    basics, told = said.basics, said.meta.extra
    return {
        **_own_columns(basics, exclude=("location", "profiles")),
        **_own_columns(basics.location),
        **told.model_dump(include=told.model_fields_set - resume.SAID_OF_A_FILE),
        "extra": _profile_extra(said),
    }


def section_columns(said: resume.Resume) -> dict[str, list[Columns]]:
    """The items of every section in their order; empty ones are left out."""
    parts: Mapping[str, Sequence[Part]] = {
        name: said.basics.profiles if name == "social_profiles" else getattr(said, name)
        for name in SECTIONS
    }
    return {
        name: [columns for item in items if any((columns := _item_columns(item)).values())]
        for name, items in parts.items()
    }


def project_columns(item: resume.Project) -> Columns:
    """What JSON Resume says of a project, and what stands under `x-portfolio`.

    A member of JSON Resume that is missing empties its column; what `x-portfolio` does not tell is
    not among the columns.
    """
    summary, rest = split_description(item.description)
    values = {
        "title": item.name,
        "summary": summary,
        "achievements": item.highlights,
        "technologies": item.keywords,
        "url": item.url,
        "start_date": first_day(item.start_date),
        "end_date": last_day(item.end_date),
        "role": join_roles(item.roles),
        "entity": item.entity,
        "type": item.type,
        "extra": {**unknown_members(item), **words_to_keep(item)},
    }
    return {**values, **({"description": rest} if rest else {}), **_told(item)}


def taken_back(said: Mapping[str, Any]) -> Columns:
    """What the last file's description led to, for a file whose description is short by now.

    Args:
        said: what the last file said of the project, plain.
    """
    summary, rest = split_description(said.get("description", ""))
    return {"description": ""} if rest and summary == said.get("summary") else {}


def unknown_members(part: BaseModel) -> dict[str, Any]:
    """The members that no column is for, by the names and with the values of the file."""
    kept: dict[str, Any] = _storable(part.model_extra or {})
    return kept


def _item_columns(item: Part) -> Columns:
    return {**_own_columns(item), "extra": unknown_members(item)}


def _own_columns(part: BaseModel, exclude: Sequence[str] = ()) -> Columns:
    return {
        name: getattr(part, name)
        for name, info in type(part).model_fields.items()
        if not info.exclude and name not in exclude
    }


def _profile_extra(said: resume.Resume) -> dict[str, Any]:
    parts = {
        "resume": said,
        "basics": said.basics,
        "location": said.basics.location,
        "meta": said.meta,
    }
    extra = {name: unknown_members(part) for name, part in parts.items()}
    if extra["resume"].get("$schema") == resume.SCHEMA:
        del extra["resume"]["$schema"]  # every export has it
    return {name: members for name, members in extra.items() if members}


def _told(item: resume.Project) -> Columns:
    told = item.extra.model_dump(include=item.extra.model_fields_set - {"slug"})
    return {
        COLUMN_NAMES.get(name, name): value for name, value in told.items() if value is not None
    }


def _storable(value: Any) -> Any:
    """The value as PostgreSQL gives it back: without NUL, and with integers for whole floats."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(name): _storable(item) for name, item in value.items()}
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
