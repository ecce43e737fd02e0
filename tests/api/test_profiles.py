"""Profiles: their basics, the default, and what stays private."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from portfolio.blueprints.examples import content_examples
from portfolio.models import SECTIONS
from tests.api.conftest import Headers, Make

LIST = "/api/v1/profiles/"
CONTACT = {
    "email": "ines@example.org",
    "phone": "+44 117 496 0000",
    "location": {
        "address": "1 Quay Street",
        "postal_code": "BS1 0AA",
        "city": "Bristol",
        "country_code": "gb",
        "region": "England",
    },
}


def defaults(client: FlaskClient) -> list[str]:
    items = client.get(LIST).json["items"]
    return [item["slug"] for item in items if item["is_default"]]


@pytest.mark.parametrize("name", content_examples.NEW_PROFILE)
def test_the_examples_work(client: FlaskClient, writer: Headers, name: str) -> None:
    sent = content_examples.NEW_PROFILE[name]["value"]
    created = client.post(LIST, json=sent, headers=writer)
    assert created.status_code == 201, created.text
    assert created.headers["Location"] == f"{LIST}ines-calder/"
    assert sent.items() <= created.json.items()
    path = created.headers["Location"]
    assert client.put(path, json=sent, headers=writer).status_code == 200
    for patch in content_examples.PROFILE_PATCH.values():
        assert client.patch(path, json=patch["value"], headers=writer).status_code == 200


def test_contact_details_are_private_until_each_is_shown(
    client: FlaskClient, writer: Headers, reader: Headers, make_profile: Make
) -> None:
    path = f"{LIST}{make_profile(**CONTACT)['slug']}/"

    def shown() -> tuple[Any, ...]:
        seen = client.get(path).json
        place = seen["location"]
        return seen["email"], seen["phone"], place["address"], place["postal_code"]

    private = client.get(path, headers=reader)
    assert private.json["email"] == CONTACT["email"]
    assert private.json["location"] == {**CONTACT["location"], "country_code": "GB"}
    assert private.headers["Cache-Control"] == "private, no-store"
    assert shown() == (None, None, None, None)
    assert client.get(path).json["location"]["city"] == "Bristol"
    for secret in ("ines@example.org", "496 0000", "Quay", "BS1"):
        assert secret not in client.get(path).text + client.get(LIST).text
    client.patch(path, json={"show_email": True}, headers=writer)
    assert shown() == ("ines@example.org", None, None, None)
    client.patch(path, json={"show_phone": True, "show_address": True}, headers=writer)
    assert shown() == ("ines@example.org", "+44 117 496 0000", "1 Quay Street", "BS1 0AA")
    client.patch(path, json={"show_email": False}, headers=writer)
    assert shown()[0] is None


def test_a_patch_reaches_into_the_location(
    client: FlaskClient, writer: Headers, reader: Headers, make_profile: Make
) -> None:
    path = f"{LIST}{make_profile(**CONTACT)['slug']}/"
    patch = {"location": {"city": "Cardiff", "region": None}}
    answer = client.patch(path, json=patch, headers=writer)
    assert answer.json["location"] == {
        "address": "1 Quay Street",
        "postal_code": "BS1 0AA",
        "city": "Cardiff",
        "country_code": "GB",
        "region": None,
    }
    cleared = client.patch(path, json={"location": None, "email": None}, headers=writer)
    assert set(cleared.json["location"].values()) == {None}
    assert cleared.json["email"] is None


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"name": ""}, "#/name"),
        ({}, "#/name"),
        ({"name": "N", "email": "no address"}, "#/email"),
        ({"name": "N", "email": ""}, "#/email"),
        ({"name": "N", "url": "mailto:a@example.org"}, "#/url"),
        ({"name": "N", "location": {"country_code": "GBR"}}, "#/location/country_code"),
        ({"name": "N", "location": {"planet": "Earth"}}, "#/location/planet"),
        ({"name": "N", "location": []}, "#/location"),
        ({"name": "N", "slug": "api"}, "#/slug"),
        ({"name": "N", "work": [{}, {"startDate": "2020"}]}, "#/work/1/startDate"),
        ({"name": "N", "projects": []}, "#/projects"),
        ({"name": "N", "show_email": 1}, "#/show_email"),
    ],
)
def test_refused(client: FlaskClient, writer: Headers, body: dict[str, Any], pointer: str) -> None:
    answer = client.post(LIST, json=body, headers=writer)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]


def test_the_detail_has_every_section_even_if_empty(
    client: FlaskClient, make_profile: Make
) -> None:
    seen = client.get(f"{LIST}{make_profile()['slug']}/").json
    assert all(seen[name] == [] for name in SECTIONS)


def test_the_default_moves_as_one(client: FlaskClient, writer: Headers, make_profile: Make) -> None:
    first, second = make_profile("A"), make_profile("B")
    assert (first["is_default"], second["is_default"]) == (True, False)
    make_profile("C", is_default=True)
    assert defaults(client) == ["c"]
    client.patch(f"{LIST}b/", json={"is_default": True}, headers=writer)
    assert defaults(client) == ["b"]
    assert client.put(f"{LIST}b/", json={"name": "B2"}, headers=writer).json["is_default"]
    assert [item["slug"] for item in client.get(LIST).json["items"]] == ["b", "a", "c"]
    answer = client.patch(f"{LIST}b/", json={"is_default": False}, headers=writer)
    assert answer.status_code == 409
    assert defaults(client) == ["b"]


def test_the_default_can_only_be_deleted_as_the_last(
    client: FlaskClient, writer: Headers, make_profile: Make, make_project: Make
) -> None:
    make_profile("A")
    make_profile("B")
    make_project(profile="a")
    assert client.delete(f"{LIST}a/", headers=writer).status_code == 409
    assert client.delete(f"{LIST}b/", headers=writer).status_code == 204
    assert client.get("/api/v1/projects/").json["total"] == 1
    assert client.delete(f"{LIST}a/", headers=writer).status_code == 204
    assert client.get("/api/v1/projects/").json["total"] == 0
    assert client.get("/api/v1/projects/tide-tables/").status_code == 404
    assert make_profile("D")["is_default"] is True


def test_many_at_once_want_to_be_the_default(app: APIFlask, writer: Headers) -> None:
    count = 8
    start = Barrier(count)

    def create(number: int) -> int:
        client = app.test_client()
        start.wait()
        body = {"name": f"P{number % 2}", "is_default": number % 3 == 0}
        made = client.post(LIST, json=body, headers=writer)
        path = made.headers["Location"]
        moved = client.patch(path, json={"is_default": True}, headers=writer)
        return made.status_code + moved.status_code

    with ThreadPoolExecutor(count) as pool:
        assert set(pool.map(create, range(count))) == {401}
    client = app.test_client()
    assert client.get(LIST).json["total"] == count
    assert len(defaults(client)) == 1


@pytest.mark.parametrize("slug", ["missing", "Upper", "0f5f2d0a-5c0e-4d3b-9d5e-0d2f4b1a7c11"])
def test_unknown(client: FlaskClient, writer: Headers, slug: str) -> None:
    for method in ("GET", "PUT", "PATCH", "DELETE"):
        answer = client.open(f"{LIST}{slug}/", method=method, json={"name": "N"}, headers=writer)
        assert answer.status_code == 404
        assert answer.json["type"] == "/problems/not-found/"
