"""The projects of a résumé as projects of a profile."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from pydantic.alias_generators import to_camel
from sqlalchemy import func, select

from portfolio.errors import Conflict
from portfolio.extensions import db
from portfolio.models import Profile, Project, ProjectImage
from portfolio.schemas.json_resume import resume
from portfolio.schemas.json_resume.resume_dialect import Location
from portfolio.services.content.project_words import sound_extra
from portfolio.services.content.slugs import add_with_slug, slugify
from portfolio.services.imports.import_merging import Merging, plain_columns
from portfolio.services.imports.imported_rows import project_columns, taken_back
from portfolio.services.imports.resume_reading import ResumeRefused
from portfolio.services.imports.row_kinds import Item, Known, RowKind, Spoken, equals_row, has_value
from portfolio.services.imports.row_merging import merge_rows
from portfolio.vocabulary import Status, Visibility

_MEMBERS: Mapping[str, Location] = {
    "title": ("name",),
    "summary": ("description",),
    "achievements": ("highlights",),
    "technologies": ("keywords",),
    "role": ("roles",),
    "description": ("x-portfolio", "longDescription"),
    "sort_order": ("x-portfolio", "order"),
    "extra": (),
    **{name: (to_camel(name),) for name in ("url", "start_date", "end_date", "entity", "type")},
}
_SILENT = sorted(
    column.name
    for column in Project.__table__.columns
    if column.name not in ("id", "profile_id", "sort_order", "created_at", "updated_at")
)
"""Some of them stand in every file; of where a project stands its place in the file tells."""


def import_projects(profile: Profile, merging: Merging) -> None:
    """Merge the file's projects into the profile's.

    Which item is which project is said by the tests, in their order; see docs/importing.md.

    Raises:
        ResumeRefused: slugs in the file belong to other projects, or there would be too many rows.
    """
    given = merging.file.resume.projects
    items = [_item(merging, index, item) for index, item in enumerate(given)]
    said: Spoken = merging.said.get("projects", [])
    rows = db.session.scalars(
        select(Project)
        .where(Project.profile_id == profile.id)
        .order_by(Project.sort_order, Project.id)
        .execution_options(populate_existing=True)
    ).all()

    def make(item: Item) -> Project:
        index = items.index(item)
        project = Project(**{**_new(given[index], index), **item.columns}, profile_id=profile.id)
        try:
            add_with_slug(project, item.slug, item.wanted)
        except Conflict as conflict:
            text = f"{conflict.detail}{_owner_of(item.slug)}"
            merging.refuse((*item.place, "x-portfolio", "slug"), text)
        return project

    kind = RowKind(
        ("projects",),
        _equals,
        _had_name,
        _has_name,
        (
            ((_had_slug_and_title,), (_has_slug_and_title,)),
            ((_had_slug,), (_has_slug,)),
            ((_stood_with_slug,), ()),
            ((_had_title,), (_has_title,)),
            ((), (_has_slug_of_name,)),
            ((_had_title_of_item_with_slug,), ()),
        ),
        make,
        lambda column: _MEMBERS.get(column, ("x-portfolio", to_camel(column))),
        lambda row: f"“{row.title}”",
        ordered=not any("sort_order" in item.columns for item in items),
        taken_back=taken_back,
        silent=_SILENT,
        belongings=_images,
        hidden=lambda row: {row.visibility, profile.visibility} != {Visibility.PUBLIC},
        has=_has_value,
        slug=lambda row: row.slug,
    )
    merging.report.projects, tell = merge_rows(merging, kind, rows, items, said)
    if merging.problems:
        db.session.rollback()
        raise ResumeRefused(merging.problems)
    db.session.flush()
    merging.says["projects"] = tell()


def _item(merging: Merging, index: int, item: resume.Project) -> Item:
    columns = project_columns(item)
    return Item(
        ("projects", index),
        columns,
        plain_columns(columns, merging),
        item.extra.slug,
        slugify(item.name, kind="project"),
    )


def _new(item: resume.Project, index: int) -> dict[str, Any]:
    """What a new project has if the file does not say."""
    return {
        "status": Status.IN_PROGRESS if item.end_date is None else Status.COMPLETED,
        "visibility": item.extra.visibility,
        "sort_order": index + 1,
    }


def _images(project: Project) -> str:
    """How many images a project has: none of them came from a file."""
    of_it = select(func.count()).where(ProjectImage.project_id == project.id)
    count = db.session.scalar(of_it)
    return f"{count} image{'s' if count != 1 else ''}" if count else ""


def _owner_of(slug: str | None) -> str:
    """Which project has a slug, and what its owner can do for the file's to be imported."""
    owner = select(Project.title, Profile.slug).join(Profile).where(Project.slug == slug)
    row = db.session.execute(owner).one_or_none()
    if row is None:
        return ""
    return (
        f" It is that of “{row.title}” in the profile {row.slug}: change it there, or take it out "
        "of the file, which makes a project with a slug of its own."
    )


def _equals(item: Item, one: Known[Project]) -> bool:
    return (item.slug is None or _has_slug(item, one)) and equals_row(item, one, _has_value)


def _has_value(project: Project, column: str, value: Any) -> bool:
    """Of the file's words that no longer lead to what stands here, an export does not tell."""
    return has_value(project, column, value) or (
        column == "extra" and sound_extra(project) == value
    )


def _had_name(item: Item, one: Known[Project]) -> bool:
    return _had_title(item, one) or _had_slug_and_title(item, one)


def _has_name(item: Item, one: Known[Project]) -> bool:
    return _has_title(item, one) or _has_slug_and_title(item, one)


def _had_slug_and_title(item: Item, one: Known[Project]) -> bool:
    return _had_slug(item, one) and _said_title(item, one)


def _has_slug_and_title(item: Item, one: Known[Project]) -> bool:
    return _has_slug(item, one) and one.row is not None and one.row.title == item.columns["title"]


def _had_slug(item: Item, one: Known[Project]) -> bool:
    """Whether the last file gave the slug, or gave none and made the row with it."""
    return item.slug is not None and (one.slug or one.stood) == item.slug


def _has_slug(item: Item, one: Known[Project]) -> bool:
    return item.slug is not None and one.row is not None and one.row.slug == item.slug


def _stood_with_slug(item: Item, one: Known[Project]) -> bool:
    return item.slug is not None and one.stood == item.slug


def _had_title(item: Item, one: Known[Project]) -> bool:
    return item.slug is None and _said_title(item, one)


def _had_title_of_item_with_slug(item: Item, one: Known[Project]) -> bool:
    """Of a slug that no project has or had, and a title that one had: that keeps its own slug."""
    return _said_title(item, one)


def _said_title(item: Item, one: Known[Project]) -> bool:
    return one.said is not None and one.said["title"] == item.columns["title"]


def _has_title(item: Item, one: Known[Project]) -> bool:
    return item.slug is None and one.row is not None and one.row.title == item.columns["title"]


def _has_slug_of_name(item: Item, one: Known[Project]) -> bool:
    """Of names that are alike: others give the same slug by chance, and many give none."""
    if item.slug is not None or one.row is None or one.row.slug != item.wanted:
        return False
    named = one.row.title if one.said is None else one.said["title"]
    return _letters(named) == _letters(item.columns["title"])


def _letters(title: str) -> str:
    """A title without case, accents, spaces and punctuation, but with what tells C++ from C#."""
    text = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", title)).casefold()
    return "".join(c for c in text if c in "+#." or unicodedata.category(c)[0] in "LMN")
