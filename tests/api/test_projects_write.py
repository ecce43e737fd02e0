"""Creating, replacing, patching, deleting and ordering projects."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from portfolio.blueprints.examples import content_examples
from tests.api.conftest import Headers, Make

LIST = "/api/v1/projects/"


def pointers(answer: Any) -> list[str]:
    assert answer.status_code == 422, answer.text
    return [error["pointer"] for error in answer.json["errors"]]


@pytest.fixture(autouse=True)
def profile(make_profile: Make) -> dict[str, Any]:
    return make_profile()


def test_created_with_defaults(client: FlaskClient, writer: Headers) -> None:
    answer = client.post(LIST, json={"title": "  Tide \u200b tables "}, headers=writer)
    assert answer.status_code == 201
    assert answer.headers["Location"] == "/api/v1/projects/tide-tables/"
    assert answer.headers["Cache-Control"] == "private, no-store"
    created = answer.json
    assert created["title"] == "Tide tables"
    assert (created["status"], created["visibility"]) == ("in_progress", "public")
    assert created["difficulty"] is created["complexity"] is None
    read = client.get(answer.headers["Location"])
    assert read.json == created
    assert read.headers["ETag"] == answer.headers["ETag"]


@pytest.mark.parametrize("name", content_examples.NEW_PROJECT)
def test_the_examples_work(client: FlaskClient, writer: Headers, name: str) -> None:
    sent = content_examples.NEW_PROJECT[name]["value"]
    created = client.post(LIST, json=sent, headers=writer)
    assert created.status_code == 201, created.text
    assert sent.items() <= created.json.items()
    replaced = client.put(f"{LIST}{created.json['slug']}/", json=sent, headers=writer)
    assert replaced.status_code == 200
    for patch in content_examples.PROJECT_PATCH.values():
        path = f"{LIST}{created.json['slug']}/"
        patched = client.patch(path, json=patch["value"], headers=writer)
        assert patched.status_code == 200, patched.text
        assert patch["value"].items() <= patched.json.items()


def test_everything_wrong_is_told_at_once(client: FlaskClient, writer: Headers) -> None:
    body = {
        "title": " \u200b ",
        "summary": "x" * 1001,
        "technologies": ["ok", "", 3],
        "source_url": "javascript:alert(1)",
        "featured": "true",
        "difficulty": "hard",
        "complexity": 11,
        "team_size": True,
        "start_date": "2024-02-30",
        "sort_order": 1.5,
        "a/b~c ü": 1,
        "id": 7,
    }
    found = pointers(client.post(LIST, json=body, headers=writer))
    assert sorted(found) == sorted(
        [
            "#/title",
            "#/summary",
            "#/technologies/1",
            "#/technologies/2",
            "#/source_url",
            "#/featured",
            "#/difficulty",
            "#/complexity",
            "#/team_size",
            "#/start_date",
            "#/sort_order",
            "#/a~1b~0c%20%C3%BC",
            "#/id",
        ]
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("complexity", 9.0),
        ("complexity", None),
        ("team_size", 1e3),
        ("source_url", "HTTPS://code.example.org:8443/a?b=c#d"),
        ("source_url", "http://bücher.example/ä"),
        ("start_date", "2024-02-29"),
        ("technologies", ["C++", "c++", "C"]),
        ("description", "Line\n\n\tIndented 👩‍💻"),
        ("slug", "any-free-slug"),
    ],
)
def test_accepted(client: FlaskClient, writer: Headers, field: str, value: Any) -> None:
    answer = client.post(LIST, json={"title": "T", field: value}, headers=writer)
    assert answer.status_code == 201, answer.text
    expected = ["C++", "C"] if field == "technologies" else value
    assert answer.json[field] == expected


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("complexity", 0),
        ("complexity", "9"),
        ("complexity", 10**30),
        ("complexity", 9.5),
        ("team_size", 0),
        ("featured", 1),
        ("featured", None),
        ("title", None),
        ("title", ["x"]),
        ("technologies", "Python"),
        ("technologies", ["x"] * 101),
        ("start_date", 20240101),
        ("start_date", "2024-01-01T00:00:00"),
        ("start_date", "2024-01"),
        ("start_date", "0001-01-01"),
        ("source_url", "//example.org"),
        ("source_url", "ftp://example.org"),
        ("source_url", "https://"),
        ("source_url", "https://user:pw@example.org"),
        ("source_url", "https://exa mple.org"),
        ("source_url", "https://example.org/\\x"),
        ("source_url", "https://example.org:99999/"),
        ("source_url", "https://[::1/"),
        ("source_url", "https://example.org/" + "x" * 2000),
        ("slug", "Upper"),
        ("slug", "a--b"),
        ("slug", "-a"),
        ("slug", "a\n"),
        ("slug", "featured"),
        ("slug", "0f5f2d0a-5c0e-4d3b-9d5e-0d2f4b1a7c11"),
        ("slug", "x" * 81),
        ("profile", "nobody"),
        ("visibility", "secret"),
    ],
)
def test_refused(client: FlaskClient, writer: Headers, field: str, value: Any) -> None:
    body = {"title": "T", field: value}
    assert {p.split("/")[1] for p in pointers(client.post(LIST, json=body, headers=writer))} == {
        field
    }


def test_the_end_is_not_before_the_start(
    client: FlaskClient, writer: Headers, make_project: Make
) -> None:
    project = make_project(start_date="2024-05-01", end_date="2024-05-01")
    path = f"{LIST}{project['slug']}/"
    patch = {"start_date": "2024-05-02"}
    assert pointers(client.patch(path, json=patch, headers=writer)) == ["#/end_date"]


def test_replacing_resets_what_is_left_out_but_for_three(
    client: FlaskClient, writer: Headers, make_project: Make, make_profile: Make
) -> None:
    make_profile("Jon Abara")
    project = make_project(
        profile="jon-abara", slug="kept", sort_order=7, featured=True, summary="x", complexity=3
    )
    answer = client.put(f"{LIST}{project['id']}/", json={"title": "New"}, headers=writer)
    replaced = answer.json
    assert (replaced["slug"], replaced["sort_order"]) == ("kept", 7)
    assert replaced["profile"]["slug"] == "jon-abara"
    assert (replaced["title"], replaced["featured"], replaced["summary"]) == ("New", False, "")
    assert replaced["complexity"] is None
    assert replaced["created_at"] == project["created_at"]
    assert replaced["updated_at"] > project["updated_at"]
    assert client.get(f"{LIST}kept/").json == replaced


def test_a_patch_that_changes_nothing_changes_nothing(
    client: FlaskClient, writer: Headers, make_project: Make
) -> None:
    project = make_project(technologies=["Go"])
    path = f"{LIST}{project['slug']}/"
    for patch in ({}, {"title": project["title"]}, {"technologies": ["Go"]}, {"slug": None}):
        assert client.patch(path, json=patch, headers=writer).json == project


def test_a_patch_may_move_a_project(
    client: FlaskClient, writer: Headers, make_project: Make, make_profile: Make
) -> None:
    make_profile("Jon Abara")
    path = f"{LIST}{make_project()['slug']}/"
    patch = {"profile": "jon-abara", "slug": "moved"}
    moved = client.patch(
        path, json=patch, headers={**writer, "Content-Type": "application/merge-patch+json"}
    )
    assert moved.json["profile"] == {"slug": "jon-abara", "name": "Jon Abara"}
    assert client.get(path).status_code == 404
    assert client.get(f"{LIST}moved/").json == moved.json


@pytest.mark.parametrize("patch", [[], "x", 3, True])
def test_a_patch_is_an_object(
    client: FlaskClient, writer: Headers, make_project: Make, patch: Any
) -> None:
    path = f"{LIST}{make_project()['slug']}/"
    assert pointers(client.patch(path, json=patch, headers=writer)) == ["#"]


def test_deleted(client: FlaskClient, writer: Headers, make_project: Make) -> None:
    path = f"{LIST}{make_project()['slug']}/"
    assert client.get(path).status_code == 200
    answer = client.delete(path, headers=writer)
    assert (answer.status_code, answer.data) == (204, b"")
    assert client.get(path).status_code == 404
    assert client.delete(path, headers=writer).status_code == 404
    assert client.get(LIST).json["total"] == 0


def test_no_profile_yet(client: FlaskClient, writer: Headers) -> None:
    client.delete("/api/v1/profiles/ines-calder/", headers=writer)
    assert pointers(client.post(LIST, json={"title": "T"}, headers=writer)) == ["#/profile"]
