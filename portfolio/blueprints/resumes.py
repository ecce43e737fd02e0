"""The addresses of résumés as documents: for programs, for texts and for paper."""

from apiflask import APIBlueprint
from flask import Response

from portfolio.blueprints.examples import resume_document
from portfolio.cache_policy import RESUME_JSON, RESUME_MARKDOWN, RESUME_PAGE
from portfolio.caching.flask_adapter import cache_api_response
from portfolio.security import may_read_private, public_with_drafts
from portfolio.services.exports.exporting import export_resume
from portfolio.services.exports.resume_formats import write_resume
from portfolio.services.exports.resume_page import write_page

TAG = {"name": "Résumés", "description": "Profiles with their public projects, as documents."}

_PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""The page runs nothing, sends nothing and fetches nothing but its style and its icon."""

bp = APIBlueprint("resumes", __name__, url_prefix="/api/v1/profiles", tag=TAG)


@bp.get("/<name:slug>/resume.json")
@public_with_drafts
@bp.doc(summary="Export a résumé as JSON Resume", responses=resume_document.JSON)
@cache_api_response(RESUME_JSON)
def show_resume_json(slug: str) -> Response:
    """JSON Resume 1.0; what it has no word for stands under `x-portfolio`.

    A `read` token adds contact details that are not shown, projects that are not listed, and the
    members that an import kept without knowing them: with them, importing it changes nothing.
    """
    text = write_resume(slug, "json", private=may_read_private())
    return Response(text, mimetype="application/json")


@bp.get("/<name:slug>/resume.md")
@public_with_drafts
@bp.doc(summary="Export a résumé as Markdown", responses=resume_document.MARKDOWN)
@cache_api_response(RESUME_MARKDOWN)
def show_resume_markdown(slug: str) -> Response:
    """CommonMark, for people; what stands in a résumé appears as plain text."""
    text = write_resume(slug, "markdown", private=may_read_private())
    return Response(text, mimetype="text/markdown")


@bp.get("/<name:slug>/resume.html")
@public_with_drafts
@bp.doc(summary="Show a résumé as a page", responses=resume_document.PAGE)
@cache_api_response(RESUME_PAGE)
def show_resume_page(slug: str) -> Response:
    """One page without scripts, for screens and for paper."""
    text = write_page(export_resume(slug, private=may_read_private()))
    headers = {"Content-Security-Policy": _PAGE_POLICY}
    return Response(text, mimetype="text/html", headers=headers)
