"""The basics of a résumé as a profile: what changes, and whether it is the default."""

from typing import Any

from pydantic.alias_generators import to_camel

from portfolio.extensions import db
from portfolio.models import Profile
from portfolio.schemas.json_resume.resume import SAID_OF_A_FILE, ProfileExtra, Resume
from portfolio.schemas.json_resume.resume_dialect import Location
from portfolio.schemas.json_resume.resume_parts import Location as Address
from portfolio.services.content.profile_writing import find_current_default, make_default
from portfolio.services.content.slugs import add_with_slug, slugify
from portfolio.services.imports.import_merging import Merging
from portfolio.services.imports.imported_rows import Columns, profile_columns
from portfolio.services.imports.merging import plain, shown
from portfolio.services.imports.resume_reading import path_text
from portfolio.vocabulary import Visibility


def make_profile(resume: Resume, slug: str | None, *, is_sample: bool) -> Profile:
    """A new profile, flushed, with what the résumé says.

    Raises:
        Conflict: the slug is taken.
    """
    told = resume.meta.extra.model_dump(exclude=SAID_OF_A_FILE)
    profile = Profile(**told | profile_columns(resume), is_sample=is_sample)
    wanted = slugify(resume.basics.name, kind="profile")
    add_with_slug(profile, slug or resume.meta.extra.slug, wanted)
    return profile


def import_basics(profile: Profile, merging: Merging, *, created: bool) -> None:
    """Merge the file's basics into the profile."""
    columns = profile_columns(merging.file.resume)
    if merging.is_public:
        columns = _without_hidden(profile, columns, merging)
    told = {name: plain(value) for name, value in columns.items()}
    merging.says["profile"] = {**merging.said.get("profile", {}), **told}
    if created:
        return
    if columns["name"] != profile.name:
        profile.is_sample = False  # somebody has made it their own
    said, name = merging.said.get("profile"), profile.name
    outcome = merging.write_columns(profile, columns, said, basics_place)
    if said and name == said["name"] and name != profile.name:
        merging.note(
            "profile", basics_place("name"), f"was {shown(name)} and is {shown(profile.name)}"
        )
    merging.report.change = "unchanged" if outcome in ("unchanged", "kept") else "updated"
    db.session.flush()


def _without_hidden(profile: Profile, columns: Columns, merging: Merging) -> Columns:
    """What a public export can say of the profile."""
    shown_by = {"email": "show_email", "phone": "show_phone"}
    shown_by |= {"address": "show_address", "postal_code": "show_address"}
    hidden = [
        column
        for column, flag in shown_by.items()
        if getattr(profile, column) and not columns[column] and not getattr(profile, flag)
    ]
    merging.left_out += [path_text(basics_place(column)) for column in hidden]
    extra = {
        part: {**profile.extra.get(part, {}), **columns["extra"].get(part, {})}
        for part in {*profile.extra, *columns["extra"]}
    }
    told = {name: value for name, value in columns.items() if name not in hidden}
    return {**told, "extra": extra}


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


def basics_place(column: str) -> Location:
    """Where in a file a column of the profile is."""
    if column in ProfileExtra.model_fields:
        return "meta", "x-portfolio", to_camel(column)
    if column in Address.model_fields:
        return "basics", "location", to_camel(column)
    return () if column == "extra" else ("basics", to_camel(column))
