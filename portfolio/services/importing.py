"""Importing a JSON Resume: all of it, or nothing and a list of everything that is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel, ValidationError
from sqlalchemy import select

from portfolio.extensions import db
from portfolio.models import Profile
from portfolio.schemas.field_errors import located_errors
from portfolio.schemas.json_text import JsonError, LoneSurrogate, decode_json
from portfolio.schemas.resume import Resume
from portfolio.services.changes import Changes
from portfolio.services.imported_rows import profile_columns, section_columns
from portfolio.services.profile_writing import (
    find_current_default,
    lock_profile_writers,
    make_default,
)
from portfolio.services.project_importing import import_projects
from portfolio.services.sections import replace_section
from portfolio.services.slugs import add_with_slug, slugify


class ResumeRefused(Exception):
    """The text is no résumé that can be imported; `problems` says everything that is wrong."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)


@dataclass
class ImportReport:
    """What an import did, or would do."""

    profile: str
    profile_change: str
    sections: dict[str, Changes] = field(default_factory=dict)
    projects: Changes = field(default_factory=Changes)
    projects_left: int = 0
    unknown: list[str] = field(default_factory=list)


def read_resume(text: bytes) -> Resume:
    """The résumé in a JSON text.

    Raises:
        ResumeRefused: broken JSON, or anything that JSON Resume 1.0 or the portfolio forbids.
    """
    try:
        return Resume.model_validate(decode_json(text))
    except JsonError as error:
        raise ResumeRefused([str(error)]) from None
    except LoneSurrogate as error:
        raise ResumeRefused([f"{path_text(error.location)}: {error}"]) from None
    except ValidationError as error:
        raise ResumeRefused(
            [f"{path_text(location)}: {detail}" for location, detail in located_errors(error)]
        ) from None


def import_resume(
    resume: Resume, *, profile_slug: str | None = None, dry_run: bool = False
) -> ImportReport:
    """Make or update the profile, its résumé and its projects.

    The profile is the one with `profile_slug`, else with the slug in the file, else with the slug
    of the name. Sections become what the file says. Projects that the file does not name stay.

    Raises:
        ResumeRefused: a slug in the file belongs to somebody else; nothing is changed.
    """
    lock_profile_writers()
    profile, report = _write_profile(resume, profile_slug)
    for name, items in section_columns(resume).items():
        report.sections[name] = replace_section(profile, name, items)
    problems: list[str] = []
    report.projects, report.projects_left = import_projects(profile, resume.projects, problems)
    if problems:
        db.session.rollback()
        raise ResumeRefused(problems)
    report.unknown = _unknown(resume)
    db.session.flush()
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    return report


def has_profiles() -> bool:
    """Whether there is any profile."""
    return bool(db.session.scalar(select(select(Profile.id).exists())))


def path_text(location: Sequence[str | int]) -> str:
    """A place in the file as people write it: `work[1].startDate`."""
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text or "the file"


def _write_profile(resume: Resume, profile_slug: str | None) -> tuple[Profile, ImportReport]:
    told = resume.meta.extra
    slug = profile_slug or told.slug or slugify(resume.basics.name, kind="profile")
    values = profile_columns(resume)
    profile = db.session.scalar(select(Profile).where(Profile.slug == slug).with_for_update())
    if profile is None:
        profile = Profile(**told.model_dump(exclude={"slug", "default"}) | values)
        add_with_slug(profile, slug, slug)
        change = "created"
    else:
        # What the file does not say of visibility stays as the owner set it.
        for column, value in values.items():
            setattr(profile, column, value)
        change = "updated" if db.session.is_modified(profile) else "unchanged"
        db.session.flush()
    default = find_current_default()
    if default is None or (told.default and default.id != profile.id):
        make_default(profile)
    return profile, ImportReport(profile.slug, change)


def _unknown(part: BaseModel, path: tuple[str | int, ...] = ()) -> list[str]:
    known = {("$schema",), *(("meta", name) for name in ("canonical", "version", "lastModified"))}
    found = [
        path_text((*path, name)) for name in part.model_extra or {} if (*path, name) not in known
    ]
    for name, info in type(part).model_fields.items():
        value = getattr(part, name)
        here = (*path, info.alias or name)
        if isinstance(value, BaseModel):
            found += _unknown(value, here)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, BaseModel):
                    found += _unknown(item, (*here, index))
    return found
