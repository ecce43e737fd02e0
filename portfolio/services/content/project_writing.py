"""Writing projects: create, replace, patch, delete and put in order."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import set_committed_value

from portfolio.errors import Conflict, Invalid, NotFound
from portfolio.extensions import db
from portfolio.models import Profile, Project
from portfolio.schemas.project import ProjectDetail, ProjectEchoes, ProjectWrite
from portfolio.services.content.ordering import check_order, set_places
from portfolio.services.content.patching import patched
from portfolio.services.content.projects import select_project, with_images
from portfolio.services.content.slugs import add_with_slug, flush_slug_change, slugify
from portfolio.services.preconditions import IfMatch, check_if_match, check_same
from portfolio.vocabulary import SECTION_ITEMS, SORT_RANGE

_KEPT_WHEN_ABSENT = ("slug", "sort_order")
_OTHERS = ProjectEchoes.model_fields.keys() | {"profile"}
"""Members of the document that are no column of the project's own."""


def create_project(data: ProjectWrite) -> ProjectDetail:
    """Make a project.

    Raises:
        Invalid: there is no such profile.
        Conflict: the slug is taken, an id is given, or the profile has no room for more.
    """
    check_same(data, None)
    profile = _find_profile(data.profile)
    values = {"sort_order": _next_place(profile.id), **_columns(data)}
    project = Project(**values, profile=profile)
    add_with_slug(project, data.slug, slugify(data.title, kind="project"))
    set_committed_value(project, "image", None)
    set_committed_value(project, "images", [])
    created = ProjectDetail.model_validate(project)
    db.session.commit()
    return created


def replace_project(ref: str, data: ProjectWrite, if_match: IfMatch | None) -> ProjectDetail:
    """Give a project new contents.

    Raises:
        NotFound, PreconditionFailed, Invalid, Conflict
    """
    return _rewrite(_lock_project(ref, if_match), data)


def patch_project(ref: str, patch: Mapping[str, Any], if_match: IfMatch | None) -> ProjectDetail:
    """Change a project by a JSON Merge Patch.

    Raises:
        NotFound, PreconditionFailed, Invalid, Conflict
    """
    project = _lock_project(ref, if_match)
    return _rewrite(project, patched(ProjectWrite, _document(project), patch))


def delete_project(ref: str, if_match: IfMatch | None) -> None:
    """Delete a project.

    Raises:
        NotFound, PreconditionFailed
    """
    db.session.delete(_lock_project(ref, if_match))
    db.session.commit()


def reorder_projects(order: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Put projects of one profile in this order, the profile's others behind them.

    Returns:
        The ids of all projects of the profile in their new order.

    Raises:
        Invalid: an id is unknown or given twice, or belongs to another profile than the first.
    """
    owners = select(Project.id, Project.profile_id).where(Project.id.in_(order))
    profile_ids = {row.id: row.profile_id for row in db.session.execute(owners)}
    check_order(order, profile_ids, "a project")
    # By their ids, as everybody locks projects; so no two wait for each other.
    present = db.session.execute(
        select(Project.sort_order, Project.id)
        .where(Project.profile_id == profile_ids[order[0]])
        .order_by(Project.id)
        .with_for_update()
    )
    rest = sorted((row.sort_order, row.id) for row in present if row.id not in profile_ids)
    whole = [*order, *(number for _, number in rest)]
    set_places(Project, whole)
    db.session.commit()
    return whole


def _lock_project(ref: str, if_match: IfMatch | None) -> Project:
    project = db.session.scalar(
        with_images(select_project(ref))
        .with_for_update(of=Project)
        .execution_options(populate_existing=True)
    )
    if project is None:
        raise NotFound("There is no such project.")
    check_if_match(if_match, ProjectDetail.model_validate(project))
    return project


def _rewrite(project: Project, data: ProjectWrite) -> ProjectDetail:
    check_same(data, project.id)
    if data.profile is not None and data.profile != project.profile.slug:
        profile = _find_profile(data.profile)
        _next_place(profile.id)
        project.profile = profile
    for name, value in _columns(data).items():
        setattr(project, name, value)
    flush_slug_change(project)
    written = ProjectDetail.model_validate(project)
    db.session.commit()
    return written


def _columns(data: ProjectWrite) -> dict[str, Any]:
    values = data.model_dump(exclude={*_OTHERS})
    return {k: v for k, v in values.items() if v is not None or k not in _KEPT_WHEN_ABSENT}


def _document(project: Project) -> dict[str, Any]:
    # Without slug and profile: left out they stay, and need no second look.
    names = ProjectWrite.model_fields.keys() - _OTHERS - {"slug"}
    return {name: getattr(project, name) for name in names}


def _find_profile(slug: str | None) -> Profile:
    # Locked until the project is in: against deletion, and so that no other one takes its room.
    wanted = Profile.is_default if slug is None else Profile.slug == slug
    profile = db.session.scalar(select(Profile).where(wanted).with_for_update(key_share=True))
    if profile is None:
        detail = "is required, as there is no default profile" if slug is None else "is unknown"
        raise Invalid([{"pointer": "#/profile", "detail": detail}])
    return profile


def _next_place(profile_id: uuid.UUID) -> int:
    """The place behind all projects of a profile, which must have been locked."""
    count, last = db.session.execute(
        select(func.count(), func.max(Project.sort_order)).where(Project.profile_id == profile_id)
    ).one()
    if count >= SECTION_ITEMS:
        raise Conflict(f"A profile has at most {SECTION_ITEMS} projects.")
    # At the end of the range the last ones share a place, and follow each other by id.
    return min((last or 0) + 1, SORT_RANGE[1])
