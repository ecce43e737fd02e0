"""The addresses of the history of content."""

from apiflask import APIBlueprint
from flask import url_for

from portfolio.schemas.history import HistoryPage, HistoryQuery, RowsQuery
from portfolio.security import require_scope
from portfolio.services import history

TAG = {"name": "History", "description": "Who changed what, and when."}

bp = APIBlueprint("history", __name__, url_prefix="/api/v1", tag=TAG)


@bp.get("/history/")
@require_scope("read")
@bp.input(HistoryQuery, location="query")
@bp.output(HistoryPage)
@bp.doc(summary="List all changes")
def list_history(query_data: HistoryQuery) -> HistoryPage:
    """The newest first, also of what has been deleted since."""
    items, total = history.list_history(query_data)
    return HistoryPage.of(items, total, url_for("history.list_history"), query_data)


@bp.get("/profiles/<name:slug>/history/")
@require_scope("read")
@bp.input(RowsQuery, location="query")
@bp.output(HistoryPage)
@bp.doc(summary="List the changes of a profile")
def list_profile_history(slug: str, query_data: RowsQuery) -> HistoryPage:
    """Of the profile, its sections and its projects, the newest first."""
    items, total = history.list_profile_history(slug, query_data)
    path = url_for("history.list_profile_history", slug=slug)
    return HistoryPage.of(items, total, path, query_data)


@bp.get("/projects/<name:ref>/history/")
@require_scope("read")
@bp.input(RowsQuery, location="query")
@bp.output(HistoryPage)
@bp.doc(summary="List the changes of a project")
def list_project_history(ref: str, query_data: RowsQuery) -> HistoryPage:
    """Of the project and what belongs to it, the newest first."""
    items, total = history.list_project_history(ref, query_data)
    path = url_for("history.list_project_history", ref=ref)
    return HistoryPage.of(items, total, path, query_data)
