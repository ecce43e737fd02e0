"""What a section refuses, and what is not there."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from portfolio.blueprints.examples.section_examples import NEW_ITEMS
from tests.api.conftest import Headers, Make
from tests.api.skills import PROFILE, SKILLS, Add, address


@pytest.fixture(autouse=True)
def profile(make_profile: Make) -> dict[str, Any]:
    return make_profile()


@pytest.mark.parametrize("place", ["0", "-1", "x", "1.5", ""])
def test_no_such_place(client: FlaskClient, writer: Headers, place: str) -> None:
    answer = client.post(f"{SKILLS}?place={place}", json={"name": "a"}, headers=writer)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["parameter"] == "place"


@pytest.mark.parametrize(
    ("section", "body", "pointer"),
    [
        ("work", {"start_date": "2020-02-30"}, "#/start_date"),
        ("work", {"start_date": "2020", "end_date": "2019-12"}, "#/end_date"),
        ("work", {"startDate": "2020"}, "#/startDate"),
        ("work", {"company": "C"}, "#/company"),
        ("work", {"name": None}, "#/name"),
        ("work", {"highlights": ["a", ""]}, "#/highlights/1"),
        ("skills", {"keywords": "a"}, "#/keywords"),
        ("awards", {"date": "May"}, "#/date"),
        ("publications", {"url": "x"}, "#/url"),
        ("languages", {"language": "x" * 101}, "#/language"),
        ("social_profiles", [], "#"),
    ],
)
def test_refused(
    client: FlaskClient, writer: Headers, section: str, body: Any, pointer: str
) -> None:
    path = address(section)
    answer = client.post(path, json=body, headers=writer)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]
    sound = NEW_ITEMS[section]["whole"]["value"]
    whole = client.put(path, json={"items": [sound, body]}, headers=writer)
    inside = f"#/items/1{pointer.removeprefix('#')}"
    assert [error["pointer"] for error in whole.json["errors"]] == [inside]
    assert client.get(path).json["total"] == 0


@pytest.mark.parametrize("blank", [{}, {"name": " \u200b"}, {"name": "", "url": None}])
def test_an_item_that_says_nothing_is_refused(
    client: FlaskClient, writer: Headers, blank: dict[str, Any]
) -> None:
    sound = client.post(f"{PROFILE}work/", json={"name": "W"}, headers=writer).json
    path = f"{PROFILE}work/{sound['id']}/"
    for method, address_, body, pointer in (
        ("POST", f"{PROFILE}work/", blank, "#"),
        ("PUT", path, blank, "#"),
        ("PATCH", path, {"name": None}, "#"),
        ("PUT", f"{PROFILE}work/", {"items": [sound, blank]}, "#/items/1"),
        ("PATCH", PROFILE, {"work": [blank]}, "#/work/0"),
        ("POST", "/api/v1/profiles/", {"name": "N", "work": [{"name": "W"}, blank]}, "#/work/1"),
    ):
        answer = client.open(address_, method=method, json=body, headers=writer)
        assert answer.status_code == 422, (method, address_)
        detail = "says nothing: at least one member is required"
        assert answer.json["errors"] == [{"pointer": pointer, "detail": detail}]
    assert client.get(f"{PROFILE}work/").json["items"] == [sound]


def test_an_item_of_which_only_a_file_says_something_can_be_sent_back(
    client: FlaskClient, writer: Headers
) -> None:
    document = {"basics": {"name": "Only Extra"}, "work": [{"mystery": True}]}
    assert client.post("/api/v1/profiles/import/", json=document, headers=writer).status_code == 201
    here = "/api/v1/profiles/only-extra/"
    (item,) = client.get(f"{here}work/").json["items"]
    path = f"{here}work/{item['id']}/"
    for address_ in (path, f"{here}work/", here):
        read = client.get(address_).json
        assert client.put(address_, json=read, headers=writer).status_code == 200, address_
    assert client.patch(path, json={"summary": ""}, headers=writer).status_code == 200


def test_nothing_there(client: FlaskClient, writer: Headers, make_profile: Make, add: Add) -> None:
    number = add("a")["id"]
    make_profile("Jon Abara")
    for path in (
        f"{PROFILE}hobbies/",
        f"{PROFILE}work/{number}/",
        f"{SKILLS}a/",
        f"/api/v1/profiles/jon-abara/skills/{number}/",
        f"/api/v1/profiles/nobody/skills/{number}/",
        "/api/v1/profiles/nobody/skills/",
    ):
        assert client.get(path).status_code == 404, path
        allowed = {404, 405} if path.endswith("skills/") else {404}
        for method in ("PATCH", "DELETE"):
            answer = client.open(path, method=method, json={}, headers=writer)
            assert answer.status_code in allowed, path
    empty = client.put("/api/v1/profiles/nobody/skills/", json={"items": []}, headers=writer)
    assert empty.status_code == 404


@pytest.mark.parametrize("day", ["soon", "2019-13", "19", "0999-01-01", ""])
def test_a_date_that_is_none_is_answered_with_how_to_write_one(
    client: FlaskClient, writer: Headers, day: str
) -> None:
    body = {"name": "x", "start_date": day}
    answer = client.post(f"{PROFILE}work/", json=body, headers=writer)
    assert (answer.status_code, answer.json["errors"]) == (
        422,
        [
            {
                "pointer": "#/start_date",
                "detail": "should be a date such as 2019, 2019-06 or 2019-06-30",
            }
        ],
    )
