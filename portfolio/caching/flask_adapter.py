"""The engine in a Flask application: its binding, and the decorators of views and services."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlencode

import redis
from flask import Flask, Response, current_app, has_app_context, request
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy.orm import Session, scoped_session

from .codec import Codec
from .counters import Counters, RedisLedger
from .engine import Engine, Outcome
from .fill import current_fill
from .http import entity_tag
from .memory import Nearby
from .policy import CacheType, Policy, PolicyError, PolicyTable
from .postgres import PostgresSource
from .push import PushListener
from .redis_store import RedisStore
from .seal import Seal

P = ParamSpec("P")
T = TypeVar("T")

EXTENSION = "portfolio_cache"
_refreshing: ContextVar[bool] = ContextVar("portfolio_cache_refreshing", default=False)

STORED_HEADERS = ("Content-Type", "Content-Language", "Link", "Content-Security-Policy")
"""The only headers that are kept with a response; the rest is made anew for each answer."""


class CacheExtension:
    """What one application has of the engine."""

    def __init__(
        self,
        app: Flask,
        session: "scoped_session[Any]",
        sql_engine: Any,
        table: PolicyTable,
    ) -> None:
        config = app.config

        def current() -> Session | None:
            in_use = has_app_context() and session.registry.has()
            return session() if in_use else None

        @contextmanager
        def fresh() -> Iterator[Session]:
            # A context of its own means a session of its own: db.session goes by the context.
            with app.app_context():
                yield session()

        self.source = PostgresSource(sql_engine, current, fresh)
        self.store = RedisStore(
            config["REDIS_URL"],
            prefix=config["CACHE_KEY_PREFIX"],
            timeout=config["CACHE_TIMEOUT"],
            retry_interval=config["CACHE_RETRY_INTERVAL"],
            trusted=self.source.trust,
            recover=self.source.recover,
        )
        listener = PushListener(self.store.raw, self.store.tag_name(""))
        self.nearby = Nearby(listener, config["CACHE_MEMORY"], self.source.attend)
        self.source.attach(self.store, self.nearby)
        ledger = redis.Redis.from_url(
            config["CACHE_LEDGER_URL"],
            socket_timeout=0.5,
            socket_connect_timeout=0.5,
            retry=Retry(NoBackoff(), 0),
        )
        self.counters = Counters(RedisLedger(ledger, f"{config['CACHE_KEY_PREFIX']}:cache:counts"))
        self.codec = Codec()
        self.seal = Seal(config["SECRET_KEY"])
        self.engine = Engine(
            table, self.store, self.source, self.codec, self.seal, self.counters, self.nearby
        )
        app.extensions[EXTENSION] = self

    def close(self) -> None:
        """Count a last time and let go of every connection."""
        self.counters.close()
        self.nearby.close()
        self.store.close()
        self.source.close()


def cache_extension() -> CacheExtension:
    """The running application's cache."""
    extension: CacheExtension = current_app.extensions[EXTENSION]
    return extension


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
        def answer(**arguments: Any) -> Response:
            if "Authorization" in request.headers:
                response = current_app.make_response(current_app.ensure_sync(view)(**arguments))
                response.headers["Cache-Control"] = "private, no-store"
                response.headers["Cache-Status"] = "portfolio; fwd=bypass"
                return _conditional(response)
            named = _flatten(arguments)
            outcome = cache_extension().engine.fetch(
                policy,
                named,
                lambda: _compute(view, arguments, named),
                refresh=_refreshing.get(),
            )
            return _respond(outcome)

        answer.cache_policy = policy  # type: ignore[attr-defined]
        return answer

    return decorate


def cache_query_result(policy: Policy) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Answer a function's result from the cache; its arguments are the policy's."""
    return _cache_result(policy, CacheType.QUERY)


def cache_statistics(policy: Policy) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Answer business numbers from the cache; the arguments are the policy's."""
    return _cache_result(policy, CacheType.STATISTICS)


@contextmanager
def refreshing() -> Iterator[None]:
    """Inside, everything cached is computed anew and stored, although there are valid entries."""
    reset = _refreshing.set(True)
    try:
        yield
    finally:
        _refreshing.reset(reset)


def visit(path: str) -> int:
    """Ask for a path as an anonymous visitor would, so that its entry is made; the status."""
    # A context of its own: a failed visit must not leave its session to the next.
    with current_app.app_context(), current_app.test_client() as client:
        return client.get(path).status_code


def _cache_result(
    policy: Policy, cache_type: CacheType
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    _require(policy, cache_type)

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        signature = inspect.signature(function)
        if set(signature.parameters) != set(policy.arguments):
            raise PolicyError(f"{function.__name__} and policy {policy.name} name other arguments")

        @wraps(function)
        def answer(*args: P.args, **kwargs: P.kwargs) -> T:
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            outcome = cache_extension().engine.fetch(
                policy,
                bound.arguments,
                lambda: function(*args, **kwargs),
                refresh=_refreshing.get(),
            )
            value: T = outcome.value
            return value

        return answer

    return decorate


def _require(policy: Policy, cache_type: CacheType) -> None:
    if policy.type is not cache_type:
        raise PolicyError(f"policy {policy.name} is of type {policy.type}, not {cache_type}")


def _flatten(arguments: Mapping[str, Any]) -> dict[str, Any]:
    named = {name: value for name, value in arguments.items() if name != "query_data"}
    query = arguments.get("query_data")
    if query is not None:
        named |= query.model_dump(mode="json", exclude_defaults=True)
    return named


def _compute(
    view: Callable[..., Any], arguments: dict[str, Any], named: dict[str, Any]
) -> list[Any]:
    query = {name: value for name, value in named.items() if name not in arguments}
    with current_app.test_request_context(
        request.path,
        query_string=urlencode(query, doseq=True),
        base_url=current_app.config["PUBLIC_URL"] or "http://localhost",
    ):
        response = current_app.make_response(current_app.ensure_sync(view)(**arguments))
        fill = current_fill()
        if fill is not None and (response.status_code != 200 or "Set-Cookie" in response.headers):
            fill.spoil()
        headers = [[k, v] for k, v in response.headers.items() if k in STORED_HEADERS]
        return [response.status_code, headers, response.get_data()]


def _respond(outcome: Outcome) -> Response:
    status, headers, body = outcome.value
    response = current_app.response_class(body, status=status, headers=headers)
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Cache-Status"] = _cache_status(outcome)
    response.vary.add("Authorization")
    return _conditional(response)


def _conditional(response: Response) -> Response:
    if response.status_code == 200:
        response.set_etag(entity_tag(response.get_data()))
        response.make_conditional(request)
    return response


def _cache_status(outcome: Outcome) -> str:
    if outcome.status == "hit":
        return f"portfolio; hit; ttl={outcome.ttl}; detail={outcome.tier}"
    if outcome.status == "bypass":
        return "portfolio; fwd=bypass"
    return "portfolio; fwd=miss; stored" if outcome.stored else "portfolio; fwd=miss"
