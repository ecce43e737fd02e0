"""The projects of a JSON Resume as projects of a profile."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from portfolio.errors import Conflict
from portfolio.extensions import db
from portfolio.models import Profile, Project
from portfolio.schemas import resume
from portfolio.services.changes import Changes
from portfolio.services.imported_rows import project_columns
from portfolio.services.slugs import add_with_slug, slugify
from portfolio.vocabulary import Status


def import_projects(
    profile: Profile, items: Sequence[resume.Project], problems: list[str]
) -> tuple[Changes, int]:
    """Make or update a project for each item.

    An item is the profile's project with the slug that it gives, else with the slug of its name,
    else with its title. Slugs that belong to other projects are added to `problems`.

    Returns:
        What changed, and how many of the profile's projects the items do not name.
    """
    rows = db.session.scalars(
        select(Project)
        .where(Project.profile_id == profile.id)
        .order_by(Project.sort_order, Project.id)
        .with_for_update()
    )
    free = list(rows)
    changes = Changes()
    for index, item in enumerate(items):
        slug = item.extra.slug
        wanted = slugify(item.name, kind="project")
        project = _find(free, slug or wanted, None if slug else item.name)
        if project is not None:
            free.remove(project)
            for column, value in project_columns(item).items():
                setattr(project, column, value)
            if db.session.is_modified(project):
                changes.updated += 1
            else:
                changes.unchanged += 1
            continue
        project = Project(**{**_new(item, index), **project_columns(item)})
        project.profile_id = profile.id
        try:
            add_with_slug(project, slug, wanted)
        except Conflict as conflict:
            problems.append(f"projects[{index}].x-portfolio.slug: {conflict.detail}")
        changes.created += 1
    return changes, len(free)


def _find(rows: Sequence[Project], slug: str, title: str | None) -> Project | None:
    by_slug = next((row for row in rows if row.slug == slug), None)
    if by_slug is not None or title is None:
        return by_slug
    return next((row for row in rows if row.title == title), None)


def _new(item: resume.Project, index: int) -> dict[str, Any]:
    """What a new project has if the file does not say."""
    return {
        "status": Status.IN_PROGRESS if item.end_date is None else Status.COMPLETED,
        "visibility": item.extra.visibility,
        "sort_order": index + 1,
    }
