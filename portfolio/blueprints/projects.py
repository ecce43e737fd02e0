"""The addresses of projects."""

from typing import Any

from apiflask import APIBlueprint
from flask import url_for

from portfolio.blueprints.examples import content_examples
from portfolio.blueprints.http.conditions import read_if_match, tag_header
from portfolio.cache_policy import PROJECT_DETAIL, PROJECT_FEATURED, PROJECT_LIST, PROJECT_STATS
from portfolio.caching.flask_adapter import cache_api_response
from portfolio.schemas.project import (
    FeaturedQuery,
    ProjectDetail,
    ProjectOrder,
    ProjectPage,
    ProjectPatch,
    ProjectQuery,
    ProjectWrite,
    StatisticsQuery,
)
from portfolio.schemas.statistics import ProjectStatistics
from portfolio.security import may_read_private, public, public_with_drafts, require_scope
from portfolio.services.content import project_writing, projects
from portfolio.services.statistics import project_statistics

TAG = {"name": "Projects", "description": "What they have made."}

bp = APIBlueprint("projects", __name__, url_prefix="/api/v1/projects", tag=TAG)


@bp.get("/")
@public_with_drafts
@bp.input(ProjectQuery, location="query")
@bp.doc(summary="List projects")
@cache_api_response(PROJECT_LIST)
@bp.output(ProjectPage, example=content_examples.PROJECT_PAGE)
def list_projects(query_data: ProjectQuery) -> ProjectPage:
    """Public projects of public profiles; all of them with a `read` token."""
    items, total = projects.list_projects(query_data, private=may_read_private())
    return ProjectPage.of(items, total, url_for("projects.list_projects"), query_data)


@bp.get("/featured/")
@public_with_drafts
@bp.input(FeaturedQuery, location="query")
@bp.doc(summary="List featured projects")
@cache_api_response(PROJECT_FEATURED)
@bp.output(ProjectPage, example=content_examples.PROJECT_PAGE)
def list_featured_projects(query_data: FeaturedQuery) -> ProjectPage:
    """The projects that the owner puts forward."""
    items, total = projects.list_featured_projects(query_data, private=may_read_private())
    return ProjectPage.of(items, total, url_for("projects.list_featured_projects"), query_data)


@bp.get("/stats/")
@public
@bp.input(StatisticsQuery, location="query")
@bp.doc(summary="Show project statistics")
@cache_api_response(PROJECT_STATS)
@bp.output(ProjectStatistics)
def show_project_statistics(query_data: StatisticsQuery) -> dict[str, Any]:
    """Numbers of public projects only, whoever asks."""
    return project_statistics(profile=query_data.profile)


@bp.get("/<name:ref>/")
@public_with_drafts
@bp.doc(summary="Show a project")
@cache_api_response(PROJECT_DETAIL)
@bp.output(ProjectDetail, example=content_examples.PROJECT)
def show_project(ref: str) -> ProjectDetail:
    """By id or slug. A draft is shown with a `read` token only."""
    return projects.get_project(ref, private=may_read_private())


@bp.post("/")
@require_scope("write")
@bp.input(ProjectWrite, examples=content_examples.NEW_PROJECT)
@bp.output(
    ProjectDetail,
    status_code=201,
    description="Created; `Location` is its address.",
    example=content_examples.PROJECT,
)
@bp.doc(summary="Create a project", responses=[409])
def create_project(json_data: ProjectWrite) -> tuple[ProjectDetail, int, dict[str, str]]:
    """Only the title is required. The second project of a title gets the slug `title-2`."""
    created = project_writing.create_project(json_data)
    location = url_for("projects.show_project", ref=created.slug)
    return created, 201, {"Location": location, **tag_header(created)}


@bp.put("/<name:ref>/")
@require_scope("write")
@bp.input(ProjectWrite, examples=content_examples.NEW_PROJECT)
@bp.output(ProjectDetail, example=content_examples.PROJECT)
@bp.doc(summary="Replace a project", responses=[409, 412])
def replace_project(ref: str, json_data: ProjectWrite) -> ProjectDetail:
    """Fields left out get their defaults, except for `slug`, `profile` and `sort_order`."""
    return project_writing.replace_project(ref, json_data, read_if_match())


@bp.patch("/<name:ref>/")
@require_scope("write")
@bp.input(ProjectPatch, examples=content_examples.PROJECT_PATCH)
@bp.output(ProjectDetail, example=content_examples.PROJECT)
@bp.doc(summary="Change a project", responses=[409, 412])
def patch_project(ref: str, json_data: ProjectPatch) -> tuple[ProjectDetail, int, dict[str, str]]:
    """A JSON Merge Patch (RFC 7396); send `If-Match` so as not to undo another's change."""
    patched = project_writing.patch_project(ref, json_data.root, read_if_match())
    return patched, 200, tag_header(patched)


@bp.delete("/<name:ref>/")
@require_scope("write")
@bp.output({}, status_code=204, description="Deleted.")
@bp.doc(summary="Delete a project", responses=[412])
def delete_project(ref: str) -> tuple[str, int]:
    """It cannot be brought back."""
    project_writing.delete_project(ref, read_if_match())
    return "", 204


@bp.post("/reorder/")
@require_scope("write")
@bp.input(ProjectOrder, examples=content_examples.PROJECT_ORDER)
@bp.output(ProjectOrder)
@bp.doc(summary="Put projects in order")
def reorder_projects(json_data: ProjectOrder) -> ProjectOrder:
    """Projects of one profile; those not named follow behind. Answers with the whole order."""
    return ProjectOrder(order=project_writing.reorder_projects(json_data.order))
