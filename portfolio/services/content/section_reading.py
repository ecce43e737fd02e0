"""Reading the sections of a résumé one by one."""

import re
import uuid
from collections.abc import Sequence

from sqlalchemy import func, select

from portfolio.errors import NotFound
from portfolio.extensions import db
from portfolio.models import SECTIONS, Profile, Section
from portfolio.schemas.lists import PageQuery
from portfolio.schemas.section_writes import SECTION_SCHEMAS
from portfolio.schemas.sections import Section as ItemRead
from portfolio.services.content.profiles import find_profile
from portfolio.vocabulary import UUID_PATTERN


def list_section(
    slug: str, section: str, query: PageQuery, *, private: bool
) -> tuple[list[ItemRead], int]:
    """One page of a section, in its order, and how many items it has in all.

    Args:
        private: of a draft too.

    Raises:
        NotFound: there is no such profile, or it is a draft and `private` is not set.
    """
    return read_page(find_profile(slug, private=private), section, query)


def get_item(slug: str, section: str, item: str, *, private: bool) -> ItemRead:
    """An item of a section by its id.

    Raises:
        NotFound: there is none, or its profile is a draft and `private` is not set.
    """
    return describe_item(section, find_item(find_profile(slug, private=private), section, item))


def read_page(profile: Profile, section: str, query: PageQuery) -> tuple[list[ItemRead], int]:
    """One page of a profile's section, and how many items it has in all."""
    model = SECTIONS[section]
    mine = select(model).where(model.profile_id == profile.id)
    total = db.session.scalar(mine.with_only_columns(func.count(model.id))) or 0
    if query.offset >= total:
        return [], total
    rows: Sequence[Section] = db.session.scalars(
        mine.order_by(model.sort_order, model.id)
        .limit(query.page_size)
        .offset(query.offset)
        .execution_options(populate_existing=True)
    ).all()
    return [describe_item(section, row) for row in rows], total


def find_item(profile: Profile, section: str, item: str) -> Section:
    """A row of a profile's section.

    Raises:
        NotFound: there is none with this id.
    """
    model = SECTIONS[section]
    row: Section | None = None
    if re.fullmatch(UUID_PATTERN, item):
        row = db.session.scalar(
            select(model)
            .where(model.id == uuid.UUID(item), model.profile_id == profile.id)
            .execution_options(populate_existing=True)
        )
    if row is None:
        raise NotFound("There is no such item in this section.")
    return row


def describe_item(section: str, row: Section) -> ItemRead:
    """An item as the API tells it."""
    return SECTION_SCHEMAS[section].read.model_validate(row)
