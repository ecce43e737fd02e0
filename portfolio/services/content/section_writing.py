"""Writing the sections of a résumé: single items, their order, and a section as a whole.

Whoever writes a section holds its profile's row, so that writers follow one after the other.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from portfolio.errors import Conflict, Invalid, NotFound
from portfolio.extensions import db
from portfolio.models import SECTIONS, Profile, Section
from portfolio.schemas.lists import PAGE_SIZE_LIMIT, Page, PageQuery
from portfolio.schemas.section_writes import SECTION_SCHEMAS, ItemWrite, SectionWrite
from portfolio.schemas.sections import Section as ItemRead
from portfolio.services.content.ordering import check_order, set_places
from portfolio.services.content.patching import patched
from portfolio.services.content.profiles import checked_slug
from portfolio.services.content.section_reading import describe_item, find_item, read_page
from portfolio.services.content.sections import make_row, replace_section
from portfolio.services.preconditions import IfMatch, check_if_match, check_same
from portfolio.vocabulary import SECTION_ITEMS


def create_item(slug: str, section: str, data: ItemWrite, place: int | None) -> ItemRead:
    """Add an item to a section.

    Args:
        place: from 1, where it is put before what stands there; None or any behind the end: last.

    Raises:
        NotFound
        Invalid: the item says nothing.
        Conflict: the section is full, or the item has an id already.
    """
    check_same(data, None)
    profile = _lock_profile(slug)
    _check_says({"": data}, {})
    ids = _ids(profile, section)
    if len(ids) >= SECTION_ITEMS:
        raise Conflict(f"A section has at most {SECTION_ITEMS} items.")
    index = len(ids) if place is None else min(place - 1, len(ids))
    set_places(SECTIONS[section], [*ids[:index], None, *ids[index:]])
    values = {**_told(data), "profile_id": profile.id, "sort_order": index + 1}
    row = make_row(SECTIONS[section], values)
    db.session.add(row)
    return _finish(section, row)


def replace_item(
    slug: str, section: str, item: str, data: ItemWrite, if_match: IfMatch | None
) -> ItemRead:
    """Give an item new contents; it keeps its place.

    Raises:
        NotFound, PreconditionFailed, Invalid, Conflict
    """
    return _rewrite(section, _lock_item(slug, section, item, if_match), data)


def patch_item(
    slug: str, section: str, item: str, patch: Mapping[str, Any], if_match: IfMatch | None
) -> ItemRead:
    """Change an item by a JSON Merge Patch.

    Raises:
        NotFound, PreconditionFailed, Invalid, Conflict
    """
    row = _lock_item(slug, section, item, if_match)
    model = SECTION_SCHEMAS[section].write
    document = {name: getattr(row, name) for name in model.model_fields}
    return _rewrite(section, row, patched(model, document, patch))


def delete_item(slug: str, section: str, item: str, if_match: IfMatch | None) -> None:
    """Take an item out of its section.

    Raises:
        NotFound, PreconditionFailed
    """
    db.session.delete(_lock_item(slug, section, item, if_match))
    db.session.commit()


def reorder_section(slug: str, section: str, order: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Put items in this order, the section's others behind them.

    Returns:
        The ids of the whole section in their new order.

    Raises:
        NotFound
        Invalid: an id is not one of the section's, or given twice.
    """
    profile = _lock_profile(slug)
    present = _ids(profile, section)
    check_order(order, dict.fromkeys(present, profile.id), "an item of this section")
    whole = [*order, *(number for number in present if number not in set(order))]
    set_places(SECTIONS[section], whole)
    db.session.commit()
    return whole


def replace_whole_section(
    slug: str, section: str, data: SectionWrite, path: str, if_match: IfMatch | None
) -> Page[Any]:
    """Make a section hold exactly these items, in this order.

    Args:
        path: of the section's list.
        if_match: goes by the pages that hold the whole section.

    Returns:
        The first page.

    Raises:
        NotFound, PreconditionFailed
        Invalid: an item says nothing.
        Conflict: `total` is another number than that of the items, or an id is not the section's.
    """
    profile = _lock_profile(slug)
    if if_match is not None:
        check_if_match(if_match, *_whole_pages(profile, section, path))
    if data.total is not None and data.total != len(data.items):
        detail = f"tells of {data.total} items, {len(data.items)} are sent; leave it out"
        raise Conflict(errors=[{"pointer": "#/total", "detail": detail}])
    write_sections(profile, {section: data.items}, {section: "items"})
    written = _page(profile, section, path, PageQuery())
    db.session.commit()
    return written


def write_sections(
    profile: Profile,
    sections: Mapping[str, Sequence[ItemWrite]],
    members: Mapping[str, str] | None = None,
) -> None:
    """Make sections of a profile, whose row is locked, hold exactly these items.

    Args:
        members: by section, how the body calls the list of its items, if it is not the name.

    Raises:
        Invalid: an item says nothing.
        Conflict: an id is not the section's, or given twice.
    """
    errors = []
    placed: dict[str, ItemWrite] = {}
    extras: dict[uuid.UUID, Mapping[str, Any]] = {}
    for section, items in sections.items():
        free = _extras(profile, section)
        extras |= free
        for place, item in enumerate(items):
            here = f"/{(members or {}).get(section, section)}/{place}"
            placed[here] = item
            if item.id is not None and free.pop(item.id, None) is None:
                detail = "is not the id of an item of this section, or is given twice"
                errors.append({"pointer": f"#{here}/id", "detail": detail})
    if errors:
        raise Conflict(errors=errors)
    _check_says(placed, extras)
    for section, items in sections.items():
        replace_section(profile, section, [_told(item) for item in items])


def _check_says(
    items: Mapping[str, ItemWrite], extras: Mapping[uuid.UUID, Mapping[str, Any]]
) -> None:
    """See that no item is blank, as imports leave those out.

    Args:
        items: by their places in the body.
        extras: what files have said of items that no column is for, by their ids.
    """
    blank = [
        {"pointer": f"#{place}", "detail": "says nothing: at least one member is required"}
        for place, item in items.items()
        if not any(item.model_dump(exclude={"id"}).values())
        and not (item.id and extras.get(item.id))
    ]
    if blank:
        raise Invalid(blank)


def _lock_profile(slug: str) -> Profile:
    # Not against those who only refer to it, such as new projects.
    profile = db.session.scalar(
        select(Profile)
        .where(Profile.slug == checked_slug(slug))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if profile is None:
        raise NotFound("There is no such profile.")
    return profile


def _lock_item(slug: str, section: str, item: str, if_match: IfMatch | None) -> Section:
    row = find_item(_lock_profile(slug), section, item)
    check_if_match(if_match, describe_item(section, row))
    return row


def _ids(profile: Profile, section: str) -> Sequence[uuid.UUID]:
    model = SECTIONS[section]
    return db.session.scalars(
        select(model.id).where(model.profile_id == profile.id).order_by(model.sort_order, model.id)
    ).all()


def _rewrite(section: str, row: Section, data: ItemWrite) -> ItemRead:
    check_same(data, row.id)
    _check_says({"": data.model_copy(update={"id": row.id})}, {row.id: row.extra})
    for name, value in data.model_dump(exclude={"id"}).items():
        setattr(row, name, value)
    return _finish(section, row)


def _extras(profile: Profile, section: str) -> dict[uuid.UUID, dict[str, Any]]:
    model = SECTIONS[section]
    of_it = select(model.id, model.extra).where(model.profile_id == profile.id)
    return {row.id: row.extra for row in db.session.execute(of_it)}


def _finish(section: str, row: Section) -> ItemRead:
    db.session.flush()
    written = describe_item(section, row)
    db.session.commit()
    return written


def _told(item: ItemWrite) -> dict[str, Any]:
    return item.model_dump(exclude={"id"} if item.id is None else None)


def _page(profile: Profile, section: str, path: str, query: PageQuery) -> Page[Any]:
    items, total = read_page(profile, section, query)
    return SECTION_SCHEMAS[section].page.of(items, total, path, query)


def _whole_pages(profile: Profile, section: str, path: str) -> list[Page[Any]]:
    # The tag of a part of the section would say nothing of the rest.
    sizes = (PageQuery().page_size, PAGE_SIZE_LIMIT)
    pages = (_page(profile, section, path, PageQuery(page_size=size)) for size in sizes)
    return [page for page in pages if page.pages <= 1]
