"""Which profile a file is about: what was imported into one before goes before what it is called
here."""

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select

from portfolio.extensions import db
from portfolio.models import Profile, ResumeImport
from portfolio.schemas.json_resume.resume import Resume
from portfolio.schemas.text import clean_line
from portfolio.services.content.slugs import slugify
from portfolio.services.imports.import_merging import Merging
from portfolio.services.imports.merging import shown
from portfolio.services.imports.profile_importing import basics_place
from portfolio.services.imports.resume_reading import ResumeRefused


@dataclass(frozen=True)
class _Candidate:
    """A profile, and what led the last file to it.

    Attributes:
        last_name: the one in the last file.
        by_name: whether the last file was imported by its name alone.
        last_slug: the one in the last file, if it gave one.
        email: the one that it has here.
        slugs: all that were asked for or stood in files, and those that it had after imports; each
            with the number of the last import of which that is true.
    """

    id: uuid.UUID
    slug: str
    name: str
    last_name: str | None
    by_name: bool
    last_slug: str | None
    slugs: Mapping[str, int]
    is_sample: bool
    email: str | None

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

    Raises:
        ResumeRefused: the file gives the slug of somebody else's.
    """
    if slug is not None:
        return _lock(Profile.slug == slug)
    candidates, said = _candidates(), resume.meta.extra.slug
    candidates.sort(key=lambda one: -one.slugs.get(said or "", 0))  # who had it last goes first
    for test in _tests(resume):
        found = next(filter(test, candidates), None)
        if found is not None:
            return _lock(Profile.id == found.id)
    other = next((one for one in candidates if said in (one.slug, *one.slugs)), None)
    if said is not None and other is not None:
        raise ResumeRefused([(("meta", "x-portfolio", "slug"), _not_theirs(resume, other))])
    return None


def _not_theirs(resume: Resume, other: _Candidate) -> str:
    named = shown(other.name)
    if other.last_name not in (None, other.name):
        named += f" ({shown(other.last_name)} in its last file)"
    return (
        f"is that of the profile {other.slug}, whose name is {named} and not "
        f"{shown(resume.basics.name)}, and nothing was changed; --profile {other.slug} (over HTTP: "
        f"?profile={other.slug}) replaces that profile, and without its slug the file makes another"
    )


def remember_slugs(profile: Profile, merging: Merging, slug: str | None, number: int) -> None:
    """Note for the next import what led to the profile, and tell if its slug is another here."""
    said = merging.file.resume.meta.extra.slug
    now = {one: number for one in (slug, said, profile.slug) if one is not None}
    slugs = {**_numbered(merging.said.get("found", {})), **now}
    found = {"by_name": slug is said is None, "slug": said, "slugs": slugs}
    merging.says["found"] = found
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


def tell_of_former_slug(profile: Profile, merging: Merging) -> None:
    """Tell which profile files were imported into under the slug that a new one was asked for."""
    others = [one for one in _candidates() if one.id != profile.id]
    other = next((one for one in others if profile.slug in one.slugs), None)
    if other is not None:
        merging.note(
            "profile",
            basics_place("name"),
            f"is imported into a new profile, {profile.slug}; what was imported under this slug "
            f"before is {other.slug} by now; --profile {other.slug} "
            f"(over HTTP: ?profile={other.slug}) updates that one instead",
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
        lambda one: one.last_slug == slug and one.was_called(name),
        lambda one: slug in one.slugs and one.was_called(name),
        lambda one: one.slug == slug and one.is_called(name),
        lambda one: slug in one.slugs and one.is_called(name),
        lambda one: slug in one.slugs and _is_owners(resume, one),
        lambda one: one.slug == slug and _is_owners(resume, one),
    ]
    return [*by_slug, *(by_name if _is_slug_of_name(resume, slug) else [])]


def _is_owners(resume: Resume, one: _Candidate) -> bool:
    """Whether a file of another name may be of the same person, or is made from the sample."""
    email = resume.basics.email
    same = email is not None and one.email is not None and email.lower() == one.email.lower()
    return same or one.is_sample


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
            Profile.is_sample,
            Profile.email,
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
    number: uuid.UUID,
    slug: str,
    name: str,
    is_sample: bool,
    email: str | None,
    last_name: str | None,
    found: Any,
) -> _Candidate:
    found = found or {}
    by_name, last_slug = found.get("by_name", False), found.get("slug")
    slugs = _numbered(found)
    return _Candidate(number, slug, name, last_name, by_name, last_slug, slugs, is_sample, email)


def _numbered(found: Mapping[str, Any]) -> dict[str, int]:
    """The slugs that led to a profile; what is remembered from before has no numbers."""
    slugs = found.get("slugs", {})
    return dict(slugs) if isinstance(slugs, dict) else dict.fromkeys(slugs, 0)


def _lock(wanted: Any) -> Profile | None:
    return db.session.scalar(
        select(Profile).where(wanted).with_for_update().execution_options(populate_existing=True)
    )


def _comparable(name: str) -> str:
    return clean_line(name).lower()
