"""Conditional writes (RFC 9110, If-Match): the tag of what GET answers guards against lost updates.

The tag is computed from the bytes that GET answers with, while the row is locked. So it does not
matter whether a caller got it from the cache, and of two racing writers one fails.
"""

import uuid
from dataclasses import dataclass

from pydantic import BaseModel

from portfolio.caching.web.response import entity_tag
from portfolio.errors import Conflict, PreconditionFailed
from portfolio.schemas.echoes import Identity
from portfolio.schemas.json_text import encode_model


@dataclass(frozen=True)
class IfMatch:
    """The header If-Match: `*`, or the strong entity tags in it."""

    any: bool
    tags: frozenset[str]


def check_if_match(if_match: IfMatch | None, *representations: BaseModel) -> None:
    """Go on only if one of the current representations is meant.

    A tag may carry the suffix of a content coding: `"…-gzip"` is the same representation.

    Raises:
        PreconditionFailed: none of the tags is current.
    """
    if if_match is None or if_match.any:
        return
    current = {entity_tag(encode_model(model)) for model in representations}
    if not any(tag.partition("-")[0] in current for tag in if_match.tags):
        raise PreconditionFailed("No entity tag in If-Match is the current one.")


def check_same(document: Identity, number: uuid.UUID | None) -> None:
    """Go on only if a document, where it tells its id, is of this row; None is a new row.

    Raises:
        Conflict: it is another's, or there can be none yet (RFC 9110, 9.3.4).
    """
    if document.id is not None and document.id != number:
        detail = "is given by the server" if number is None else "is the id of something else"
        raise Conflict(errors=[{"pointer": "#/id", "detail": detail}])
