"""From a cached response to what the present request is sent."""

from http import HTTPStatus
from time import monotonic

from flask import Response, current_app, request
from werkzeug.datastructures import Headers
from werkzeug.exceptions import NotAcceptable, PreconditionFailed

from ..engine import Outcome
from ..policy import Policy
from ..web.compression import compress_now
from ..web.front import address
from ..web.negotiation import IDENTITY, acceptable_codings, meets_preconditions
from ..web.reply import REPLY_SIZE, Reply, age_header, cache_status, make_replies, ttl
from ..web.response import StoredResponse
from .extension import CacheExtension


def answer(extension: CacheExtension, policy: Policy, outcome: Outcome) -> Response:
    """The response for the request, which is told how the value was come by.

    From now on the front answers the request's address, if the value is kept in memory.

    Raises:
        NotAcceptable: the client refuses every content coding.
        PreconditionFailed: `If-Match` names other representations.
    """
    stored: StoredResponse = outcome.value
    copy = outcome.copy
    if copy is None:
        replies = make_replies(stored, policy, policy.ttl)
    else:
        replies = copy.replies or make_replies(stored, policy, copy.fresh_for)
        if replies is not copy.replies:
            for coding, made in replies.items():
                extension.nearby.add_reply(copy, coding, made, REPLY_SIZE)
        if stored.status == HTTPStatus.OK:
            extension.nearby.lead(address(request.environ), copy)
    reply = _choose(stored, replies)
    unmodified = stored.status == HTTPStatus.OK and _is_unmodified(reply)
    headers = reply.headers(*_history(outcome), modified=not unmodified)
    response = current_app.response_class(
        b"" if unmodified else reply.body,
        status=HTTPStatus.NOT_MODIFIED if unmodified else stored.status,
        headers=Headers(headers),
    )
    if unmodified:
        del response.headers["Content-Type"]
    return response


def _choose(stored: StoredResponse, replies: dict[str, Reply]) -> Reply:
    accepted = request.headers.get("Accept-Encoding")
    if accepted is None:
        return replies[IDENTITY]
    codings = acceptable_codings(accepted)
    for coding in codings:
        reply = replies.get(coding)
        if reply is not None and reply.coding in codings:
            return reply
    if not codings:
        raise NotAcceptable("Accept-Encoding refuses every content coding, also to have none.")
    return compress_now(stored, codings[0], replies[IDENTITY].cache_headers)


def _is_unmodified(reply: Reply) -> bool:
    demanded = meets_preconditions(request.environ, reply.etag)
    if demanded == HTTPStatus.PRECONDITION_FAILED:
        raise PreconditionFailed("If-Match names no representation that is current.")
    return demanded == HTTPStatus.NOT_MODIFIED


def _history(outcome: Outcome) -> list[tuple[str, str]]:
    copy, now = outcome.copy, monotonic()
    if outcome.status == "bypass":
        return [cache_status("fwd=bypass")]
    if copy is None or outcome.status == "miss":
        return [cache_status("fwd=miss; stored" if outcome.stored else "fwd=miss")]
    detail = "stale" if outcome.status == "stale" else outcome.tier
    return [age_header(copy, now), cache_status(f"hit; {ttl(copy, now)}; detail={detail}")]
