"""Who changed what: read with a token, and by the command."""

from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from portfolio.models import SECTIONS
from portfolio.models.change_triggers import VALUE_LENGTH
from portfolio.schemas.history import Entity
from tests.api.conftest import Headers, Make
from tests.api.history import HISTORY, PROFILE
from tests.api.history import changes as changes


def test_what_the_api_changes(
    client: FlaskClient, writer: Headers, changes: Any, make_project: Make
) -> None:
    project = make_project(summary="S")
    path = f"/api/v1/projects/{project['slug']}/"
    client.patch(path, json={"summary": "T", "featured": True}, headers=writer)
    client.delete(path, headers=writer)
    deleted, updated, created, default = changes()
    assert {change["actor"] for change in changes()} == {default["actor"]}
    assert default["actor"].startswith("token: write for tests (")
    assert [change["action"] for change in (deleted, updated, created)] == [
        "delete",
        "update",
        "create",
    ]
    assert {change["row_id"] for change in (deleted, updated, created)} == {project["id"]}
    assert {change["project_id"] for change in (deleted, updated, created)} == {project["id"]}
    assert {change["profile_id"] for change in changes()} == {default["row_id"]}
    assert updated["fields"] == {
        "summary": {"old": "S", "new": "T"},
        "featured": {"old": False, "new": True},
    }
    assert created["fields"]["title"] == {"new": "Tide tables"}
    assert "url" not in created["fields"], "what is empty is not told"
    assert deleted["fields"]["summary"] == {"old": "T"}
    assert default["fields"] == {"is_default": {"old": False, "new": True}}
    client.patch(PROFILE, json={"email": None}, headers=writer)
    assert changes()[0]["fields"] == {"email": {"old": "ines@example.org", "new": None}}


def test_sections_and_single_histories(
    client: FlaskClient, writer: Headers, changes: Any, make_profile: Make, make_project: Make
) -> None:
    item = client.post(f"{PROFILE}work/", json={"name": "W"}, headers=writer).headers["Location"]
    client.put(item, json={"name": "W", "end_date": "2020"}, headers=writer)
    make_project()
    make_profile("Jon Abara")
    mine = changes(f"{PROFILE}history/")
    assert [change["entity"] for change in mine] == ["project", "work", "work", "profile"]
    assert mine[1]["fields"] == {"end_date": {"old": None, "new": "2020"}}
    assert [change["entity"] for change in changes("/api/v1/projects/tide-tables/history/")] == [
        "project"
    ]
    assert len(changes("/api/v1/profiles/jon-abara/history/")) == 1
    assert len(changes()) == 5


def test_single_histories_are_filtered_like_all(
    client: FlaskClient, writer: Headers, reader: Headers, changes: Any, make_project: Make
) -> None:
    for name in ("A", "B", "C"):
        client.post(f"{PROFILE}work/", json={"name": name}, headers=writer)
    make_project()
    mine = f"{PROFILE}history/?entity=work"
    assert [change["entity"] for change in changes(mine)] == ["work"] * 3
    row = changes(mine)[1]["row_id"]
    assert [change["row_id"] for change in changes(f"{PROFILE}history/?row_id={row}")] == [row]
    assert changes(f"{PROFILE}history/?row_id={row}&entity=profile") == []
    assert changes("/api/v1/projects/tide-tables/history/?entity=work") == []
    assert len(changes("/api/v1/projects/tide-tables/history/?entity=project")) == 1
    first = client.get(f"{mine}&page_size=2", headers=reader).json
    rest = client.get(first["links"]["next"], headers=reader).json
    assert (first["total"], [item["entity"] for item in rest["items"]]) == (3, ["work"])
    assert client.get(f"{PROFILE}history/?entity=nonsense", headers=reader).status_code == 422


def test_long_values_are_cut(client: FlaskClient, writer: Headers, changes: Any) -> None:
    client.patch(PROFILE, json={"summary": "\u00e9\n" * 4000}, headers=writer)
    (told,) = changes()[0]["fields"].values()
    assert told["new"].endswith("\u2026 (7999 characters)")
    assert len(told["new"]) < VALUE_LENGTH + 50


def test_what_goes_with_a_profile_can_still_be_read(
    client: FlaskClient, writer: Headers, reader: Headers, changes: Any, make_project: Make
) -> None:
    number = changes()[0]["row_id"]
    make_project()
    client.post(f"{PROFILE}work/", json={"name": "W"}, headers=writer)
    client.delete(PROFILE, headers=writer)
    assert client.get(f"{PROFILE}history/", headers=reader).status_code == 404
    answer = client.get(f"{HISTORY}?profile_id={number}", headers=reader).json
    gone = {item["entity"] for item in answer["items"] if item["action"] == "delete"}
    assert gone == {"profile", "project", "work"}
    assert answer["total"] == 6
    work = client.get(f"{HISTORY}?profile_id={number}&entity=work", headers=reader).json
    assert [item["action"] for item in work["items"]] == ["delete", "create"]


@pytest.mark.parametrize("path", [HISTORY, f"{PROFILE}history/", "/api/v1/projects/x/history/"])
def test_it_takes_a_token(client: FlaskClient, reader: Headers, path: str) -> None:
    assert client.get(path).status_code == 401
    known = client.get(path, headers=reader)
    assert known.status_code == (200 if path == HISTORY else 404)
    assert client.get(f"{HISTORY}?row_id=x", headers=reader).status_code == 422


def test_the_command(app: APIFlask, changes: Any, client: FlaskClient, writer: Headers) -> None:
    client.patch(PROFILE, json={"label": "L"}, headers=writer)
    run = app.test_cli_runner()
    for arguments in ([], ["--profile", "ines-calder"]):
        lines = run.invoke(args=["portfolio", "history", *arguments]).output.splitlines()
        assert len(lines) == 2
        assert "update profile" in lines[0]
        assert lines[0].endswith(": label")
    last = run.invoke(args=["portfolio", "history", "--last", "1"]).output
    assert last.splitlines()[-1] == "1 older changes are not shown."
    assert run.invoke(args=["portfolio", "history", "--profile", "nobody"]).exit_code == 1


def test_only_kinds_that_there_are_can_be_asked_for(client: FlaskClient, reader: Headers) -> None:
    assert {entity.value for entity in Entity} == {"profile", "project", "image", *SECTIONS}
    for entity in Entity:
        answer = client.get(f"{HISTORY}?entity={entity.value}", headers=reader)
        assert answer.status_code == 200
    answer = client.get(f"{HISTORY}?entity=nope", headers=reader)
    assert answer.status_code == 422
    (error,) = answer.json["errors"]
    assert error["parameter"] == "entity"
    assert "'social_profiles'" in error["detail"]
