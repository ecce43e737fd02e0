"""Reading a server's answer to a call: its status, then the pieces of the reply."""

from collections.abc import Iterator

import httpx

from portfolio.ai.wording.events import EventReader, Piece, Unreadable, read_piece
from portfolio.services.wording.model_call import ModelCall, ModelFailure
from portfolio.services.wording.retry_after import read_retry_after

_LONGEST = 20_000
"""Characters of the words."""
_IN_VAIN = 60.0
"""Seconds of rest when the next call would fail as this one did: a wrong key or name."""
_FAILED = {
    400: "rejected",
    401: "unauthorised",
    403: "unauthorised",
    404: "not_found",
    422: "rejected",
    429: "rate_limited",
}


def read_reply(call: ModelCall) -> Iterator[Piece]:
    """The pieces, to a proper end; raises ModelFailure."""
    response = call.hear()
    if not isinstance(response, httpx.Response):
        raise ModelFailure("broken")
    _check_status(response)
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("text/event-stream", "application/json"):
        raise ModelFailure("nonsense")
    pieces = _read_events(call) if kind == "text/event-stream" else _read_document(call)
    length, finish = 0, ""
    try:
        for piece in pieces:
            length += len(piece.text)
            finish = piece.finish or finish
            if length > _LONGEST:
                raise ModelFailure("too_long")
            yield piece
    except Unreadable as error:
        raise ModelFailure(str(error)) from None
    if finish not in ("stop", "length"):
        raise ModelFailure("withheld" if finish else "cut", is_its_own=not finish)


def _read_events(call: ModelCall) -> Iterator[Piece]:
    reader = EventReader()
    finished = False
    while not reader.done:
        data = call.hear()
        if not isinstance(data, bytes):
            # Not all say that they are done; but all say why.
            if finished:
                return
            raise ModelFailure("cut")
        for piece in reader.feed(data):
            finished = finished or bool(piece.finish)
            yield piece


def _read_document(call: ModelCall) -> Iterator[Piece]:
    document = bytearray()
    while isinstance(data := call.hear(), bytes):
        document += data
    yield read_piece(bytes(document), "message")


def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    if status == httpx.codes.OK:
        return
    wait = read_retry_after(response.headers.get("retry-after", ""))
    if status in (401, 403, 404) or (status == 429 and wait is None):
        wait = _IN_VAIN
    reason = _FAILED.get(status) or ("redirected" if status // 100 == 3 else "server_error")
    raise ModelFailure(reason, wait=wait, sent=False)
