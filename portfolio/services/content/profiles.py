"""Reading profiles: the list, and one with its whole résumé."""

import re
from typing import Any

from sqlalchemy import func, select

from portfolio.errors import NotFound
from portfolio.extensions import db
from portfolio.models import SECTIONS, Profile
from portfolio.schemas.lists import PageQuery
from portfolio.schemas.profile import Location, ProfileDetail, ProfileSummary
from portfolio.vocabulary import SLUG_LENGTH, SLUG_PATTERN, Visibility

_OWN_FIELDS = ProfileDetail.model_fields.keys() - SECTIONS.keys() - {"location"}


def list_profiles(query: PageQuery, *, private: bool) -> tuple[list[ProfileSummary], int]:
    """One page of the profiles, the default first, and how many there are in all.

    Args:
        private: drafts and unlisted profiles too.
    """
    statement = select(Profile)
    if not private:
        statement = statement.where(Profile.visibility == Visibility.PUBLIC)
    total = db.session.scalar(statement.with_only_columns(func.count(Profile.id))) or 0
    if query.offset >= total:
        return [], total
    rows = db.session.scalars(
        statement.order_by(Profile.is_default.desc(), Profile.name, Profile.id)
        .limit(query.page_size)
        .offset(query.offset)
    )
    return [ProfileSummary.model_validate(row) for row in rows], total


def get_profile(slug: str, *, private: bool) -> ProfileDetail:
    """A profile with all sections of its résumé.

    Args:
        private: drafts too, and contact details that are not shown to everyone.

    Raises:
        NotFound: there is none, or it is a draft and `private` is not set.
    """
    profile = find_profile(slug, private=private)
    return describe_profile(profile, read_sections(profile), private=private)


def find_profile(slug: str, *, private: bool) -> Profile:
    """The row of a profile.

    Raises:
        NotFound: there is none, or it is a draft and `private` is not set.
    """
    profile = db.session.scalar(select(Profile).where(Profile.slug == checked_slug(slug)))
    if profile is None or (profile.visibility == Visibility.DRAFT and not private):
        raise NotFound("There is no such profile.")
    return profile


def checked_slug(slug: str) -> str:
    """The slug, if it can be one.

    Raises:
        NotFound: it cannot, so nothing has it.
    """
    if len(slug) > SLUG_LENGTH or not re.fullmatch(SLUG_PATTERN, slug):
        raise NotFound("There is no such profile.")
    return slug


def read_sections(profile: Profile) -> dict[str, list[Any]]:
    """The rows of every section of the profile's résumé, each in its order."""
    return {
        name: list(
            db.session.scalars(
                select(model)
                .where(model.profile_id == profile.id)
                .order_by(model.sort_order, model.id)
                .execution_options(populate_existing=True)
            )
        )
        for name, model in SECTIONS.items()
    }


def describe_profile(
    profile: Profile, sections: dict[str, list[Any]], *, private: bool
) -> ProfileDetail:
    """A profile as the API tells it, without what the owner does not show unless `private`."""
    values = {name: getattr(profile, name) for name in _OWN_FIELDS}
    location = Location.model_validate(profile)
    if not private:
        if not profile.show_email:
            values["email"] = None
        if not profile.show_phone:
            values["phone"] = None
        if not profile.show_address:
            location.address = location.postal_code = None
    return ProfileDetail.model_validate(
        {**values, "location": location, **sections}, from_attributes=True
    )
