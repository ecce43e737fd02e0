"""What Flask-Caching's backend stores, what it refuses, and what it reads back."""

import pickle
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import redis
from flask import Flask, Response, abort, make_response, redirect
from flask_caching import Cache, CachedResponse
from werkzeug.exceptions import Gone, NotFound

from portfolio.caching.flask_adapter import cache_extension
from portfolio.local.embedded import EmbeddedServers


def ask_twice(app: Flask, cache: Cache, answer: Any) -> tuple[list[Any], int]:
    """Two answers of a cached view, and how often it ran."""
    calls = []

    @app.get("/view/")
    @cache.cached(30)
    def view() -> Any:
        calls.append(1)
        return answer()

    visitor = app.test_client()
    return [visitor.get("/view/") for _ in range(2)], len(calls)


def test_a_cached_response_is_the_same_again(app: Flask, cache: Cache) -> None:
    def answer() -> Response:
        response = make_response("plain", 203)
        response.headers["Content-Type"] = "text/x-odd; charset=utf-8"
        response.headers["Content-Language"] = "de"
        response.headers.add("Link", "</one>; rel=next")
        response.headers.add("Link", "</two>; rel=prev")
        return response

    (miss, hit), calls = ask_twice(app, cache, answer)
    assert calls == 1
    assert (
        (hit.status, hit.data)
        == (miss.status, miss.data)
        == ("203 NON AUTHORITATIVE INFORMATION", b"plain")
    )
    assert list(hit.headers) == list(miss.headers)


@pytest.mark.parametrize(
    "answer",
    [
        lambda: redirect("/elsewhere/"),
        lambda: (make_response("tuple"), 201),
        lambda: CachedResponse(make_response("own"), 5),
        lambda: {"json": [1, None, 2.5]},
        lambda: ("text", 202, {"X-Total": "3"}),
    ],
)
def test_whatever_a_view_may_return(app: Flask, cache: Cache, answer: Any) -> None:
    (miss, hit), calls = ask_twice(app, cache, answer)
    assert calls == 1
    assert (hit.status, hit.data) == (miss.status, miss.data)
    assert list(hit.headers) == list(miss.headers)


def private() -> Response:
    response = make_response("mine")
    response.cache_control.private = True
    return response


def varying() -> Response:
    response = make_response("mine")
    response.vary.add("Cookie")
    return response


def with_cookie() -> Response:
    response = make_response("mine")
    response.set_cookie("session", "mine")
    return response


@pytest.mark.parametrize(
    "answer",
    [
        private,
        varying,
        with_cookie,
        lambda: make_response("broken", 500),
        lambda: make_response(("mine", {"X-Request-ID": "1"})),
        lambda: abort(503),
    ],
)
def test_what_is_one_visitors_or_a_failure_is_not_stored(
    app: Flask, cache: Cache, answer: Any
) -> None:
    (miss, hit), calls = ask_twice(app, cache, answer)
    assert calls == 2
    assert hit.status == miss.status
    assert "Set-Cookie" not in hit.headers or answer is with_cookie


def test_an_http_error_is_raised_again(app: Flask, cache: Cache) -> None:
    app.register_error_handler(404, lambda error: (f"handled: {error.description}", 404))
    (miss, hit), calls = ask_twice(app, cache, lambda: abort(404, "no such thing"))
    assert calls == 1
    assert (hit.status_code, hit.text) == (404, "handled: no such thing")
    assert miss.text == hit.text


def test_an_error_that_carries_more_is_not_stored(cache: Cache) -> None:
    class Odd(Gone):
        pass

    assert cache.set("error", NotFound("x"))
    assert cache.get("error").description == "x"
    assert not cache.set("error", NotFound(response=Response("x")))
    assert not cache.set("error", Odd())
    assert cache.get("error") is None


def test_plain_values_come_back_with_their_types(cache: Cache) -> None:
    value = (None, True, 2**70, 1.5, b"b", {"s"}, [date(2026, 1, 2), Decimal("1.20")], {1: (2,)})
    assert cache.set("value", value)
    assert repr(cache.get("value")) == repr(value)


def test_an_arbitrary_object_is_refused_counted_and_replaces_what_was_there(cache: Cache) -> None:
    cache.set("value", "old")
    assert cache.set("value", object()) is False
    assert cache.get("value") is None
    totals = cache_extension().counters.totals()
    assert totals["flask"]["uncacheable"] == 1
    assert totals["type"] == {"builtins.object": 1}


class Bomb:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return pytest.fail, ("a pickle was loaded",)


@pytest.mark.parametrize(
    "forged",
    [b"!" + pickle.dumps(Bomb()), pickle.dumps(Bomb()), b"", b"x"],
    ids=["cachelib's pickle", "pickle", "nothing", "a letter"],
)
def test_a_foreign_value_is_a_miss(cache: Cache, servers: EmbeddedServers, forged: bytes) -> None:
    cache.set("value", None)
    with redis.Redis.from_url(servers.redis_url) as client:
        client.set(next(client.scan_iter("*flask:value")), forged, ex=60)
    assert cache.get("value") is None
    assert cache.has("value") is False, "or None would pass for the cached value"
    assert cache.get_many("value", "other") == [None, None]


def test_values_under_each_others_keys_are_misses(cache: Cache, servers: EmbeddedServers) -> None:
    cache.set_many({"a": 1, "b": 2})
    with redis.Redis.from_url(servers.redis_url) as client:
        a, b = (next(client.scan_iter(f"*flask:{key}")) for key in "ab")
        data = client.get(a)
        assert data is not None
        client.set(b, data, ex=60)
    assert cache.get_many("a", "b") == [1, None]
