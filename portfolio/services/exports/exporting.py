"""A profile as JSON Resume 1.0, in the very form that the importer reads."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic.alias_generators import to_camel
from sqlalchemy import select

from portfolio.errors import NotFound
from portfolio.extensions import db
from portfolio.models import SECTIONS, Profile, Project, Section
from portfolio.schemas.json_resume.resume import SCHEMA, ProfileExtra
from portfolio.services.content.profile_writing import find_current_default
from portfolio.services.content.profiles import describe_profile, find_profile, read_sections
from portfolio.services.content.project_words import KEPT, project_words
from portfolio.services.content.projects import is_listed

Document = dict[str, Any]

_BASICS = ("name", "label", "image", "email", "phone", "url", "summary")
_EMPTY: tuple[Any, ...] = (None, "", [], {})


def export_resume(slug: str, *, private: bool) -> Document:
    """The profile with its résumé and projects as a JSON Resume; empty parts are left out.

    Importing what is exported with `private` changes nothing, and into an empty database it makes
    the same again.

    Args:
        private: drafts too, contact details that are not shown to everyone, projects that are not
            listed, and the members that no column is for.

    Raises:
        NotFound: there is none, or it is a draft and `private` is not set.
    """
    profile = find_profile(slug, private=private)
    rows = read_sections(profile)
    told = describe_profile(profile, rows, private=private).model_dump(mode="json")
    extra = profile.extra if private else {}
    sections = {name: _items(rows[name], told[name], private=private) for name in SECTIONS}
    place = {to_camel(name): value for name, value in told["location"].items()}
    basics = {
        **{name: told[name] for name in _BASICS},
        "location": _with_extra(place, extra.get("location")),
        "profiles": sections.pop("social_profiles"),
    }
    marked = {} if private else {"export": "public"}
    meta = {"x-portfolio": {**_profile_words(profile), **marked}}
    further = dict(extra.get("resume", {}))
    return {
        "$schema": further.pop("$schema", SCHEMA),
        "basics": _with_extra(basics, extra.get("basics")),
        **_filled({**sections, "projects": _projects(profile, private=private)}),
        **further,
        "meta": {**extra.get("meta", {}), **meta},
    }


def find_default_slug() -> str:
    """The slug of the default profile, whoever may see it.

    Raises:
        NotFound: there is no profile.
    """
    profile = find_current_default()
    if profile is None:
        raise NotFound("There is no profile.")
    return profile.slug


def _items(
    rows: Sequence[Section], told: Sequence[Mapping[str, Any]], *, private: bool
) -> list[Document]:
    items = (
        _with_extra(
            {to_camel(column): value for column, value in item.items() if column != "id"},
            row.extra if private else None,
        )
        for row, item in zip(rows, told, strict=True)
    )
    return [item for item in items if item]


def _projects(profile: Profile, *, private: bool) -> list[Document]:
    statement = select(Project).join(Project.profile).where(Project.profile_id == profile.id)
    projects = db.session.scalars(statement if private else statement.where(is_listed())).all()
    # By slug, not by id, so that those who share a place come in the same order elsewhere.
    return [
        _project(project, private=private)
        for project in sorted(projects, key=lambda project: (project.sort_order, project.slug))
    ]


def _project(project: Project, *, private: bool) -> Document:
    words = project_words(project)
    own = words.pop("x-portfolio")
    extra = {name: value for name, value in project.extra.items() if name != KEPT}
    return {**_with_extra(words, extra if private else None), "x-portfolio": own}


def _profile_words(profile: Profile) -> Document:
    columns = {"default": "is_default"}
    words = {
        info.alias or name: getattr(profile, columns.get(name, name))
        for name, info in ProfileExtra.model_fields.items()
        if name != "export"
    }
    # A profile that is alone becomes the default; only one that is it has to say so.
    return {name: value for name, value in words.items() if value or name != "default"}


def _with_extra(members: Mapping[str, Any], extra: Mapping[str, Any] | None) -> Document:
    own = _filled(members)
    # A value that no column could take stands among the unknown ones, until the column has one.
    return {**own, **{name: value for name, value in (extra or {}).items() if name not in own}}


def _filled(members: Mapping[str, Any]) -> Document:
    return {name: value for name, value in members.items() if value not in _EMPTY}
