"""The files of images, by names that are made of their content."""

from apiflask import APIBlueprint
from flask import Response, request

from portfolio.blueprints.http.conditions import ConditionalResponse
from portfolio.caching.web.negotiation import meets_preconditions
from portfolio.errors import NotFound
from portfolio.security import may_read_private, public_with_drafts
from portfolio.services.images import image_reading, media_store
from portfolio.vocabulary import MEDIA_TYPES

bp = APIBlueprint("media", __name__, url_prefix="/media", enable_openapi=False)

_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


@bp.get("/<media:name>")
@public_with_drafts
def show_media(name: str) -> Response:
    """A file that an image names; one that only drafts name with a `read` token."""
    size = image_reading.check_media(name, private=may_read_private())
    digest, _, suffix = name.partition(".")
    response = ConditionalResponse(content_type=MEDIA_TYPES[suffix], headers=_HEADERS)
    response.set_etag(digest)
    response.content_length = size
    if meets_preconditions(request.environ, digest) is None:
        try:
            response.response = media_store.read_file(name)
        except FileNotFoundError:
            raise NotFound("The file is missing from the store of images.") from None
    # Of several ranges at once, which nobody asks for of a picture, all is sent.
    one_range = "," not in request.headers.get("Range", "")
    response.make_conditional(request, accept_ranges=one_range, complete_length=size)
    return response
