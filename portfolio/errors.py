"""The tree of errors that callers see, each with its status and problem type, and how they are
answered: RFC 9457 `application/problem+json`, always. It knows no model and no service."""

import json
import logging
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from apiflask import HTTPError
from flask import Flask, Response
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from portfolio.database_errors import is_unavailable

logger = logging.getLogger(__name__)

PROBLEM_JSON = "application/problem+json"
RETRY_AFTER = 1
"""Seconds after which a caller who was turned away may try again."""
ERRORS_LISTED = 100
"""More errors than this in one request are counted, not listed."""


class Problem(Exception):
    """An error that the caller is told of. Subclasses give status, type and title.

    Args:
        detail: what went wrong this time, for people.
        headers: further headers of the answer.
        members: further members of the problem document.
    """

    status: int = 500
    type: str = "internal-error"
    title: str = "Internal error"
    meaning: str = (
        "The server failed. The problem's `id` is in the server's log; nothing was changed."
    )

    def __init__(
        self, detail: str = "", *, headers: Mapping[str, str] | None = None, **members: Any
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.headers = dict(headers or {})
        self.members = members

    @classmethod
    def outline(cls) -> dict[str, Any]:
        """What all problem documents of this kind have in common."""
        return {"type": f"/problems/{cls.type}/", "title": cls.title, "status": cls.status}

    def document(self) -> dict[str, Any]:
        """The problem document."""
        document: dict[str, Any] = {
            "type": f"/problems/{self.type}/" if self.type else "about:blank",
            "title": self.title,
            "status": self.status,
        }
        if self.detail:
            document["detail"] = self.detail
        return {**document, **self.members}

    def body(self) -> bytes:
        """The problem document as JSON."""
        return json.dumps(self.document(), ensure_ascii=False).encode("utf-8", "replace")


class Malformed(Problem):
    status = 400
    type = "malformed-request"
    title = "The request cannot be read"
    meaning = "The body is not JSON, or the request breaks HTTP. The detail says where."


class Unauthorized(Problem):
    status = 401
    type = "unauthorized"
    title = "A valid token is needed"
    meaning = (
        "Send `Authorization: Bearer <token>` with a token that is known, unexpired, unrevoked."
    )


class Forbidden(Problem):
    status = 403
    type = "forbidden"
    title = "The token does not allow this"
    meaning = "The token is valid, but its scope is too small. The detail names the scope needed."


class NotFound(Problem):
    status = 404
    type = "not-found"
    title = "There is nothing here"
    meaning = "Nothing has this address, or it is a draft and you may not see drafts."


class MethodNotAllowed(Problem):
    status = 405
    type = "method-not-allowed"
    title = "The address does not know this method"
    meaning = "The `Allow` header lists the methods that the address knows."


class RequestTimeout(Problem):
    status = 408
    type = "request-timeout"
    title = "The body did not come"
    meaning = "Nothing more of the request's body came for a while, or it came too slowly."


class Conflict(Problem):
    status = 409
    type = "conflict"
    title = "The present state does not allow this"
    meaning = (
        "Something else stands in the way, such as a slug that is taken. The detail says what."
    )


class PreconditionFailed(Problem):
    status = 412
    type = "precondition-failed"
    title = "It has changed since you read it"
    meaning = "No entity tag in If-Match is the current one. Read again, then repeat the change."


class TooLarge(Problem):
    status = 413
    type = "too-large"
    title = "The body is too large"
    meaning = (
        "The request's body exceeds what this server accepts; the detail names limit and setting."
    )


class UnsupportedMediaType(Problem):
    status = 415
    type = "unsupported-media-type"
    title = "The body's type is not accepted here"
    meaning = "Send JSON as UTF-8 with its Content-Type; the `Accept` header lists what is taken."


class RangeNotSatisfiable(Problem):
    status = 416
    type = "range-not-satisfiable"
    title = "The range is not in the file"
    meaning = (
        "The bytes that `Range` asks for are behind the end of the file; `Content-Range` has its "
        "length."
    )


class Invalid(Problem):
    """`errors` holds one entry for each field: `pointer` or `parameter`, and `detail`."""

    status = 422
    type = "invalid"
    title = "The request is not valid"
    meaning = (
        "It could be read, but fields or parameters are wrong. `errors` lists all of them: "
        "`pointer` (a JSON Pointer into the body) or `parameter` (in the query), and `detail`."
    )

    def __init__(self, errors: Sequence[Mapping[str, str]]) -> None:
        count = len(errors)
        detail = "1 thing is wrong" if count == 1 else f"{count} things are wrong"
        listed = list(errors[:ERRORS_LISTED])
        if len(listed) < count:
            detail += f"; the first {ERRORS_LISTED} are listed"
        super().__init__(f"{detail}.", errors=listed)


class TooManyRequests(Problem):
    status = 429
    type = "too-many-requests"
    title = "Too many requests"
    meaning = "Slow down; `Retry-After` says for how many seconds."


class ServiceUnavailable(Problem):
    status = 503
    type = "service-unavailable"
    title = "The server cannot answer now"
    meaning = (
        "Something that the answer needs is busy or away. `Retry-After` says when to try again."
    )

    def __init__(self, detail: str = "The database is busy or away.", **members: Any) -> None:
        super().__init__(detail, headers={"Retry-After": str(RETRY_AFTER)}, **members)


class HttpProblem(Problem):
    """An error of the frameworks, under the type of this tree that has its status, if any."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str]) -> None:
        super().__init__(detail if status < 500 else "", headers=headers)
        kind = PROBLEMS.get(status)
        self.status = status
        self.type = kind.type if kind else ""
        self.title = kind.title if kind else HTTP_STATUS_CODES.get(status, "Error")


_KINDS: tuple[type[Problem], ...] = (Problem, *Problem.__subclasses__())
PROBLEMS = {kind.status: kind for kind in _KINDS if kind is not HttpProblem}
"""Every kind of problem by its status."""


def register_error_handlers(app: Flask) -> None:
    """Answer every error of the application with a problem document."""
    app.register_error_handler(Problem, answer_problem)
    app.register_error_handler(HTTPException, answer_http_exception)
    app.register_error_handler(HTTPError, _answer_apiflask_error)
    app.register_error_handler(Exception, answer_exception)


def answer_problem(problem: Problem) -> Response:
    """The response for a problem."""
    response = Response(problem.body(), status=problem.status, content_type=PROBLEM_JSON)
    response.headers.update(problem.headers)
    response.headers["Cache-Control"] = "no-store"
    return response


def answer_http_exception(error: HTTPException) -> Response:
    """The response for an error that Flask or Werkzeug raised."""
    headers = {k: v for k, v in error.get_headers() if k not in ("Content-Type", "Content-Length")}
    return answer_problem(HttpProblem(error.code or 500, error.description or "", headers))


def _answer_apiflask_error(error: HTTPError) -> Response:
    return answer_problem(HttpProblem(error.status_code, error.message or "", {}))


def answer_exception(error: Exception) -> Response:
    """The response for what nobody has foreseen, or for what is busy or away."""
    if is_unavailable(error):
        logger.warning("answered 503: %s", type(error).__name__)
        return answer_problem(ServiceUnavailable())
    number = str(uuid.uuid4())
    logger.error("internal error %s", number, exc_info=error)
    return answer_problem(Problem("The server's log has more under this id.", id=number))
