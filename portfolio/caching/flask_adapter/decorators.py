"""The cache as a Flask application uses it: the decorators of views and of services."""

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any, ParamSpec, TypeVar

from flask import Response, current_app, request

from ..engine import Outcome
from ..fill import current_fill
from ..policy import CacheType, Policy, PolicyError
from ..web.response import StoredResponse, entity_tag
from .answer import answer
from .extension import cache_extension
from .renewal import Mode, current_mode, register_function
from .synthetic import synthetic_request

P = ParamSpec("P")
T = TypeVar("T")


def cache_api_response(
    policy: Policy,
) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
    """Answer a view from the cache, for callers without a token.

    The key is made of the view's path arguments and its validated `query_data`. The response is
    computed from a synthetic GET that has nothing else: no headers, no cookies, no caller.
    """
    _require(policy, CacheType.API)

    def decorate(view: Callable[..., Any]) -> Callable[..., Response]:
        @wraps(view)
        def answer_view(**arguments: Any) -> Response:
            if "Authorization" in request.headers:
                return _answer_alone(view, arguments)
            query = _query(arguments)
            path = {name: value for name, value in arguments.items() if name != "query_data"}
            outcome = _fetch(
                policy, {**path, **query}, lambda: _compute(policy, view, arguments, query)
            )
            return answer(cache_extension(), policy, outcome)

        answer_view.cache_policy = policy  # type: ignore[attr-defined]
        return answer_view

    return decorate


def answer_afresh(view: Callable[..., Any]) -> Callable[..., Response]:
    """Answer a view each time anew, with the headers that cached answers have.

    For views that are made of cached values, and are not the same for all who may see them.
    """

    @wraps(view)
    def answer_view(**arguments: Any) -> Response:
        return _answer_alone(view, arguments)

    answer_view.is_conditional = True  # type: ignore[attr-defined]
    return answer_view


def cache_query_result(policy: Policy) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Answer a function's result from the cache; its arguments are the policy's."""
    return _cache_result(policy, CacheType.QUERY)


def cache_statistics(policy: Policy) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Answer business numbers from the cache; the arguments are the policy's."""
    return _cache_result(policy, CacheType.STATISTICS)


def _cache_result(
    policy: Policy, cache_type: CacheType
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    _require(policy, cache_type)

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        signature = inspect.signature(function)
        if set(signature.parameters) != set(policy.arguments):
            raise PolicyError(f"{function.__name__} and policy {policy.name} name other arguments")

        @wraps(function)
        def answer_call(*args: P.args, **kwargs: P.kwargs) -> T:
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            outcome = _fetch(policy, bound.arguments, lambda: function(*args, **kwargs))
            value: T = outcome.value
            return value

        register_function(policy.name, answer_call)
        return answer_call

    return decorate


def _require(policy: Policy, cache_type: CacheType) -> None:
    if policy.type is not cache_type:
        raise PolicyError(f"policy {policy.name} is of type {policy.type}, not {cache_type}")


def _fetch(policy: Policy, arguments: Mapping[str, Any], compute: Callable[[], Any]) -> Outcome:
    mode = current_mode()
    return cache_extension().engine.fetch(
        policy,
        arguments,
        compute,
        refresh=mode is Mode.REFRESH,
        stale=mode is Mode.SERVE,
    )


def _query(arguments: Mapping[str, Any]) -> dict[str, Any]:
    model = arguments.get("query_data")
    query: dict[str, Any] = model.model_dump(mode="json", exclude_defaults=True) if model else {}
    return query


def _answer_alone(view: Callable[..., Any], arguments: Mapping[str, Any]) -> Response:
    response = current_app.make_response(current_app.ensure_sync(view)(**arguments))
    shared = "Authorization" not in request.headers
    response.headers["Cache-Control"] = "public, no-cache" if shared else "private, no-store"
    response.headers["Cache-Status"] = "portfolio; fwd=bypass"
    if response.status_code == HTTPStatus.OK:
        response.set_etag(entity_tag(response.get_data()))
        response.make_conditional(request)
    return response


def _compute(
    policy: Policy, view: Callable[..., Any], arguments: Mapping[str, Any], query: dict[str, Any]
) -> StoredResponse:
    base_url = current_app.config["PUBLIC_URL"] or "http://localhost"
    absences = cache_extension().absences
    fill = current_fill()
    with synthetic_request(request.endpoint, request.view_args, query, base_url):
        try:
            response = current_app.make_response(current_app.ensure_sync(view)(**arguments))
        except absences as absence:
            if fill is None or not policy.error_ttl:
                raise
            response = current_app.make_response(current_app.handle_user_exception(absence))
            fill.mark_absent(policy.error_ttl)
        is_answer = response.status_code == HTTPStatus.OK or (fill is not None and fill.absent)
        if fill is not None and (not is_answer or "Set-Cookie" in response.headers):
            fill.spoil()
        return StoredResponse.of(response.status_code, response.headers, response.get_data())
