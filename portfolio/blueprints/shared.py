"""The pages behind links that were shared."""

from apiflask import APIBlueprint
from flask import Response

from portfolio.security import public
from portfolio.services.exports.report_page import write_report
from portfolio.services.matching.sharing import find_shared

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    # The address is all that it takes: no other site and no search engine is told it.
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}

bp = APIBlueprint("shared", __name__, url_prefix="/shared", enable_openapi=False)


@bp.get("/<word>/")
@public
def show_shared_report(word: str) -> Response:
    """A match report, for whoever has the link."""
    return Response(write_report(find_shared(word)), mimetype="text/html", headers=_HEADERS)
