"""The addresses of profiles."""

from apiflask import APIBlueprint
from flask import url_for

from portfolio.blueprints.examples import content_examples
from portfolio.blueprints.http.conditions import read_if_match, tag_header
from portfolio.cache_policy import PROFILE_DETAIL, PROFILE_LIST
from portfolio.caching.flask_adapter import cache_api_response
from portfolio.schemas.lists import PageQuery
from portfolio.schemas.profile import ProfileDetail, ProfilePage, ProfilePatch, ProfileWrite
from portfolio.security import may_read_private, public_with_drafts, require_scope
from portfolio.services.content import profile_writing, profiles

TAG = {"name": "Profiles", "description": "People and their résumés, after JSON Resume 1.0."}

bp = APIBlueprint("profiles", __name__, url_prefix="/api/v1/profiles", tag=TAG)


@bp.get("/")
@public_with_drafts
@bp.input(PageQuery, location="query")
@bp.doc(summary="List profiles")
@cache_api_response(PROFILE_LIST)
@bp.output(ProfilePage)
def list_profiles(query_data: PageQuery) -> ProfilePage:
    """Public profiles, the default first; all of them with a `read` token."""
    items, total = profiles.list_profiles(query_data, private=may_read_private())
    return ProfilePage.of(items, total, url_for("profiles.list_profiles"), query_data)


@bp.get("/<name:slug>/")
@public_with_drafts
@bp.doc(summary="Show a profile")
@cache_api_response(PROFILE_DETAIL)
@bp.output(ProfileDetail)
def show_profile(slug: str) -> ProfileDetail:
    """With its whole résumé. A `read` token shows drafts and every contact detail."""
    return profiles.get_profile(slug, private=may_read_private())


@bp.post("/")
@require_scope("write")
@bp.input(ProfileWrite, examples=content_examples.NEW_PROFILE)
@bp.output(ProfileDetail, status_code=201, description="Created; `Location` is its address.")
@bp.doc(summary="Create a profile", responses=[409])
def create_profile(json_data: ProfileWrite) -> tuple[ProfileDetail, int, dict[str, str]]:
    """Only the name is required. The first profile becomes the default."""
    created = profile_writing.create_profile(json_data)
    location = url_for("profiles.show_profile", slug=created.slug)
    return created, 201, {"Location": location, **tag_header(created)}


@bp.put("/<name:slug>/")
@require_scope("write")
@bp.input(ProfileWrite, examples=content_examples.NEW_PROFILE)
@bp.output(ProfileDetail)
@bp.doc(summary="Replace a profile", responses=[409, 412])
def replace_profile(slug: str, json_data: ProfileWrite) -> ProfileDetail:
    """Replaces the basics; `slug`, `is_default` and the sections stay when left out."""
    return profile_writing.replace_profile(slug, json_data, read_if_match())


@bp.patch("/<name:slug>/")
@require_scope("write")
@bp.input(ProfilePatch, examples=content_examples.PROFILE_PATCH)
@bp.output(ProfileDetail)
@bp.doc(summary="Change a profile", responses=[409, 412])
def patch_profile(slug: str, json_data: ProfilePatch) -> tuple[ProfileDetail, int, dict[str, str]]:
    """A JSON Merge Patch (RFC 7396); send `If-Match` so as not to undo another's change."""
    patched = profile_writing.patch_profile(slug, json_data.root, read_if_match())
    return patched, 200, tag_header(patched)


@bp.delete("/<name:slug>/")
@require_scope("write")
@bp.output({}, status_code=204, description="Deleted.")
@bp.doc(summary="Delete a profile", responses=[409, 412])
def delete_profile(slug: str) -> tuple[str, int]:
    """With its résumé and all its projects. The default can only be deleted as the last one."""
    profile_writing.delete_profile(slug, read_if_match())
    return "", 204
