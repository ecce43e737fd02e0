"""The basics of a résumé as a profile: which one it is, what changes, whether it is the default."""

from itertools import chain
from typing import Any

from pydantic.alias_generators import to_camel
from sqlalchemy import func, select

from portfolio.extensions import db
from portfolio.models import Profile
from portfolio.schemas.resume import ProfileExtra, Resume
from portfolio.schemas.resume_dialect import Location
from portfolio.schemas.resume_parts import Location as Address
from portfolio.schemas.text import clean_line
from portfolio.services.imports.import_merging import Merging
from portfolio.services.imports.import_snapshots import find_last_import
from portfolio.services.imports.imported_rows import profile_columns
from portfolio.services.imports.merging import plain, shown
from portfolio.services.profile_writing import find_current_default, make_default
from portfolio.services.slugs import add_with_slug, slugify
from portfolio.vocabulary import Visibility


def given_slug(resume: Resume, slug: str | None) -> str | None:
    """The slug that is given, else the one that the file gives."""
    return slug or resume.meta.extra.slug


def find_profile(resume: Resume, slug: str | None) -> Profile | None:
    """The profile with the slug that is given, else the one of the same person.

    Names of different people may lead to one slug. So of the profiles with the slug of the name,
    or that with a number, it is the one with the very name, else the one that the last file gave
    that name, as its owner may have edited it since.
    """
    given = given_slug(resume, slug)
    wanted = slugify(resume.basics.name, kind="profile")
    same = Profile.slug.regexp_match(f"^{wanted}(-[0-9]+)?$")
    found = db.session.scalars(
        select(Profile)
        .where(same if given is None else Profile.slug == given)
        .order_by(func.length(Profile.slug), Profile.slug)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if given is not None:
        return next(iter(found), None)
    name = _comparable(resume.basics.name)
    named = (one for one in found if _comparable(one.name) == name)
    once_named = (one for one in found if _comparable(_last_name(one)) == name)
    return next(chain(named, once_named), None)


def make_profile(resume: Resume, slug: str | None, *, is_sample: bool) -> Profile:
    """A new profile, flushed, with what the résumé says.

    Raises:
        Conflict: the slug is taken.
    """
    told = resume.meta.extra.model_dump(exclude={"slug", "default"})
    profile = Profile(**told | profile_columns(resume), is_sample=is_sample)
    wanted = slugify(resume.basics.name, kind="profile")
    add_with_slug(profile, given_slug(resume, slug), wanted)
    return profile


def tell_of_namesake(profile: Profile, merging: Merging) -> None:
    """Tell which profile has the slug that a new one would have had by its name."""
    wanted = slugify(profile.name, kind="profile")
    other = db.session.scalar(
        select(Profile.name).where(Profile.slug == wanted, Profile.id != profile.id)
    )
    if other is not None:
        merging.note(
            "profile",
            _place("name"),
            f"is not the name of the profile {wanted}, {shown(other)}, so {profile.slug} is made; "
            f"--profile {wanted} (over HTTP: ?profile={wanted}) updates that one instead",
        )


def import_basics(profile: Profile, merging: Merging, *, created: bool) -> None:
    """Merge the file's basics into the profile."""
    columns = profile_columns(merging.file.resume)
    merging.says["profile"] = {name: plain(value) for name, value in columns.items()}
    if created:
        return
    if columns["name"] != profile.name:
        profile.is_sample = False  # somebody has made it their own
    said, name = merging.said.get("profile"), profile.name
    outcome = merging.write_columns(profile, columns, said, _place)
    if said and name == said["name"] and name != profile.name:
        merging.note("profile", _place("name"), f"was {shown(name)} and is {shown(profile.name)}")
    merging.report.change = "unchanged" if outcome in ("unchanged", "kept") else "updated"
    db.session.flush()


def settle_default(profile: Profile, merging: Merging, *, created: bool) -> dict[str, Any] | None:
    """Make the profile the default if there is none, if the file says so, or instead of the sample.

    Returns:
        The profile that was the default before, if that changed.
    """
    default = find_current_default()
    told = merging.file.resume.meta.extra
    if default is None:
        make_default(profile)
        return None
    if default.id == profile.id:
        return None
    own = created and not profile.is_sample and profile.visibility != Visibility.DRAFT
    unsaid = "default" not in told.model_fields_set
    if not told.default and not (own and unsaid and default.is_sample):
        return None
    former = {"id": str(default.id), "updated_at": default.updated_at.isoformat()}
    was = "the sample" if default.is_sample else "the profile"
    told_of = f"is the default profile now, instead of {was} {default.slug}"
    merging.tell("default", profile.slug, told_of)
    make_default(profile)
    return former


def _comparable(name: str) -> str:
    return clean_line(name).lower()


def _last_name(profile: Profile) -> str:
    """The name in the last file, or nothing."""
    last = find_last_import(profile)
    name: str = last.said["profile"]["name"] if last else ""
    return name


def _place(column: str) -> Location:
    if column in ProfileExtra.model_fields:
        return "meta", "x-portfolio", to_camel(column)
    if column in Address.model_fields:
        return "basics", "location", to_camel(column)
    return () if column == "extra" else ("basics", to_camel(column))
