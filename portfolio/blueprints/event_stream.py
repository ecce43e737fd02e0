"""Server-sent events: how they are written, and how many answers are streamed at a time."""

import logging
import threading
from collections.abc import Iterator
from typing import Any

from flask import Response, current_app, request, stream_with_context
from sqlalchemy.exc import SQLAlchemyError

from portfolio.errors import Problem, ServiceUnavailable
from portfolio.schemas.json_text import encode_json

MEDIA_TYPE = "text/event-stream"
_EXTENSION = "portfolio_streams"
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Proxies that gather answers before they pass them on are asked not to."""

logger = logging.getLogger(__name__)


class Place:
    """One of the places for streams in this process, which is given back once."""

    def __init__(self) -> None:
        made = threading.Semaphore(current_app.config["CHAT_STREAMS"])
        self._places: threading.Semaphore = current_app.extensions.setdefault(_EXTENSION, made)
        self._left = threading.Lock()
        if not self._places.acquire(blocking=False):
            raise ServiceUnavailable("Too many answers are being streamed.")

    def leave(self) -> None:
        """Give it back; doing so again does nothing."""
        if self._left.acquire(blocking=False):
            self._places.release()


def wants_events() -> bool:
    """Whether the request prefers a stream of events to a document."""
    best = request.accept_mimetypes.best_match(("application/json", MEDIA_TYPE))
    return best == MEDIA_TYPE


def stream(chunks: Iterator[str]) -> Response:
    """A response that sends each chunk when it is there, until the last, or the client goes away.

    Raises:
        ServiceUnavailable: too many are being sent.
    """
    place = Place()
    body = stream_with_context(chunk.encode() for chunk in chunks)
    response = Response(body, mimetype=MEDIA_TYPE, headers=_HEADERS)
    response.call_on_close(place.leave)
    return response


def write_events(events: Iterator[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    """Events as text. What goes wrong on the way is the last one, `error`."""
    try:
        for name, data in events:
            yield _event(name, encode_json(data))
    except Problem as problem:
        yield _event("error", problem.body())
    except SQLAlchemyError as error:
        logger.warning("a stream ended early: %s", type(error).__name__)
        yield _event("error", ServiceUnavailable().body())


def _event(name: str, data: bytes) -> str:
    # JSON has no line breaks outside of its strings, and writes those in them with a backslash.
    return f"event: {name}\ndata: {data.decode()}\n\n"
