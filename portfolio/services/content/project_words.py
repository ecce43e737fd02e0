"""A project's columns and JSON Resume's words for the same, in both directions.

Different words may lead to the same columns. Then the file's own are kept in `extra`, and hold for
as long as the columns say what they led to.
"""

import calendar
from collections.abc import Callable
from datetime import date
from typing import Any

from portfolio.models import Project
from portfolio.schemas.json_resume import resume
from portfolio.schemas.text import clean_line
from portfolio.vocabulary import SUMMARY_LENGTH

KEPT = "x-portfolio"
"""The member of `extra` with the file's own words; no unknown member has that name."""
COLUMN_NAMES = {"long_description": "description", "order": "sort_order"}
"""Columns that are called otherwise under `x-portfolio`."""

_ROLES = 10


def words_to_keep(item: resume.Project) -> dict[str, Any]:
    """What an item says that its columns could not give back, as members of `extra`."""
    rest = split_description(item.description)[1]
    told = item.extra
    kept: dict[str, Any] = {}
    if first_day(item.start_date) != _whole_day(item.start_date):
        kept["startDate"] = item.start_date
    if last_day(item.end_date) != _whole_day(item.end_date):
        kept["endDate"] = item.end_date
    if split_roles(join_roles(item.roles)) != item.roles:
        kept["roles"] = item.roles
    if rest and told.long_description not in ("", rest):
        kept["description"] = item.description
    if told.achievements is not None and told.achievements != item.highlights:
        kept |= {"highlights": item.highlights, "achievements": told.achievements}
    return {KEPT: kept} if kept else {}


def sound_extra(project: Project) -> dict[str, Any]:
    """A project's `extra` with those of the file's words that an export would give."""
    extra = {name: value for name, value in project.extra.items() if name != KEPT}
    if KEPT not in project.extra:
        return extra
    words = project_words(project)
    told = words.pop("x-portfolio")
    item = resume.Project.model_construct(
        name=project.title,
        description=words["description"],
        highlights=words["highlights"],
        start_date=words["startDate"],
        end_date=words["endDate"],
        roles=words["roles"],
        extra=resume.ProjectExtra.model_construct(
            long_description=told.get("longDescription", ""), achievements=told.get("achievements")
        ),
    )
    return {**extra, **words_to_keep(item)}


def project_words(project: Project) -> dict[str, Any]:
    """The members of JSON Resume, some of them perhaps empty, and those under `x-portfolio`."""
    kept = project.extra.get(KEPT, {})
    description, rest = _description(project, kept)
    told = {
        info.alias or name: getattr(project, COLUMN_NAMES.get(name, name))
        for name, info in resume.ProjectExtra.model_fields.items()
    }
    told |= {"longDescription": rest, "achievements": []}
    told = {name: value for name, value in told.items() if value not in (None, "", [])}
    highlights = project.achievements
    if "highlights" in kept and kept.get("achievements") == project.achievements:
        # Also when there are none: without a word of it, the highlights would become them.
        told["achievements"], highlights = project.achievements, kept["highlights"]
    return {
        "name": project.title,
        "description": description,
        "highlights": highlights,
        "keywords": project.technologies,
        "startDate": _partial(kept.get("startDate"), project.start_date, first_day),
        "endDate": _partial(kept.get("endDate"), project.end_date, last_day),
        "url": project.url,
        "roles": _roles(project.role, kept.get("roles")),
        "entity": project.entity,
        "type": project.type,
        "x-portfolio": told,
    }


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


def split_description(text: str) -> tuple[str, str]:
    """A summary and, where the text is too long for one, the whole as the description."""
    if len(text) <= SUMMARY_LENGTH:
        return text, ""
    cut = text[: SUMMARY_LENGTH - 1].rsplit(maxsplit=1)[0]
    return f"{cut}…", text


def join_roles(roles: list[str]) -> str:
    """JSON Resume's roles as one line."""
    return ", ".join(roles)


def split_roles(line: str) -> list[str]:
    """Roles that make this line when they are joined."""
    roles = line.split(", ")
    sound = len(roles) <= _ROLES and all(role and role == clean_line(role) for role in roles)
    return roles if sound else [line] if line else []


def _whole_day(partial: str | None) -> date | None:
    whole = partial is not None and len(partial) == len("2024-05-31")
    return date.fromisoformat(partial) if partial and whole else None


def _partial(
    kept: str | None, day: date | None, meaning: Callable[[str | None], date | None]
) -> str | None:
    if kept is not None and meaning(kept) == day:
        return kept
    return day.isoformat() if day else None


def _roles(line: str, kept: list[str] | None) -> list[str]:
    return kept if kept is not None and join_roles(kept) == line else split_roles(line)


def _description(project: Project, kept: dict[str, Any]) -> tuple[str, str]:
    text = kept.get("description", "")
    if text and split_description(text)[0] == project.summary:
        return text, project.description
    summary, rest = split_description(project.description)
    if rest and summary == project.summary:
        return rest, ""
    return project.summary, project.description
