"""The addresses of a profile's sections: the same nine for each, with schemas of its own."""

from typing import Any

from apiflask import APIBlueprint
from flask import url_for

from portfolio.blueprints.examples.section_examples import (
    NEW_ITEMS,
    SECTION_ORDER,
    patch_of,
    whole_of,
)
from portfolio.blueprints.http.conditions import read_if_match, tag_header
from portfolio.cache_policy import SECTION_ITEM, SECTION_LIST
from portfolio.caching.flask_adapter import cache_api_response
from portfolio.schemas.lists import Order, PageQuery, PlaceQuery
from portfolio.schemas.merge_patch import MergePatch
from portfolio.schemas.section_writes import (
    SECTION_SCHEMAS,
    ItemWrite,
    SectionOrder,
    SectionSchemas,
    SectionWrite,
)
from portfolio.schemas.sections import Section
from portfolio.security import may_read_private, public_with_drafts, require_scope
from portfolio.services.content import section_reading, section_writing

TAG = {"name": "Sections", "description": "The parts of a résumé, item by item."}

bp = APIBlueprint("sections", __name__, url_prefix="/api/v1/profiles", tag=TAG)


def _read_section(section: str, schemas: SectionSchemas) -> None:
    told = section.replace("_", " ")
    here = _rule(section)
    named = {"section": section}

    @bp.get(here, endpoint=f"list_{section}", defaults=named)
    @public_with_drafts
    @bp.input(PageQuery, location="query")
    @bp.doc(summary=f"List a profile's {told}")
    @cache_api_response(SECTION_LIST)
    @bp.output(schemas.page)
    def list_section(slug: str, section: str, query_data: PageQuery) -> Any:
        """Items in the order that the owner gave them."""
        items, total = section_reading.list_section(
            slug, section, query_data, private=may_read_private()
        )
        return schemas.page.of(items, total, _path(section, slug), query_data)

    @bp.get(f"{here}<name:item>/", endpoint=f"show_{section}", defaults=named)
    @public_with_drafts
    @bp.doc(summary=f"Show one of a profile's {told}")
    @cache_api_response(SECTION_ITEM)
    @bp.output(schemas.read)
    def show_item(slug: str, section: str, item: str) -> Section:
        """One item by its id."""
        return section_reading.get_item(slug, section, item, private=may_read_private())


def _write_section(section: str, schemas: SectionSchemas) -> None:
    told = section.replace("_", " ")
    here = _rule(section)

    @bp.post(here, endpoint=f"create_{section}")
    @require_scope("write")
    @bp.input(PlaceQuery, location="query")
    @bp.input(schemas.write, examples=NEW_ITEMS[section])
    @bp.output(schemas.read, status_code=201, description="Created; `Location` is its address.")
    @bp.doc(summary=f"Add to a profile's {told}", responses=[409])
    def create_item(
        slug: str, query_data: PlaceQuery, json_data: ItemWrite
    ) -> tuple[Section, int, dict[str, str]]:
        """At the end of the section, or at a place in it. One member at least says something."""
        created = section_writing.create_item(slug, section, json_data, query_data.place)
        location = url_for(f"sections.show_{section}", slug=slug, item=created.id)
        return created, 201, {"Location": location, **tag_header(created)}

    @bp.put(here, endpoint=f"replace_all_{section}")
    @require_scope("write")
    @bp.input(schemas.whole, examples=whole_of(section))
    @bp.output(schemas.page)
    @bp.doc(summary=f"Replace all of a profile's {told}", responses=[409, 412])
    def replace_section(slug: str, json_data: SectionWrite) -> Any:
        """In the order sent; what is not sent is removed. Answers with the first page.

        `If-Match` takes the entity tag of a page that holds the whole section.
        """
        path = _path(section, slug)
        return section_writing.replace_whole_section(
            slug, section, json_data, path, read_if_match()
        )

    @bp.post(f"{here}reorder/", endpoint=f"reorder_{section}")
    @require_scope("write")
    @bp.input(SectionOrder, examples=SECTION_ORDER)
    @bp.output(SectionOrder)
    @bp.doc(summary=f"Put a profile's {told} in order")
    def reorder_section(slug: str, json_data: Order) -> SectionOrder:
        """Those not named follow behind. Answers with the whole order."""
        order = section_writing.reorder_section(slug, section, json_data.order)
        return SectionOrder(order=order)


def _write_items(section: str, schemas: SectionSchemas) -> None:
    told = section.replace("_", " ")
    here = f"{_rule(section)}<name:item>/"

    @bp.put(here, endpoint=f"replace_{section}")
    @require_scope("write")
    @bp.input(schemas.write, examples=NEW_ITEMS[section])
    @bp.output(schemas.read)
    @bp.doc(summary=f"Replace one of a profile's {told}", responses=[409, 412])
    def replace_item(slug: str, item: str, json_data: ItemWrite) -> Section:
        """Members left out get their defaults; the place stays."""
        return section_writing.replace_item(slug, section, item, json_data, read_if_match())

    @bp.patch(here, endpoint=f"patch_{section}")
    @require_scope("write")
    @bp.input(schemas.patch, examples=patch_of(section))
    @bp.output(schemas.read)
    @bp.doc(summary=f"Change one of a profile's {told}", responses=[409, 412])
    def patch_item(
        slug: str, item: str, json_data: MergePatch
    ) -> tuple[Section, int, dict[str, str]]:
        """A JSON Merge Patch (RFC 7396); send `If-Match` so as not to undo another's change."""
        patched = section_writing.patch_item(slug, section, item, json_data.root, read_if_match())
        return patched, 200, tag_header(patched)

    @bp.delete(here, endpoint=f"delete_{section}")
    @require_scope("write")
    @bp.output({}, status_code=204, description="Deleted.")
    @bp.doc(summary=f"Delete one of a profile's {told}", responses=[412])
    def delete_item(slug: str, item: str) -> tuple[str, int]:
        """The others keep their order."""
        section_writing.delete_item(slug, section, item, read_if_match())
        return "", 204


def _rule(section: str) -> str:
    return f"/<name:slug>/{section.replace('_', '-')}/"


def _path(section: str, slug: str) -> str:
    return url_for(f"sections.list_{section}", slug=slug)


for _section, _schemas in SECTION_SCHEMAS.items():
    _read_section(_section, _schemas)
    _write_section(_section, _schemas)
    _write_items(_section, _schemas)
