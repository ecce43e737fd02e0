"""Preconditions in the headers of requests, and entity tags in their answers."""

import re
from typing import TYPE_CHECKING, Any, Self

from flask import Response, request
from pydantic import BaseModel
from werkzeug.http import parse_range_header, quote_etag

from portfolio.caching.web.negotiation import meets_preconditions
from portfolio.caching.web.response import entity_tag, without_coding
from portfolio.errors import PreconditionFailed
from portfolio.schemas.json_text import encode_model
from portfolio.services.preconditions import IfMatch

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_ENTITY_TAG = re.compile(r'(W/)?"([!#-~\x80-\xff]*)"')


def read_if_match() -> IfMatch | None:
    """The request's condition. Weak tags never match (RFC 9110, 13.1.1).

    The tag of any content coding stands for the content: who was sent gzip may change it too.
    """
    header = request.headers.get("If-Match")
    if header is None:
        return None
    strong = (without_coding(tag[2]) for tag in _ENTITY_TAG.finditer(header) if not tag[1])
    return IfMatch(any=header.strip() == "*", tags=frozenset(strong))


def tag_header(written: BaseModel) -> dict[str, str]:
    """The header with the entity tag of what was written, for the next condition."""
    return {"ETag": quote_etag(entity_tag(encode_model(written)))}


class ConditionalResponse(Response):
    """A response that takes `If-Match` as the cached answers do: Werkzeug sends a 412 with the
    headers of the whole, and knows no `*`. A `Range` that cannot be read, or is not of bytes, is
    ignored (RFC 9110, 14.2): Werkzeug answers it with 416."""

    def make_conditional(
        self, request_or_environ: "WSGIEnvironment | Any", *args: Any, **kwargs: Any
    ) -> Self:
        """This response as the request's conditions want it.

        Raises:
            PreconditionFailed: `If-Match` names other files.
        """
        environ = dict(getattr(request_or_environ, "environ", request_or_environ))
        if meets_preconditions(environ, self.get_etag()[0] or "") == PreconditionFailed.status:
            self.close()
            raise PreconditionFailed("If-Match names no representation that is current.")
        environ.pop("HTTP_IF_MATCH", None)
        wanted = parse_range_header(environ.get("HTTP_RANGE"))
        if wanted is None or wanted.units != "bytes":
            environ.pop("HTTP_RANGE", None)
        super().make_conditional(environ, *args, **kwargs)
        return self
