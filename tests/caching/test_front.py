"""The front: answers from memory before Flask is entered, exactly what Flask would answer."""

import gzip
from collections.abc import Iterator

import brotli
import pytest
import redis
import zstandard

from portfolio.caching.policy import CacheType, Policy
from portfolio.caching.web.negotiation import _codings
from portfolio.local.embedded import EmbeddedServers
from tests.waiting import until

from .conftest import IMPATIENT
from .mini import Mini, make_mini

ITEM = Policy("item_page", CacheType.API, 60, ("item:id={number}", "item:*"), ("number",))
TIMED = Policy("timed", CacheType.API, 60, (), jitter=0)
LATE = Policy("late", CacheType.API, 60, ("item",), client_stale=30)
BIG = Policy("big", CacheType.API, 60, ("item",))
TEXT = "the same words again and again, " * 200


@pytest.fixture
def mini(servers: EmbeddedServers, item_database: str, patience: float) -> Iterator[Mini]:
    with redis.Redis.from_url(servers.redis_url) as client:
        client.flushdb()
    policies = (ITEM, TIMED, LATE, BIG)
    with make_mini(servers, item_database, *policies, CACHE_TIMEOUT=patience) as mini:
        mini.write("TRUNCATE item")
        mini.write("INSERT INTO item VALUES (1, 10), (2, 20)")
        mini.add(ITEM, "/items/<int:number>/", lambda number: {"number": number})
        mini.add(TIMED, "/timed/", lambda: "text")
        mini.add(LATE, "/late/", lambda: "text")
        mini.add(BIG, "/big/", lambda: TEXT)
        yield mini


def open_door(mini: Mini, path: str) -> None:
    """Ask until Flask is not entered any more."""
    client = mini.app.test_client()

    def is_open() -> bool:
        mini.entered.clear()
        client.get(path)
        return not mini.entered

    until(is_open)


@pytest.fixture
def entered(mini: Mini, believing: None) -> list[str]:
    """Paths that Flask was entered for, since the front has answered them all."""
    for path in ("/items/1/", "/items/1/?utm=x", "/timed/", "/late/", "/big/"):
        open_door(mini, path)
    return mini.entered


def test_a_hit_does_not_enter_flask(mini: Mini, entered: list[str]) -> None:
    client = mini.app.test_client()
    for path in ("/items/1/", "/items/1/?utm=x"):
        answer = client.get(path)
        assert (answer.status_code, answer.json) == (200, {"number": 1})
        assert answer.headers["Cache-Status"].startswith("portfolio; hit; ttl=5")
        assert answer.headers["Cache-Status"].endswith("; detail=l1")
        assert int(answer.headers["Age"]) <= 10
    assert entered == []


def test_the_front_answers_what_flask_would(mini: Mini, entered: list[str]) -> None:
    client = mini.app.test_client()
    for method in ("GET", "HEAD"):
        for headers in ({}, {"Accept-Encoding": "gzip"}, {"If-None-Match": "*"}):
            front = client.open("/big/", method=method, headers=headers)
            assert not entered
            flask = client.open("/big/?new", method=method, headers=headers)
            assert entered
            assert (front.status_code, front.data) == (flask.status_code, flask.data)
            assert list(front.headers) == list(flask.headers)
            mini.cache.nearby.addresses.pop(("/big/", "new"))
            entered.clear()


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer x"},
        {"Cookie": "a=b; session=mine"},
        {"If-Match": '"x"'},
        {"Accept-Encoding": "identity;q=0, gzip"},
    ],
)
def test_what_is_not_plain_enters_flask(
    mini: Mini, entered: list[str], headers: dict[str, str]
) -> None:
    mini.app.test_client(use_cookies=False).get("/items/1/", headers=headers)
    assert entered == ["/items/1/"]


def test_other_methods_and_other_addresses_enter_flask(mini: Mini, entered: list[str]) -> None:
    client = mini.app.test_client()
    client.post("/items/1/")
    client.get("/items/1/?other")
    client.get("/items/3/")
    assert len(entered) == 3


def test_a_cookie_that_is_not_the_sessions_changes_nothing(mini: Mini, entered: list[str]) -> None:
    client = mini.app.test_client(use_cookies=False)
    assert client.get("/items/1/", headers={"Cookie": "_ga=1"}).status_code == 200
    assert not entered


def test_a_write_closes_the_door_at_once(mini: Mini, entered: list[str]) -> None:
    client = mini.app.test_client()
    for value in range(50):
        open_door(mini, "/items/1/")
        mini.computed.clear()
        mini.write(f"UPDATE item SET value = {100 + value} WHERE id = 1")
        assert client.get("/items/1/").headers["Cache-Status"].startswith("portfolio; fwd=miss")
        assert mini.computed == [{"number": 1}]


def test_nothing_is_given_again_once_something_was_heard(mini: Mini, entered: list[str]) -> None:
    front, listener = mini.cache.front, mini.cache.nearby.listener
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/big/", "QUERY_STRING": ""}
    for _ in range(10):
        open_door(mini, "/big/")
        assert front.find(environ)
        assert front.find(environ) == front.find(environ)
        listener.invalidate(["item"])
        assert front.find(environ) is None, "within the millisecond in which pushes are not read"


def test_each_request_is_given_what_it_asks_for(mini: Mini, entered: list[str]) -> None:
    client = mini.app.test_client(use_cookies=False)
    tag = client.get("/big/").headers["ETag"]
    for _ in range(3):
        assert client.get("/big/").data == TEXT.encode()
        assert client.head("/big/").data == b""
        assert client.get("/big/", headers={"If-None-Match": tag}).status_code == 304
        assert client.get("/big/", headers={"If-None-Match": '"x"'}).status_code == 200
        packed = client.get("/big/", headers={"Accept-Encoding": "gzip"})
        assert gzip.decompress(packed.data) == TEXT.encode()
        assert client.get("/items/1/?utm=x").json == {"number": 1}
    assert not entered


@IMPATIENT
def test_a_cleared_policy_and_a_stopped_redis_close_it(
    mini: Mini, servers: EmbeddedServers
) -> None:
    client = mini.app.test_client()
    for path in ("/items/1/", "/big/"):
        open_door(mini, path)
    mini.cache.engine.clear("item_page")
    until(lambda: "fwd=miss" in client.get("/items/1/").headers["Cache-Status"])
    servers.redis_cache.suspend()
    try:
        until(lambda: "fwd=miss" in client.get("/big/").headers["Cache-Status"])
    finally:
        servers.redis_cache.resume()
    until(lambda: mini.cache.store.available)


def test_codings_are_made_as_they_are_asked_for(mini: Mini, entered: list[str]) -> None:
    client = mini.app.test_client()
    plain = client.get("/big/")
    tags = {plain.headers["ETag"]}
    expand = {
        "gzip": gzip.decompress,
        "br": brotli.decompress,
        "zstd": lambda data: zstandard.ZstdDecompressor().decompress(data),
    }
    for coding, decompress in expand.items():
        headers = {"Accept-Encoding": f"{coding}, gzip;q=0.5"}
        until(
            lambda coding=coding, headers=headers: (
                client.get("/big/", headers=headers).headers.get("Content-Encoding") == coding
            )
        )
        answer = client.get("/big/", headers=headers)
        assert decompress(answer.data).decode() == TEXT
        assert answer.headers["Content-Length"] == str(len(answer.data))
        assert "Accept-Encoding" in answer.headers["Vary"]
        tags.add(answer.headers["ETag"])
        known = {**headers, "If-None-Match": answer.headers["ETag"]}
        assert client.get("/big/", headers=known).status_code == 304
    assert len(tags) == 4, "a strong tag for the bytes of each coding"
    assert not entered


def test_who_refuses_identity_is_not_sent_it(mini: Mini) -> None:
    client = mini.app.test_client()
    answer = client.get("/items/1/", headers={"Accept-Encoding": "identity;q=0, gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data) == client.get("/items/1/").data
    assert client.get("/big/", headers={"Accept-Encoding": "*;q=0"}).status_code == 406


def test_preconditions(mini: Mini, entered: list[str]) -> None:
    client = mini.app.test_client()
    tag = client.get("/items/1/").headers["ETag"]

    def status(**headers: str) -> int:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.get("/items/1/", headers=names).status_code

    for known in (tag, f"W/{tag}", f'"a", {tag}', f'W/"b" , W/{tag}', "*"):
        assert status(If_None_Match=known) == 304
    for unknown in ('"a"', "W/", tag.strip('"')[:-1], '"' + tag.strip('"') + '-gzip"', ""):
        assert status(If_None_Match=unknown) == 200
    assert not entered
    # Without a date of modification, conditions on it are passed over.
    assert status(If_Modified_Since="Sat, 01 Jan 2050 00:00:00 GMT") == 200
    assert status(If_None_Match='"a"', If_Modified_Since="Sat, 01 Jan 2050 00:00:00 GMT") == 200
    assert status(If_Match=tag) == status(If_Match="*") == 200
    assert status(If_Match='"a"') == status(If_Match=f"W/{tag}") == 412
    assert status(If_Match=tag, If_None_Match=tag) == 304


def test_only_who_opts_in_may_be_late(mini: Mini, entered: list[str]) -> None:
    client = mini.app.test_client()
    assert client.get("/items/1/").headers["Cache-Control"] == "public, no-cache"
    assert client.get("/timed/").headers["Cache-Control"] == "public, max-age=60"
    late = client.get("/late/").headers
    assert "stale-while-revalidate=30, stale-if-error=30" in late["Cache-Control"]
    assert late["CDN-Cache-Control"] == late["Cache-Control"]


def test_a_question_mark_in_a_path_begins_no_query(mini: Mini, entered: list[str]) -> None:
    open_door(mini, "/big/?x")
    client = mini.app.test_client()
    assert client.get("/big/%3Fx").status_code == 404
    assert entered == ["/big/?x"]


def test_long_headers_are_neither_remembered_nor_weighed(mini: Mini, entered: list[str]) -> None:
    client = mini.app.test_client()
    before = _codings.cache_info().currsize
    for number in range(20):
        answer = client.get("/big/", headers={"Accept-Encoding": f"gzip, x{number}" * 1000})
        assert "Content-Encoding" not in answer.headers
    assert _codings.cache_info().currsize == before
    tag = client.get("/items/1/").headers["ETag"]
    many = ", ".join(['"a"'] * 10_000 + [tag])
    assert client.get("/items/1/", headers={"If-None-Match": many}).status_code == 200


def test_servers_get_a_list(mini: Mini, entered: list[str]) -> None:
    """Granian streams every other iterable, at several times the cost of a hit."""
    for method in ("GET", "HEAD"):
        hit = mini.cache.front.find({"REQUEST_METHOD": method, "PATH_INFO": "/big/"})
        assert hit is not None
        assert isinstance(hit[2], list)
