"""The address of search."""

from apiflask import APIBlueprint
from flask import url_for

from portfolio.cache_policy import SEARCH
from portfolio.caching.flask_adapter import cache_api_response
from portfolio.schemas.lists import Page
from portfolio.schemas.search import SearchItem, SearchPage, SearchQuery
from portfolio.security import may_read_private, public_with_drafts
from portfolio.services import search as searching

TAG = {"name": "Search", "description": "What the portfolio says, by words and by meaning."}

bp = APIBlueprint("search", __name__, url_prefix="/api/v1/search", tag=TAG)


@bp.get("/")
@public_with_drafts
@bp.input(SearchQuery, location="query")
@bp.doc(summary="Search everything")
@cache_api_response(SEARCH)
@bp.output(SearchPage)
def search_portfolio(query_data: SearchQuery) -> SearchPage:
    """Profiles, sections of résumés and projects, found by their words and by their meaning.

    Highlights are spans of the stored text, never markup.
    """
    result = searching.search(query_data, private=may_read_private())
    page = Page[SearchItem].of(
        result.items, result.total, url_for("search.search_portfolio"), query_data
    )
    return SearchPage(**dict(page), facets=result.facets, indexing=result.indexing)
