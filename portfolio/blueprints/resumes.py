"""The addresses of résumés as documents: for programs, for texts and for paper."""

from apiflask import APIBlueprint
from flask import Response

from portfolio.blueprints import resume_document
from portfolio.cache_policy import RESUME_JSON
from portfolio.caching.flask_adapter import cache_api_response
from portfolio.security import may_read_private, public_with_drafts
from portfolio.services.resume_formats import write_resume

TAG = {"name": "Résumés", "description": "Profiles with their public projects, as documents."}

bp = APIBlueprint("resumes", __name__, url_prefix="/api/v1/profiles", tag=TAG)


@bp.get("/<name:slug>/resume.json")
@public_with_drafts
@bp.doc(summary="Export a résumé as JSON Resume")
@cache_api_response(RESUME_JSON)
@bp.output(resume_document.SCHEMA, example=resume_document.EXAMPLE)
def show_resume_json(slug: str) -> Response:
    """JSON Resume 1.0; what it has no word for stands under `x-portfolio`.

    A `read` token adds contact details that are not shown, projects that are not listed, and the
    members that an import kept without knowing them: with them, importing it changes nothing.
    """
    text = write_resume(slug, "json", private=may_read_private())
    return Response(text, mimetype="application/json")
