"""The projects of a JSON Resume as projects of a profile."""

import calendar
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from portfolio.errors import Conflict
from portfolio.extensions import db
from portfolio.models import Profile, Project
from portfolio.schemas import resume
from portfolio.services.changes import Changes
from portfolio.services.slugs import add_with_slug, slugify
from portfolio.vocabulary import SUMMARY_LENGTH, Status


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
            for column, value in {**_columns(item), **_told(item)}.items():
                setattr(project, column, value)
            if db.session.is_modified(project):
                changes.updated += 1
            else:
                changes.unchanged += 1
            continue
        project = Project(**{**_new(item, index), **_columns(item), **_told(item)})
        project.profile_id = profile.id
        try:
            add_with_slug(project, slug, wanted)
        except Conflict as conflict:
            problems.append(f"projects[{index}].x-portfolio.slug: {conflict.detail}")
        changes.created += 1
    return changes, len(free)


def first_day(partial: str | None) -> date | None:
    """The first day that a partial date may mean."""
    if partial is None:
        return None
    year, month, day = (*partial.split("-"), "1", "1")[:3]
    return date(int(year), int(month), int(day))


def last_day(partial: str | None) -> date | None:
    """The last day that a partial date may mean."""
    if partial is None:
        return None
    year, month, day = (*partial.split("-"), "", "")[:3]
    in_month = int(month or 12)
    return date(
        int(year), in_month, int(day) if day else calendar.monthrange(int(year), in_month)[1]
    )


def _find(rows: Sequence[Project], slug: str, title: str | None) -> Project | None:
    by_slug = next((row for row in rows if row.slug == slug), None)
    if by_slug is not None or title is None:
        return by_slug
    return next((row for row in rows if row.title == title), None)


def _columns(item: resume.Project) -> dict[str, Any]:
    """What JSON Resume itself says; a member that is missing empties the column."""
    summary, rest = _split_description(item.description)
    values: dict[str, Any] = {
        "title": item.name,
        "summary": summary,
        "achievements": item.highlights,
        "technologies": item.keywords,
        "url": item.url,
        "start_date": first_day(item.start_date),
        "end_date": last_day(item.end_date),
        "role": ", ".join(item.roles),
        "entity": item.entity,
        "type": item.type,
    }
    return {**values, "description": rest} if rest else values


def _told(item: resume.Project) -> dict[str, Any]:
    """What stands under `x-portfolio`; what does not stand there stays as it is."""
    told = item.extra.model_dump(include=item.extra.model_fields_set - {"slug"})
    names = {"long_description": "description", "order": "sort_order"}
    return {names.get(name, name): value for name, value in told.items() if value is not None}


def _new(item: resume.Project, index: int) -> dict[str, Any]:
    """What a new project has if the file does not say."""
    return {
        "status": Status.IN_PROGRESS if item.end_date is None else Status.COMPLETED,
        "visibility": item.extra.visibility,
        "sort_order": index + 1,
    }


def _split_description(text: str) -> tuple[str, str]:
    # JSON Resume knows one text; where it is too long for a summary, the whole is the description.
    if len(text) <= SUMMARY_LENGTH:
        return text, ""
    cut = text[: SUMMARY_LENGTH - 1].rsplit(maxsplit=1)[0]
    return f"{cut}…", text
