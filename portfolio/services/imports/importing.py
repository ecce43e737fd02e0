"""Importing a résumé: all of it, or nothing and a list of everything that is wrong."""

from typing import Any

from sqlalchemy import select

from portfolio.extensions import db
from portfolio.models import Profile, ResumeImport
from portfolio.schemas.imports import ImportReport
from portfolio.services.content.profile_writing import lock_profile_writers
from portfolio.services.imports.import_merging import Merging
from portfolio.services.imports.import_snapshots import (
    begin_record,
    digest_rows,
    find_last_import,
    keep_few,
    lock_rows,
)
from portfolio.services.imports.profile_finding import (
    find_profile,
    remember_slugs,
    tell_of_former_slug,
    tell_of_namesake,
)
from portfolio.services.imports.profile_importing import (
    import_basics,
    make_profile,
    settle_default,
)
from portfolio.services.imports.project_importing import import_projects
from portfolio.services.imports.resume_reading import ResumeFile, path_text
from portfolio.services.imports.section_importing import import_sections

COMMAND_LINE = "command line"
"""Who imports, if no token does."""


def import_resume(
    file: ResumeFile,
    *,
    actor: str = COMMAND_LINE,
    profile_slug: str | None = None,
    dry_run: bool = False,
    overwrite: bool = False,
    is_sample: bool = False,
) -> ImportReport:
    """Make or update the profile, its résumé and its projects.

    What was edited here since the last import stays, unless the file has changed in that place.

    Args:
        overwrite: let the file win everywhere.
        is_sample: whether a profile made by this gives way to the owner's own.

    Raises:
        ResumeRefused: a slug in the file belongs to somebody else, or together with what was added
            here there would be too much; nothing is changed.
    """
    lock_profile_writers()
    report = _import(file, actor, profile_slug, overwrite=overwrite, is_sample=is_sample)
    report.dry_run = dry_run
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    return report


def _import(
    file: ResumeFile, actor: str, profile_slug: str | None, *, overwrite: bool, is_sample: bool
) -> ImportReport:
    profile = find_profile(file.resume, profile_slug)
    created = profile is None
    if profile is None:
        profile = make_profile(file.resume, profile_slug, is_sample=is_sample)
    lock_rows(profile)
    last = find_last_import(profile)
    before = digest_rows(profile)
    record = begin_record(profile, actor, file.document, made=created)
    report = ImportReport(profile=profile.slug, change="created")
    merging = Merging(file, report, last.said if last else {}, overwrite)
    if created:
        tell_of = tell_of_namesake if profile_slug is None else tell_of_former_slug
        tell_of(profile, merging)
    remember_slugs(profile, merging, profile_slug, record.id)
    import_basics(profile, merging, created=created)
    import_sections(profile, merging)
    import_projects(profile, merging)
    merging.tell_of_what_is_left_out()
    record.former_default = settle_default(profile, merging, created=created)
    for place, text in file.reading.notes:
        merging.tell("read", path_text(place), text)
    for path in file.unknown_members():
        merging.tell("unknown", path, "is kept for exports, and shown nowhere")
    db.session.flush()
    after = digest_rows(profile)
    if last is not None and before == after:
        # Nothing was changed and nothing is to be undone; the next import compares with this file.
        slugs = merging.says["found"]["slugs"]
        slugs.update({slug: last.id for slug, number in slugs.items() if number == record.id})
        last.said, last.document = merging.says, file.document
        db.session.delete(record)
    else:
        _finish_record(record, merging, after)
    keep_few(profile)
    return report


def _finish_record(record: ResumeImport, merging: Merging, after: dict[str, Any]) -> None:
    record.said, record.after = merging.says, after
    record.report = merging.report.model_dump(mode="json")
    db.session.flush()


def has_profiles() -> bool:
    """Whether there is any profile."""
    return bool(db.session.scalar(select(select(Profile.id).exists())))
