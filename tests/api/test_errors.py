"""Every error is a problem document, whatever and wherever it is."""

import logging
import uuid

import pytest
from apiflask import APIFlask, HTTPError
from flask import abort
from flask.testing import FlaskClient

from portfolio.errors import PROBLEMS, Conflict
from tests.api.conftest import Headers

LIST = "/api/v1/projects/"
HOSTILE_PATHS = [
    "/api/v1/projects/%00/",
    "/api/v1/projects/a%00b/",
    "/api/v1/projects/%FF%FE/",
    "/api/v1/projects/%ED%A0%80/",
    "/api/v1/projects/..%2f..%2fetc%2fpasswd/",
    "/api/v1/projects/Tide-Tables/",
    "/api/v1/projects/-a/",
    "/api/v1/projects/a--b/",
    "/api/v1/projects/" + "a" * 81 + "/",
    "/api/v1/projects/" + "a" * 60_000 + "/",
    "/api/v1/projects/0f5f2d0a-5c0e-4d3b-9d5e-0d2f4b1a7c1/",
    "/api/v1/projects/0f5f2d0a-5c0e-4d3b-9d5e-0d2f4b1a7c111/",
    "/api/v1/projects/0f5f2d0a5c0e4d3b9d5e0d2f4b1a7c11/",
    "/api/v1/projects/{0f5f2d0a-5c0e-4d3b-9d5e-0d2f4b1a7c11}/",
    "/api/v1/projects/0f5f2d0ag5c0e-4d3b-9d5e-0d2f4b1a7c11/",
    "/api/v1/projects/------------------------------------/",
    "/api/v1/projects/ü/",
    "/api/v1/projects/a b/",
    "/api/v1/projects/'; drop table projects;--/",
    "/api/v1/profiles/%00/",
    "/api/v1/docs/assets/..%2f__init__.py",
    "/api/v1/docs/assets/other.js",
    "/problems/nothing/",
    "/nothing",
    "/%00",
]


@pytest.mark.parametrize("path", HOSTILE_PATHS)
def test_nothing_is_there(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == 404
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("DELETE", LIST, {"GET", "HEAD", "OPTIONS", "POST"}),
        ("POST", f"{LIST}x/", {"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"}),
        ("POST", "/live/", {"GET", "HEAD", "OPTIONS"}),
        ("TRACE", LIST, {"GET", "HEAD", "OPTIONS", "POST"}),
        ("BREW", LIST, {"GET", "HEAD", "OPTIONS", "POST"}),
    ],
)
def test_methods(client: FlaskClient, method: str, path: str, allow: set[str]) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == 405
    assert answer.content_type == "application/problem+json"
    assert set(answer.headers["Allow"].split(", ")) == allow


def test_an_internal_error_has_an_id_and_no_internals(
    app: APIFlask, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> str:
        raise RuntimeError("password=hunter2")

    app.add_url_rule("/fail/", view_func=fail)
    logger = logging.getLogger("portfolio.errors")
    logger.addHandler(caplog.handler)
    try:
        answer = app.test_client().get("/fail/")
    finally:
        logger.removeHandler(caplog.handler)
    assert answer.status_code == 500
    assert answer.content_type == "application/problem+json"
    number = answer.json["id"]
    assert uuid.UUID(number)
    assert "hunter2" not in answer.text
    assert "RuntimeError" not in answer.text
    assert f"internal error {number}" in caplog.text
    assert "hunter2" in caplog.text


@pytest.mark.parametrize("status", [400, 403, 406, 410, 418, 429, 451, 500, 502, 503])
def test_errors_of_the_frameworks(app: APIFlask, status: int) -> None:
    def fail() -> str:
        abort(status, description="as told")

    app.add_url_rule("/fail/", view_func=fail)
    answer = app.test_client().get("/fail/")
    assert answer.status_code == answer.json["status"] == status
    assert answer.content_type == "application/problem+json"
    kind = PROBLEMS.get(status)
    assert answer.json["type"] == (f"/problems/{kind.type}/" if kind else "about:blank")
    assert answer.json["title"]
    assert (answer.json.get("detail") == "as told") is (status < 500)


def test_errors_of_apiflask(app: APIFlask) -> None:
    def fail() -> str:
        raise HTTPError(409, message="as told")

    app.add_url_rule("/fail/", view_func=fail)
    answer = app.test_client().get("/fail/")
    assert (answer.status_code, answer.json["detail"]) == (409, "as told")
    assert answer.json["type"] == "/problems/conflict/"


def test_every_type_leads_to_its_meaning(client: FlaskClient) -> None:
    for problem in PROBLEMS.values():
        answer = client.get(problem("x").document()["type"]) if problem.status != 422 else None
        if answer is not None:
            assert answer.status_code == 200
            assert problem.meaning in answer.text
    assert client.get("/problems/invalid/").status_code == 200


def test_a_problem_may_say_more() -> None:
    problem = Conflict("Because", headers={"X": "y"}, blocking=["a"])
    assert problem.document() == {
        "type": "/problems/conflict/",
        "title": "The present state does not allow this",
        "status": 409,
        "detail": "Because",
        "blocking": ["a"],
    }


def test_weird_queries_do_no_harm(client: FlaskClient, reader: Headers) -> None:
    for query in (
        "%",
        "%zz=1",
        "&&&===",
        "search=%FF%FE",
        "search=%ED%A0%80",
        "search=%F0%9F%98%80",
        "technology=%00&technology=%FF",
        "a=" + "b" * 60_000,
        "&".join(f"x{number}={number}" for number in range(3000)),
    ):
        for headers in ({}, reader):
            assert client.get(f"{LIST}?{query}", headers=headers).status_code == 200
