"""Server-sent events: how they are written, and how many answers are streamed at a time."""

import logging
import threading
from collections.abc import Generator, Iterator
from typing import Any, Self

from flask import Flask, Response, current_app, request
from sqlalchemy.exc import SQLAlchemyError

from portfolio.errors import Problem, ServiceUnavailable
from portfolio.queries.work import BACKGROUND, Work, current_work
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


class _Body:
    """Chunks, each made in a context of the application's that ends with it.

    Between two of them nothing is held: no session, no connection, nothing of the thread's.
    """

    def __init__(self, app: Flask, chunks: Generator[str, None, None], place: Place) -> None:
        self._app, self._chunks, self._place = app, chunks, place
        request_work = current_work()
        self._work = Work(request_work.endpoint if request_work else BACKGROUND)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        with self._app.app_context(), self._work.going_on():
            return next(self._chunks).encode()

    def close(self) -> None:
        """Called at the end, and when the client has gone."""
        try:
            self._chunks.close()
        finally:
            self._place.leave()
            self._work.end()


def wants_events() -> bool:
    """Whether the request names streams of events, and documents not or after them."""
    named: dict[str, float] = {}
    for name, quality in request.accept_mimetypes:
        kind = name.partition(";")[0].strip().lower()
        named[kind] = max(quality, named.get(kind, 0))
    return named.get(MEDIA_TYPE, 0) > named.get("application/json", 0)


def stream(chunks: Generator[str, None, None]) -> Response:
    """A response that sends each chunk when it is there, until the last, or the client goes away.

    Raises:
        ServiceUnavailable: too many are being sent.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    return Response(_Body(app, chunks, Place()), mimetype=MEDIA_TYPE, headers=_HEADERS)


def write_events(
    events: Iterator[tuple[str, dict[str, Any]]],
) -> Generator[str, None, None]:
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
