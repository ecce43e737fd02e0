"""What a request carries besides its address never reaches an answer that others get."""

import re
import socket
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import httpx
import pytest

from .conftest import TOKEN, System
from .second import second_system

EVIL = "evil.example"
OWN = {"date", "cache-status", "x-request-id", "age", "connection"}
"""Headers that belong to one answer and not to what is answered."""
CODING = {"content-encoding", "content-length"}
"""Headers that belong to a content coding; the better ones are only made after a while."""

POISON = (
    {"X-Forwarded-Host": EVIL, "X-Forwarded-Proto": "gopher", "X-Forwarded-Port": "6667"},
    {"X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9", "X-Forwarded-Prefix": "/evil"},
    {"Forwarded": f"for=203.0.113.9;host={EVIL};proto=gopher"},
    {"X-Host": EVIL, "X-Original-URL": "/evil", "X-Rewrite-URL": "/evil", "Script-Name": "/evil"},
    {"X-HTTP-Method-Override": "DELETE", "X-HTTP-Method": "DELETE"},
    {"Origin": f"https://{EVIL}", "Referer": f"https://{EVIL}/", "User-Agent": EVIL},
    {"Accept": "text/evil", "Accept-Language": "evil", "Accept-Charset": "utf-7"},
    {"X-Request-ID": "evil", "traceparent": "evil", "Range": "bytes=0-3"},
    {"Cookie": "session=evil; evil=1"},
)


def paths(system: System) -> list[str]:
    """Cached addresses of every kind."""
    project = system.ask("/api/v1/projects/featured/").json()["items"][0]
    return [
        "/",
        "/api/v1/profiles/",
        f"/api/v1/profiles/{project['profile']['slug']}/",
        "/api/v1/projects/",
        "/api/v1/projects/?ordering=-title&page_size=3",
        "/api/v1/projects/featured/",
        "/api/v1/projects/stats/",
        f"/api/v1/projects/{project['id']}/",
        f"/api/v1/projects/{project['slug']}/",
    ]


def clear(system: System) -> None:
    cleared = system.ask("/api/v1/cache/clear/", "POST", token=TOKEN, json={"cache_type": "all"})
    assert cleared.status_code == 200


def shared(answer: httpx.Response) -> tuple[int, list[tuple[str, str]], bytes]:
    """What must be the same for everyone, whatever it is encoded with on the way."""
    headers = [
        (name, re.sub('-(gzip|br|zstd)"$', '"', value) if name == "etag" else value)
        for name, value in answer.headers.multi_items()
        if name not in OWN | CODING
    ]
    return answer.status_code, sorted(headers), answer.content


def test_whoever_asks_first_others_get_what_they_would_have_got(sample: System) -> None:
    asked = paths(sample)
    clear(sample)
    clean = {path: shared(sample.ask(path)) for path in asked}
    for poison in POISON:
        clear(sample)
        for path in asked:
            sample.ask(path, headers=poison)
            for answer in sample.ask_everyone(path, 3):
                assert shared(answer) == clean[path], (path, poison)
                assert b"evil" not in answer.content


def test_cookies_are_neither_read_nor_set(sample: System) -> None:
    asked = paths(sample)
    for cookie in ("session=one", "session=two; theme=dark", "=", "a" * 4000):
        clear(sample)
        for path in asked:
            with_cookie = sample.ask(path, headers={"Cookie": cookie})
            assert "Set-Cookie" not in with_cookie.headers
            assert shared(sample.ask(path)) == shared(with_cookie), path
            assert shared(sample.ask(path, headers={"Cookie": "other=1"})) == shared(with_cookie)


@pytest.fixture
def draft(sample: System) -> Iterator[str]:
    """The title of a draft, which only holders of a token may see."""
    title = "Hidden until it is ready"
    made = sample.ask(
        "/api/v1/projects/", "POST", token=TOKEN, json={"title": title, "visibility": "draft"}
    )
    assert made.status_code == 201, made.text
    yield title
    gone = sample.ask(f"/api/v1/projects/{made.json()['id']}/", "DELETE", token=TOKEN)
    assert gone.status_code == 204


def test_an_answer_to_a_token_is_its_holders_alone(sample: System, draft: str) -> None:
    slug = "hidden-until-it-is-ready"
    listed, detail = "/api/v1/projects/?page_size=100", f"/api/v1/projects/{slug}/"
    clear(sample)
    for _ in range(4):
        for path in (listed, detail):
            answer = sample.ask(path, token=TOKEN)
            assert draft in answer.text
            assert answer.headers["Cache-Control"] == "private, no-store"
            assert answer.headers["Cache-Status"] == "portfolio; fwd=bypass"
        assert all(draft not in answer.text for answer in sample.ask_everyone(listed, 4))
        assert all(answer.status_code == 404 for answer in sample.ask_everyone(detail, 4))
    visitor = sample.ask(listed)
    known = {"If-None-Match": visitor.headers["ETag"]}
    assert sample.ask(listed, headers=known).status_code == 304
    assert draft in sample.ask(listed, token=TOKEN, headers=known).text, "another document"


def test_a_wrong_token_is_refused_and_spoils_nothing(sample: System) -> None:
    clean = {path: shared(sample.ask(path)) for path in paths(sample)}
    for header in ("Bearer nobody's", "Basic YTpi", "Bearer", "x"):
        clear(sample)
        for path, expected in clean.items():
            refused = sample.ask(path, headers={"Authorization": header})
            if path != "/":
                assert refused.status_code == 401
                assert "no-store" in refused.headers["Cache-Control"]
            for answer in sample.ask_everyone(path, 2):
                assert shared(answer) == expected


def ask_raw(system: System, target: str, host: str) -> bytes:
    """One request as no client library would write it."""
    parts = urlsplit(system.address)
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as connection:
        request = f"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_a_foreign_host_is_refused_and_spoils_nothing(sample: System) -> None:
    asked = paths(sample)
    clean = {path: shared(sample.ask(path)) for path in asked}
    clear(sample)
    for path in asked:
        assert ask_raw(sample, path, EVIL).startswith(b"HTTP/1.1 400 ")
        ask_raw(sample, f"http://{EVIL}{path}", EVIL)
        ask_raw(sample, f"http://{EVIL}{path}", urlsplit(sample.address).netloc)
        for answer in sample.ask_everyone(path, 3):
            assert shared(answer) == clean[path]
            assert EVIL not in answer.text


@pytest.mark.parametrize("public_url", ["", "https://me.example.org"])
def test_where_any_host_is_answered_none_is_repeated(sample: System, public_url: str) -> None:
    asked = paths(sample)
    with second_system(sample, ALLOWED_HOSTS="*", PUBLIC_URL=public_url) as open_to_all:
        clear(open_to_all)
        for path in asked:
            first = open_to_all.ask(path, headers={"Host": EVIL, "X-Forwarded-Host": EVIL})
            assert first.status_code == 200
            assert "stored" in first.headers["Cache-Status"]
            second = open_to_all.ask(path)
            assert "hit" in second.headers["Cache-Status"]
            assert shared(first) == shared(second)
            assert EVIL not in second.text + str(second.headers)
        bare = open_to_all.ask("/api/v1/projects", headers={"Host": EVIL})
        assert bare.headers["Location"] == "/api/v1/projects/"


def test_a_body_that_is_too_large_is_answered_although_it_is_still_sent(system: System) -> None:
    """The standard library's client sends all before it reads anything."""
    connection = HTTPConnection(urlsplit(system.address).netloc, timeout=30)
    with closing(connection):
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        connection.request("POST", "/api/v1/profiles/import/", b" " * 12_000_000, headers)
        answer = connection.getresponse()
        assert answer.status == 413
        assert b"see MAX_CONTENT_LENGTH" in answer.read()
