"""Chat at the addresses and in the shape of OpenAI's API, for front ends that speak it.

It is OpenAI's description that describes it: it stands in none of ours. Any key will do.
"""

import json
from collections.abc import Generator, Iterator
from http import HTTPStatus
from typing import Any

from apiflask import APIBlueprint
from flask import Response, current_app, jsonify, request
from flask_limiter import RateLimitExceeded
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from portfolio.blueprints.http.event_stream import stream
from portfolio.errors import (
    Problem,
    ServiceUnavailable,
    answer_exception,
    answer_http_exception,
    answer_problem,
)
from portfolio.rate_limits import answer_too_often, limit_questions
from portfolio.schemas.completions import CompletionWrite
from portfolio.schemas.json_text import encode_json
from portfolio.security import public
from portfolio.services.chat.completions import (
    begin_completion,
    complete,
    complete_in_pieces,
    list_models,
)

_TYPES = {HTTPStatus.TOO_MANY_REQUESTS: "rate_limit_error"}

_PREFIX = "/v1"

bp = APIBlueprint("completions", __name__, url_prefix=_PREFIX, enable_openapi=False)


@bp.get("/models")
@public
def show_models() -> Response:
    """The models that a request may name."""
    return jsonify(list_models())


@bp.post("/chat/completions")
@public
@limit_questions
@bp.input(CompletionWrite)
def create_completion(json_data: CompletionWrite) -> Response:
    """The answer to the user's last message, whole or as a stream."""
    completion = begin_completion(json_data, current_app.config["CHAT_TIMEOUT"])
    if json_data.stream:
        return stream(_write(complete_in_pieces(completion)))
    return jsonify(complete(completion))


@bp.after_request
def keep_nowhere(response: Response) -> Response:
    """What one visitor has said is for nobody's cache."""
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.errorhandler(Problem)
def tell_problem(error: Problem) -> Response:
    """An error of ours, in their shape."""
    return _retold(answer_problem(error))


@bp.errorhandler(RateLimitExceeded)
def tell_too_often(error: RateLimitExceeded) -> Response:
    """Too many requests, in their shape."""
    return _retold(answer_too_often(error))


@bp.errorhandler(HTTPException)
def tell_http_exception(error: HTTPException) -> Response:
    """An error of the frameworks, in their shape."""
    return _retold(answer_http_exception(error))


@bp.app_errorhandler(HTTPStatus.NOT_FOUND)
@bp.app_errorhandler(HTTPStatus.METHOD_NOT_ALLOWED)
def tell_wrong_address(error: HTTPException) -> Response:
    """No view was found, so no blueprint either: the address tells in whose shape to answer."""
    answered = answer_http_exception(error)
    return _retold(answered) if request.path.startswith(f"{_PREFIX}/") else answered


@bp.errorhandler(Exception)
def tell_exception(error: Exception) -> Response:
    """What nobody has foreseen, in their shape."""
    return _retold(answer_exception(error))


def _write(documents: Iterator[dict[str, Any]]) -> Generator[str, None, None]:
    try:
        for document in documents:
            yield f"data: {encode_json(document).decode()}\n\n"
    except (Problem, SQLAlchemyError) as error:
        problem = error if isinstance(error, Problem) else ServiceUnavailable()
        yield f"data: {encode_json(_error(problem.status, problem.document())).decode()}\n\n"
    yield "data: [DONE]\n\n"


def _retold(answered: Response) -> Response:
    status = answered.status_code
    response = jsonify(_error(status, json.loads(answered.get_data())))
    invalid = status == HTTPStatus.UNPROCESSABLE_ENTITY
    response.status_code = HTTPStatus.BAD_REQUEST if invalid else status
    for name in ("Retry-After", "Allow"):
        if name in answered.headers:
            response.headers[name] = answered.headers[name]
    return response


def _error(status: int, problem: dict[str, Any]) -> dict[str, Any]:
    first = (problem.get("errors") or [{}])[0]
    place = first.get("pointer", "").lstrip("#/").replace("/", ".")
    told = f"{place}: {first['detail']}" if first else problem.get("detail", problem["title"])
    usual = "server_error" if status >= 500 else "invalid_request_error"
    code = problem["type"].strip("/").rpartition("/")[2].replace("-", "_")
    error = {
        "message": told,
        "type": _TYPES.get(HTTPStatus(status), usual),
        "param": place or None,
        "code": code,
    }
    return {"error": error}
