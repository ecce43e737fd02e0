"""The engine in a Flask application: views."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask, abort, make_response, request, session

from portfolio.caching.flask_adapter import (
    cache_api_response,
    refreshing,
    visit,
)
from portfolio.caching.flask_adapter.synthetic import UnkeyedRead
from portfolio.caching.policy import CacheType, Policy, PolicyTable
from portfolio.local.embedded import EmbeddedServers
from tests.waiting import until

from .flask_app import app_with_items

ITEM = Policy("item_page", CacheType.API, 60, ("item:id={number}", "item:*"), ("number",))


@pytest.fixture
def app(servers: EmbeddedServers, item_database: str) -> Iterator[Flask]:
    with app_with_items(servers, item_database, PolicyTable(ITEM)) as app:
        yield app


@pytest.fixture
def add_view(app: Flask) -> Callable[..., None]:
    def add(view: Callable[..., Any], rule: str = "/items/<int:number>/") -> None:
        app.add_url_rule(rule, view_func=cache_api_response(ITEM)(view))

    return add


def test_a_view_is_computed_once(app: Flask, add_view: Callable[..., None]) -> None:
    calls = []

    def show_item(number: int) -> dict[str, int]:
        calls.append(number)
        return {"number": number}

    add_view(show_item)
    client = app.test_client()
    first, second = client.get("/items/1/"), client.get("/items/1/?utm=x", headers={"X-A": "b"})
    assert first.json == second.json == {"number": 1}
    assert calls == [1]
    assert first.headers["Cache-Status"] == "portfolio; fwd=miss; stored"
    assert second.headers["Cache-Status"].startswith("portfolio; hit; ttl=")
    assert first.headers["ETag"] == second.headers["ETag"]
    assert second.headers["Cache-Control"] == "public, no-cache"


def test_validators_are_answered_with_304(app: Flask, add_view: Callable[..., None]) -> None:
    add_view(lambda number: {"number": number})
    client = app.test_client()
    etag = client.get("/items/1/").headers["ETag"]
    for known in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        answer = client.get("/items/1/", headers={"If-None-Match": known})
        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == etag
    assert client.get("/items/1/", headers={"If-None-Match": '"other"'}).status_code == 200


def test_head_is_a_hit_without_a_body(app: Flask, add_view: Callable[..., None]) -> None:
    add_view(lambda number: {"number": number})
    client = app.test_client()
    full = client.get("/items/1/")
    head = client.head("/items/1/")
    assert head.data == b""
    assert head.headers["ETag"] == full.headers["ETag"]
    assert head.headers["Content-Length"] == full.headers["Content-Length"]
    assert "hit" in head.headers["Cache-Status"]


def test_a_fill_knows_nothing_of_its_caller(app: Flask, add_view: Callable[..., None]) -> None:
    def show_item(number: int) -> dict[str, Any]:
        return {
            "headers": sorted(request.headers.keys()),
            "args": dict(request.args),
            "url": request.url,
            "address": request.remote_addr,
        }

    add_view(show_item)
    client = app.test_client()
    client.set_cookie("session", "mine")
    seen = client.get(
        "/items/1/?page=9",
        headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Accept": "x/y"},
    ).json
    assert seen == {
        "headers": ["Host"],
        "args": {},
        "url": "http://localhost/items/1/",
        "address": None,
    }


@pytest.mark.parametrize(
    "read",
    [
        lambda: request.cookies.get("session"),
        lambda: request.authorization,
        lambda: request.headers.get("Authorization"),
        lambda: request.headers["Cookie"],
        lambda: request.remote_user,
        lambda: session.get("user"),
        lambda: "user" in session,
        lambda: session.setdefault("user", 1),
    ],
)
def test_reading_who_asks_is_refused_in_a_fill(
    app: Flask, add_view: Callable[..., None], read: Callable[[], object]
) -> None:
    app.testing = True  # so that the exception comes through
    add_view(lambda number: {"read": str(read())})
    client = app.test_client()
    client.set_cookie("session", "mine")
    with pytest.raises(UnkeyedRead):
        client.get("/items/1/")


def test_a_caller_with_a_token_neither_reads_nor_fills(
    app: Flask, add_view: Callable[..., None]
) -> None:
    def show_item(number: int) -> dict[str, Any]:
        return {"who": request.environ.get("HTTP_X_WHO")}

    add_view(show_item)
    client = app.test_client()
    mine = client.get("/items/1/", headers={"Authorization": "Bearer x", "X-Who": "x"})
    assert mine.json == {"who": "x"}
    assert mine.headers["Cache-Control"] == "private, no-store"
    assert client.get("/items/1/", headers={"X-Who": "z"}).json == {"who": None}
    again = client.get("/items/1/", headers={"Authorization": "Bearer y", "X-Who": "y"})
    assert again.json == {"who": "y"}


def test_only_allowed_headers_are_kept(app: Flask, add_view: Callable[..., None]) -> None:
    def show_item(number: int) -> Any:
        return {"number": number}, {"X-Internal": "1", "Link": "</next>; rel=next"}

    add_view(show_item)
    client = app.test_client()
    for _ in range(2):
        answer = client.get("/items/1/")
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.headers["Link"] == "</next>; rel=next"
        assert "X-Internal" not in answer.headers


def test_an_answer_with_a_cookie_is_neither_stored_nor_shared(
    app: Flask, add_view: Callable[..., None]
) -> None:
    def show_item(number: int) -> Any:
        response = make_response({"number": number})
        response.set_cookie("private", "1")
        return response

    add_view(show_item)
    client = app.test_client()
    for _ in range(2):
        answer = client.get("/items/1/")
        assert answer.headers["Cache-Status"] == "portfolio; fwd=miss"
        assert "Set-Cookie" not in answer.headers


def test_errors_are_not_stored_but_shared_for_a_moment(
    app: Flask, add_view: Callable[..., None]
) -> None:
    calls = []

    def show_item(number: int) -> Any:
        calls.append(number)
        abort(404 if number == 1 else 500)

    add_view(show_item)
    client = app.test_client()
    assert [client.get("/items/1/").status_code for _ in range(2)] == [404, 404]
    assert [client.get("/items/2/").status_code for _ in range(2)] == [500, 500]
    assert calls == [1, 2]
    until(lambda: client.get("/items/1/").status_code == 404 and calls == [1, 2, 1])


def test_an_answer_that_is_not_a_success_is_not_stored(
    app: Flask, add_view: Callable[..., None]
) -> None:
    calls = []

    def show_item(number: int) -> Any:
        calls.append(number)
        return {"error": "busy"}, 503

    add_view(show_item)
    client = app.test_client()
    assert [client.get("/items/1/").status_code for _ in range(2)] == [503, 503]
    assert len(calls) == 2


def test_refreshing_computes_although_there_is_an_entry(
    app: Flask, add_view: Callable[..., None]
) -> None:
    calls = []

    def show_item(number: int) -> dict[str, int]:
        calls.append(number)
        return {"calls": len(calls)}

    add_view(show_item)
    with app.app_context():
        assert visit("/items/1/") == 200
        with refreshing():
            assert visit("/items/1/") == 200
    assert app.test_client().get("/items/1/").json == {"calls": 2}
