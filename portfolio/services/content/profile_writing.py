"""Writing profiles: create, replace, patch and delete them with their sections."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select, update

from portfolio.errors import Conflict, NotFound
from portfolio.extensions import db
from portfolio.models import SECTIONS, Profile
from portfolio.schemas.echoes import Echoes
from portfolio.schemas.profile import LocationWrite, ProfileDetail, ProfileWrite
from portfolio.services.content.patching import patched
from portfolio.services.content.profiles import checked_slug, describe_profile, read_sections
from portfolio.services.content.section_writing import write_sections
from portfolio.services.content.slugs import add_with_slug, flush_slug_change, slugify
from portfolio.services.preconditions import IfMatch, check_if_match, check_same

_WRITERS_LOCK = 7_305_120_951
"""The key of the advisory lock under which profiles are written, one writer after the other."""

_KEPT_WHEN_ABSENT = ("slug", "is_default")
_OTHERS = Echoes.model_fields.keys() | SECTIONS.keys() | {"location"}
"""Members of the document that are no column of the profile's own."""


def create_profile(data: ProfileWrite) -> ProfileDetail:
    """Make a profile. The first one becomes the default.

    Raises:
        Conflict: the slug is taken, or ids are given.
    """
    check_same(data, None)
    lock_profile_writers()
    profile = Profile(**_columns(data))
    # While it is added it is no default: the present one has to step back first.
    profile.is_default = False
    add_with_slug(profile, data.slug, slugify(data.name, kind="profile"))
    if data.is_default or find_current_default() is None:
        make_default(profile)
    return _finish(profile, data)


def replace_profile(slug: str, data: ProfileWrite, if_match: IfMatch | None) -> ProfileDetail:
    """Give a profile new contents; sections that are not given stay.

    Raises:
        NotFound, PreconditionFailed, Conflict
    """
    return _rewrite(_lock_profile(slug, if_match), data)


def patch_profile(slug: str, patch: Mapping[str, Any], if_match: IfMatch | None) -> ProfileDetail:
    """Change a profile by a JSON Merge Patch.

    Raises:
        NotFound, PreconditionFailed, Invalid, Conflict
    """
    profile = _lock_profile(slug, if_match)
    emptied: dict[str, Any] = {
        name: [] for name in SECTIONS.keys() & patch.keys() if patch[name] is None
    }
    return _rewrite(profile, patched(ProfileWrite, _document(profile), {**patch, **emptied}))


def delete_profile(slug: str, if_match: IfMatch | None) -> None:
    """Delete a profile with its sections and projects.

    Raises:
        NotFound, PreconditionFailed
        Conflict: it is the default while there are others.
    """
    profile = _lock_profile(slug, if_match)
    others = db.session.scalar(select(func.count()).where(Profile.id != profile.id))
    if profile.is_default and others:
        raise Conflict("It is the default profile. Make another one the default first.")
    db.session.delete(profile)
    db.session.commit()


def lock_profile_writers() -> None:
    """Wait until no other transaction writes profiles; so the default can move without a race."""
    db.session.execute(select(func.pg_advisory_xact_lock(_WRITERS_LOCK)))


def find_current_default() -> Profile | None:
    """The default profile, whoever may see it."""
    return db.session.scalar(select(Profile).where(Profile.is_default))


def make_default(profile: Profile) -> None:
    """Move the default to this profile, which must have been flushed."""
    db.session.execute(
        update(Profile).where(Profile.is_default, Profile.id != profile.id).values(is_default=False)
    )
    profile.is_default = True
    db.session.flush()


def _lock_profile(slug: str, if_match: IfMatch | None) -> Profile:
    lock_profile_writers()
    profile = db.session.scalar(
        select(Profile)
        .where(Profile.slug == checked_slug(slug))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if profile is None:
        raise NotFound("There is no such profile.")
    if if_match is not None:
        # Both that visitors and that holders of a token are shown.
        sections = read_sections(profile)
        shown = (describe_profile(profile, sections, private=private) for private in (False, True))
        check_if_match(if_match, *shown)
    return profile


def _rewrite(profile: Profile, data: ProfileWrite) -> ProfileDetail:
    check_same(data, profile.id)
    if data.is_default is False and profile.is_default:
        raise Conflict("It is the default profile. Make another one the default instead.")
    for name, value in _columns(data).items():
        setattr(profile, name, value)
    flush_slug_change(profile)
    if data.is_default and not profile.is_default:
        make_default(profile)
    return _finish(profile, data)


def _finish(profile: Profile, data: ProfileWrite) -> ProfileDetail:
    given = {name: getattr(data, name) for name in SECTIONS}
    write_sections(profile, {name: items for name, items in given.items() if items is not None})
    written = describe_profile(profile, read_sections(profile), private=True)
    db.session.commit()
    return written


def _columns(data: ProfileWrite) -> dict[str, Any]:
    values = data.model_dump(exclude={*_OTHERS, "is_default"}) | data.location.model_dump()
    return {k: v for k, v in values.items() if v is not None or k not in _KEPT_WHEN_ABSENT}


def _document(profile: Profile) -> dict[str, Any]:
    # Without the slug: left out it stays, and needs no second look.
    names = ProfileWrite.model_fields.keys() - _OTHERS - {"slug"}
    place = {name: getattr(profile, name) for name in LocationWrite.model_fields}
    return {**{name: getattr(profile, name) for name in names}, "location": place}
