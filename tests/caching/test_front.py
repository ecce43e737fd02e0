"""The front: answers from memory before Flask is entered, exactly what Flask would answer."""

import gzip

import pytest

from portfolio.local.embedded import EmbeddedServers
from tests.waiting import until

from .conftest import IMPATIENT
from .front import TEXT, open_door
from .front import entered as entered
from .front import mini as mini
from .mini import Mini


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


def test_a_question_mark_in_a_path_begins_no_query(mini: Mini, entered: list[str]) -> None:
    open_door(mini, "/big/?x")
    client = mini.app.test_client()
    assert client.get("/big/%3Fx").status_code == 404
    assert entered == ["/big/?x"]


def test_servers_get_a_list(mini: Mini, entered: list[str]) -> None:
    """Granian streams every other iterable, at several times the cost of a hit."""
    for method in ("GET", "HEAD"):
        hit = mini.cache.front.find({"REQUEST_METHOD": method, "PATH_INFO": "/big/"})
        assert hit is not None
        assert isinstance(hit[2], list)
