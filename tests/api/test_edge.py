"""The outermost layer: hosts, request ids, security headers and CORS."""

from collections.abc import Callable

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from portfolio.vocabulary import Scope
from tests.api.conftest import Headers, Make, bearer
from tests.waiting import until

LIST = "/api/v1/projects/"
MakeApp = Callable[..., APIFlask]
ORIGIN = "https://app.example.org"


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "LOCALHOST.", "127.0.0.1:1", "[::1]:8000", "[::1]"]
)
def test_hosts_that_are_always_known(client: FlaskClient, host: str) -> None:
    assert client.get(LIST, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost@evil", "localhost:x", "::1", "-"]
)
def test_other_hosts_are_refused(client: FlaskClient, host: str) -> None:
    for path in (LIST, "/", "/nothing", "/api/v1/projects"):
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code == 400
        assert answer.content_type == "application/problem+json"
        assert "evil" not in answer.text
    for path in ("/live/", "/ready/"):
        assert client.get(path, headers={"Host": host}).status_code == 200


def test_hosts_by_setting(make_app: MakeApp) -> None:
    app = make_app(PUBLIC_URL="https://me.example.org", ALLOWED_HOSTS="a.example b.example")
    client = app.test_client()
    for host, status in {
        "me.example.org": 200,
        "A.example:81": 200,
        "b.example": 200,
        "c.example": 400,
    }.items():
        assert client.get(LIST, headers={"Host": host}).status_code == status
    anyone = make_app(ALLOWED_HOSTS="*").test_client()
    assert anyone.get(LIST, headers={"Host": "c.example"}).status_code == 200


def test_forwarded_headers_change_nothing(client: FlaskClient) -> None:
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher", "Forwarded": "x"}
    answer = client.get("/api/v1/projects?page=2", headers=headers)
    assert answer.headers["Location"] == "/api/v1/projects/?page=2"
    assert "evil" not in client.get(LIST, headers=headers).text


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
def test_a_missing_slash_redirects_to_a_path(client: FlaskClient, method: str) -> None:
    paths = {
        "/api/v1/projects": ("GET", "HEAD", "POST"),
        "/api/v1/projects/x": ("GET", "HEAD", "PUT", "PATCH", "DELETE"),
        "/api/v1/projects/stats": ("GET", "HEAD"),
        "/live": ("GET", "HEAD"),
    }
    for path, methods in paths.items():
        if method in methods:
            answer = client.open(f"{path}?a=%C3%BC&b=//c", method=method)
            assert answer.status_code == 308
            assert answer.headers["Location"] == f"{path}/?a=%C3%BC&b=//c"


@pytest.mark.parametrize("path", ["//evil.example/api", "/api//v1/projects", "///"])
def test_no_redirect_leads_elsewhere(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert not answer.headers.get("Location", "/x").startswith(("//", "http"))


def test_request_ids(client: FlaskClient) -> None:
    ids = {client.get("/live/").headers["X-Request-ID"] for _ in range(20)}
    assert len(ids) == 20
    for given, kept in {"abc-1.2_3": True, "a b": False, "x" * 65: False, "ü": False}.items():
        answer = client.get("/live/", headers={"X-Request-ID": given})
        assert (answer.headers["X-Request-ID"] == given) is kept


def test_a_hit_tells_the_id_that_it_was_given(client: FlaskClient) -> None:
    until(lambda: "detail=l1" in client.get(LIST).headers["Cache-Status"])
    for _ in range(2):
        assert client.get(LIST, headers={"X-Request-ID": "mine"}).headers["X-Request-ID"] == "mine"
        assert "X-Request-ID" not in client.get(LIST).headers


def test_security_headers(client: FlaskClient) -> None:
    for path in (LIST, "/", "/live/", "/nothing", "/api/v1/docs/", "/static/docs.js"):
        with client.get(path) as answer:
            headers = answer.headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        policy = headers["Content-Security-Policy"]
        assert len(headers.getlist("Content-Security-Policy")) == 1
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "Strict-Transport-Security" not in headers
    assert "script-src" not in client.get(LIST).headers["Content-Security-Policy"]


def test_https_is_asked_for_where_it_is_spoken(make_app: MakeApp) -> None:
    client = make_app(PUBLIC_URL="https://me.example.org").test_client()
    assert "max-age" in client.get(LIST).headers["Strict-Transport-Security"]


def preflight(client: FlaskClient, origin: str, method: str, asked: str = "") -> dict[str, str]:
    headers = {"Origin": origin, "Access-Control-Request-Method": method}
    if asked:
        headers["Access-Control-Request-Headers"] = asked
    answer = client.options(LIST, headers=headers)
    assert answer.status_code == 204
    return dict(answer.headers)


def test_any_origin_may_read_what_is_public(client: FlaskClient, reader: Headers) -> None:
    for path in (LIST, "/api/v1/nothing/", f"{LIST}?page=x"):
        headers = client.get(path, headers={"Origin": "https://any.example"}).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in headers
        assert "ETag" in headers["Access-Control-Expose-Headers"]
    allowed = preflight(client, "https://any.example", "GET", "If-None-Match")
    assert allowed["Access-Control-Allow-Origin"] == "*"
    for method, asked in (("POST", "Content-Type"), ("GET", "Authorization"), ("DELETE", "")):
        refused = preflight(client, "https://any.example", method, asked)
        assert "Access-Control-Allow-Origin" not in refused
    headers = client.get(LIST, headers={**reader, "Origin": "https://any.example"}).headers
    assert "Access-Control-Allow-Origin" not in headers


def test_listed_origins_may_write(make_app: MakeApp, make_profile: Make) -> None:
    make_profile()
    app = make_app(CORS_ORIGINS=ORIGIN)
    client, writer = app.test_client(), bearer(app, Scope.WRITE)
    allowed = preflight(client, ORIGIN, "PATCH", "authorization, if-match")
    assert allowed["Access-Control-Allow-Origin"] == ORIGIN
    assert "Origin" in allowed["Vary"]
    answer = client.post(LIST, json={"title": "T"}, headers={**writer, "Origin": ORIGIN})
    assert answer.status_code == 201
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "Origin" in answer.headers.getlist("Vary")
    other = client.get(LIST, headers={**writer, "Origin": "https://any.example"})
    assert "Access-Control-Allow-Origin" not in other.headers
    assert "Origin" in other.headers.getlist("Vary")
    assert "Access-Control-Allow-Origin" not in preflight(client, "https://any.example", "POST")


def test_plain_options_and_head(client: FlaskClient) -> None:
    answer = client.options(LIST)
    assert answer.status_code == 200
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    got, head = client.get(LIST), client.head(LIST)
    assert head.data == b""
    assert head.headers["Content-Length"] == str(len(got.data))
    assert head.headers["ETag"] == got.headers["ETag"]


def test_a_path_that_flask_reads_as_the_apis_has_the_apis_headers(client: FlaskClient) -> None:
    plain = client.get("/api/v1/projects/")
    doubled = client.get("/", environ_overrides={"PATH_INFO": "//api/v1/projects/"})
    for name in ("Content-Security-Policy", "Access-Control-Allow-Origin"):
        assert doubled.headers[name] == plain.headers[name]


def test_a_hundred_spellings_of_the_host_leave_the_front_in_use(app: APIFlask) -> None:
    client = app.test_client()
    entered: list[int] = []
    app.before_request_funcs.setdefault(None, []).append(lambda: entered.append(1) and None)
    for number in range(150):
        client.get("/live/", headers={"Host": f"localhost:{number}"})

    def answered_by_the_front() -> bool:
        entered.clear()
        client.get("/api/v1/projects/", headers={"Host": "localhost:8000"})
        return not entered

    until(answered_by_the_front)
