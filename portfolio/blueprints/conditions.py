"""Entity tags in the headers of writing requests and their answers."""

import re

from flask import request
from pydantic import BaseModel
from werkzeug.http import quote_etag

from portfolio.caching.web.response import entity_tag, without_coding
from portfolio.schemas.json_text import encode_model
from portfolio.services.preconditions import IfMatch

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
