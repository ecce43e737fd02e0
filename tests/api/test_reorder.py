"""Putting projects in order."""

import uuid
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.conftest import Headers, Make

REORDER = "/api/v1/projects/reorder/"


def slugs(client: FlaskClient) -> list[str]:
    return [item["slug"] for item in client.get("/api/v1/projects/").json["items"]]


def details(answer: Any) -> dict[str, str]:
    assert answer.status_code == 422, answer.text
    return {error["pointer"]: error["detail"] for error in answer.json["errors"]}


@pytest.fixture
def ids(make_profile: Make, make_project: Make) -> list[str]:
    make_profile()
    return [make_project(title)["id"] for title in "abcd"]


def test_named_first_and_the_others_behind(
    client: FlaskClient, writer: Headers, ids: list[str]
) -> None:
    assert slugs(client) == ["a", "b", "c", "d"]
    answer = client.post(REORDER, json={"order": [ids[3], ids[1]]}, headers=writer)
    assert answer.json == {"order": [ids[3], ids[1], ids[0], ids[2]]}
    assert slugs(client) == ["d", "b", "a", "c"]
    assert client.get(f"/api/v1/projects/{ids[3]}/").json["sort_order"] == 1


def test_refused_with_every_reason(
    client: FlaskClient, writer: Headers, ids: list[str], make_profile: Make, make_project: Make
) -> None:
    make_profile("Jon Abara")
    foreign = make_project("e", profile="jon-abara")["id"]
    unknown = str(uuid.uuid4())
    body = {"order": [ids[0], foreign, ids[0], unknown]}
    assert details(client.post(REORDER, json=body, headers=writer)) == {
        "#/order/1": "belongs to another profile than the first",
        "#/order/2": "is given twice",
        "#/order/3": "is not the id of a project",
    }
    assert slugs(client)[0] in ("a", "e")
    for order in ([], "x", [1], ["a"], None):
        assert client.post(REORDER, json={"order": order}, headers=writer).status_code == 422
