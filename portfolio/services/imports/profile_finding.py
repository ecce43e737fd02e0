"""Which profile a file is about: what was imported into one before goes before what it is called
here."""

import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select

from portfolio.extensions import db
from portfolio.models import Profile, ResumeImport
from portfolio.schemas.resume import Resume
from portfolio.schemas.text import clean_line
from portfolio.services.imports.import_merging import Merging
from portfolio.services.imports.merging import shown
from portfolio.services.imports.profile_importing import basics_place
from portfolio.services.slugs import slugify


@dataclass(frozen=True)
class _Candidate:
    """A profile, and what led the last file to it.

    Attributes:
        last_name: the one in the last file.
        by_name: whether the last file was imported by its name alone.
        slugs: all that were asked for or stood in files, and those that it had after imports.
    """

    id: uuid.UUID
    slug: str
    name: str
    last_name: str | None
    by_name: bool
    slugs: Sequence[str]

    def is_called(self, name: str) -> bool:
        """Whether this is its name, but for upper and lower case."""
        return _comparable(self.name) == _comparable(name)

    def was_called(self, name: str) -> bool:
        """Whether this was its name in the last file."""
        return self.last_name is not None and _comparable(self.last_name) == _comparable(name)


_Test = Callable[[_Candidate], bool]


def find_profile(resume: Resume, slug: str | None) -> Profile | None:
    """The profile that the file is about, locked; see docs/importing.md.

    Args:
        slug: of the profile that is asked for.
    """
    if slug is not None:
        return _lock(Profile.slug == slug)
    candidates = _candidates()
    for test in _tests(resume):
        found = next(filter(test, candidates), None)
        if found is not None:
            return _lock(Profile.id == found.id)
    return None


def remember_slugs(profile: Profile, merging: Merging, slug: str | None) -> None:
    """Note for the next import what led to the profile, and tell if its slug is another here."""
    said = merging.file.resume.meta.extra.slug
    slugs = {*merging.said.get("found", {}).get("slugs", ()), slug, said, profile.slug} - {None}
    merging.says["found"] = {"by_name": slug is said is None, "slugs": sorted(slugs, key=str)}
    if slug is not None:
        return
    if said is not None:
        if said != profile.slug:
            merging.tell_of_slug(("meta", "x-portfolio", "slug"), profile.slug, said)
        return
    resume = merging.file.resume
    if not _is_slug_of_name(resume, profile.slug):
        wanted = slugify(resume.basics.name, kind="profile")
        merging.note(
            "kept",
            basics_place("name"),
            f"gives the slug {shown(wanted)}; the profile's is {shown(profile.slug)} here, "
            "and stays so",
        )


def tell_of_namesake(profile: Profile, merging: Merging) -> None:
    """Tell which profile has the name or the slug by its name that a new one has as well."""
    resume = merging.file.resume
    wanted, name = slugify(profile.name, kind="profile"), profile.name
    others = [one for one in _candidates() if one.id != profile.id]
    others.sort(key=lambda one: one.slug != wanted)
    namesake = next((one for one in others if one.is_called(name) or one.was_called(name)), None)
    other = namesake or next((one for one in others if one.slug == wanted), None)
    if other is None or (namesake is None and resume.meta.extra.slug is not None):
        return
    told = (
        f"is the name of the profile {other.slug}, too, and {profile.slug} is made"
        if namesake
        else f"is not the name of the profile {other.slug}, {shown(other.name)}, so "
        f"{profile.slug} is made"
    )
    merging.note(
        "profile",
        basics_place("name"),
        f"{told}; --profile {other.slug} (over HTTP: ?profile={other.slug}) updates that one "
        "instead",
    )


def _tests(resume: Resume) -> list[_Test]:
    """What makes a profile that of the file, the surest first."""
    name, slug = resume.basics.name, resume.meta.extra.slug
    by_name: list[_Test] = [
        lambda one: one.was_called(name) and one.by_name,
        lambda one: one.was_called(name) and _leads_to(resume, one),
        lambda one: one.is_called(name) and _is_slug_of_name(resume, one.slug),
        lambda one: one.was_called(name) and _is_slug_of_name(resume, one.slug),
    ]
    if slug is None:
        return by_name
    by_slug: list[_Test] = [
        lambda one: slug in one.slugs and one.was_called(name) and one.slug == slug,
        lambda one: slug in one.slugs and one.was_called(name),
        lambda one: one.slug == slug and one.is_called(name),
        lambda one: slug in one.slugs,
        lambda one: one.slug == slug,
    ]
    return [*by_slug, *(by_name if _is_slug_of_name(resume, slug) else [])]


def _leads_to(resume: Resume, one: _Candidate) -> bool:
    return any(_is_slug_of_name(resume, slug) for slug in one.slugs)


def _is_slug_of_name(resume: Resume, slug: str) -> bool:
    wanted = slugify(resume.basics.name, kind="profile")
    return re.fullmatch(f"{wanted}(-[0-9]+)?", slug) is not None


def _candidates() -> list[_Candidate]:
    """All profiles, those with short slugs first. None changes: whoever writes one waits."""
    newest = select(func.max(ResumeImport.id)).group_by(ResumeImport.profile_id)
    rows = db.session.execute(
        select(
            Profile.id,
            Profile.slug,
            Profile.name,
            ResumeImport.said["profile"]["name"].astext,
            ResumeImport.said["found"],
        ).outerjoin(
            ResumeImport,
            and_(ResumeImport.profile_id == Profile.id, ResumeImport.id.in_(newest)),
        )
    )
    found = [_candidate(*row) for row in rows]
    return sorted(found, key=lambda one: (len(one.slug), one.slug))


def _candidate(
    number: uuid.UUID, slug: str, name: str, last_name: str | None, found: Any
) -> _Candidate:
    found = found or {"by_name": False, "slugs": []}
    return _Candidate(number, slug, name, last_name, found["by_name"], found["slugs"])


def _lock(wanted: Any) -> Profile | None:
    return db.session.scalar(
        select(Profile).where(wanted).with_for_update().execution_options(populate_existing=True)
    )


def _comparable(name: str) -> str:
    return clean_line(name).lower()
