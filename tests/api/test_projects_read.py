"""Lists of projects: filters, search, order, pages and their links; details by id and slug."""

import itertools
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from portfolio.vocabulary import Scope
from tests.api.conftest import Make, bearer

LIST = "/api/v1/projects/"


def titles(client: FlaskClient, query: str = "", path: str = LIST) -> list[str]:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 200, answer.text
    return [item["title"] for item in answer.json["items"]]


@pytest.fixture
def projects(make_profile: Make, make_project: Make) -> dict[str, dict[str, Any]]:
    make_profile("Ines Calder")
    make_profile("Jon Abara")
    rows: list[dict[str, Any]] = [
        {
            "title": "Alpha",
            "technologies": ["Python", "C++"],
            "featured": True,
            "status": "completed",
            "difficulty": "expert",
            "complexity": 9,
            "start_date": "2020-01-01",
            "end_date": "2021-01-01",
        },
        {
            "title": "Beta",
            "technologies": ["python", "C"],
            "open_source": True,
            "summary": "100% of_it",
            "start_date": "2022-01-01",
        },
        {
            "title": "Gamma",
            "technologies": ["Go"],
            "difficulty": "beginner",
            "complexity": 2,
            "description": "Überall Python-free",
            "profile": "jon-abara",
            "featured": True,
        },
    ]
    return {row["title"]: make_project(**row) for row in rows}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Alpha", "Gamma", "Beta"]),
        ("profile=ines-calder", ["Alpha", "Beta"]),
        ("profile=nobody", []),
        ("featured=true", ["Alpha", "Gamma"]),
        ("featured=false", ["Beta"]),
        ("open_source=true", ["Beta"]),
        ("status=completed", ["Alpha"]),
        ("difficulty=beginner", ["Gamma"]),
        ("technology=PYTHON", ["Alpha", "Beta"]),
        ("technology=python,c%2B%2B", ["Alpha"]),
        ("technology=python&technology=c", ["Beta"]),
        ("technology=c", ["Beta"]),
        ("technology=pyth", []),
        ("technology=,", ["Alpha", "Gamma", "Beta"]),
        ("technology=&technology=go", ["Gamma"]),
        ("technology=%20Python%20,%20c%2B%2B" + ",c%2B%2B" * 10, ["Alpha"]),
        ("search=python", ["Alpha", "Gamma", "Beta"]),
        ("search=python+c%2B%2B", ["Alpha"]),
        ("search=%C3%BCBERALL", ["Gamma"]),
        ("search=100%25", ["Beta"]),
        ("search=of_it", ["Beta"]),
        ("search=of%25it", []),
        ("search=ofXit", []),
        ("search=%00", ["Alpha", "Gamma", "Beta"]),
        ("search=%5C", []),
        ("search=%27%3B+drop+table+projects%3B--", []),
        ("featured=true&technology=go&search=gam", ["Gamma"]),
        ("ordering=title", ["Alpha", "Beta", "Gamma"]),
        ("ordering=-title", ["Gamma", "Beta", "Alpha"]),
        ("ordering=-start_date", ["Beta", "Alpha", "Gamma"]),
        ("ordering=start_date", ["Alpha", "Beta", "Gamma"]),
        ("ordering=complexity", ["Gamma", "Alpha", "Beta"]),
        ("ordering=-complexity", ["Alpha", "Gamma", "Beta"]),
        ("ordering=-created_at", ["Gamma", "Beta", "Alpha"]),
        ("no_such_parameter=1", ["Alpha", "Gamma", "Beta"]),
    ],
)
def test_filters_and_order(
    client: FlaskClient, projects: dict[str, Any], query: str, expected: list[str]
) -> None:
    found = titles(client, query)
    # Equal sort_order is broken by random ids: only then the order is free.
    if "ordering" in query:
        assert found == expected
    else:
        assert sorted(found) == sorted(expected)


def test_featured(client: FlaskClient, projects: dict[str, Any]) -> None:
    path = f"{LIST}featured/"
    assert sorted(titles(client, path=path)) == ["Alpha", "Gamma"]
    assert titles(client, "profile=jon-abara", path=path) == ["Gamma"]


def test_a_detail_by_id_and_slug(client: FlaskClient, projects: dict[str, Any]) -> None:
    gamma = projects["Gamma"]
    for ref in (gamma["slug"], gamma["id"], gamma["id"].upper()):
        answer = client.get(f"{LIST}{ref}/")
        assert answer.json == gamma
        assert answer.json["profile"] == {"slug": "jon-abara", "name": "Jon Abara"}


@pytest.mark.parametrize("tie", ["title", "sort_order", "complexity", "-updated_at"])
def test_pages_neither_repeat_nor_lose_rows_that_sort_alike(
    client: FlaskClient, make_profile: Make, make_project: Make, tie: str
) -> None:
    make_profile()
    made = {make_project("Same", sort_order=1)["id"] for _ in range(7)}
    seen = []
    for page in itertools.count(1):
        items = client.get(f"{LIST}?ordering={tie}&page_size=3&page={page}").json["items"]
        if not items:
            break
        seen += [item["id"] for item in items]
    assert len(seen) == 7
    assert set(seen) == made


def test_links_lead_through_all_pages_and_keep_the_filters(
    client: FlaskClient, make_profile: Make, make_project: Make
) -> None:
    make_profile()
    for _ in range(5):
        make_project(technologies=["C++", "Go"], featured=True)
    query = "technology=Go&technology=c%2B%2B&featured=true&page_size=2&utm_source=x&ordering=title"
    path = f"{LIST}?{query}"
    seen = []
    while path:
        page = client.get(path).json
        seen += [item["slug"] for item in page["items"]]
        assert (page["total"], page["pages"], page["page_size"]) == (5, 3, 2)
        links = page["links"]
        assert "utm_source" not in links["self"]
        assert client.get(links["self"]).json == page
        path = links["next"]
    assert len(set(seen)) == 5
    assert client.get(links["first"]).json["page"] == 1
    assert client.get(links["last"]).json["page"] == 3
    assert client.get(links["prev"]).json["page"] == 2


def test_beyond_the_last_page_is_empty_and_leads_back(
    client: FlaskClient, projects: dict[str, Any]
) -> None:
    page = client.get(f"{LIST}?page=9999&page_size=2").json
    assert page["items"] == []
    assert (page["total"], page["pages"], page["page"]) == (3, 2, 9999)
    assert page["links"]["next"] is None
    assert client.get(page["links"]["prev"]).json["page"] == 2


def test_an_empty_list(client: FlaskClient) -> None:
    page = client.get(LIST).json
    assert page == {
        "items": [],
        "page": 1,
        "page_size": 20,
        "total": 0,
        "pages": 0,
        "links": {"self": LIST, "first": LIST, "prev": None, "next": None, "last": LIST},
    }


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("page=0", ["page"]),
        ("page=10001", ["page"]),
        ("page=99999999999999999999", ["page"]),
        ("page=-1", ["page"]),
        ("page=1e3", ["page"]),
        ("page=1_0", ["page"]),
        ("page=%D9%A1", ["page"]),
        ("page=", ["page"]),
        ("page=1&page=2", ["page"]),
        ("page_size=101", ["page_size"]),
        ("featured=yes", ["featured"]),
        ("featured=True", ["featured"]),
        ("status=done", ["status"]),
        ("difficulty=hard", ["difficulty"]),
        ("ordering=id", ["ordering"]),
        ("ordering=title,-title", ["ordering"]),
        ("profile=Ines", ["profile"]),
        ("search=" + "x" * 101, ["search"]),
        ("&".join(f"technology={number}" for number in range(11)), ["technology"]),
        ("technology=" + "x" * 201, ["technology"]),
        ("status=done&page=x&featured=2", ["featured", "page", "status"]),
        ("status=done&page=1&page=2", ["page", "status"]),
    ],
)
def test_wrong_parameters_are_all_named(
    client: FlaskClient, query: str, parameters: list[str]
) -> None:
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 422
    assert sorted({error["parameter"] for error in answer.json["errors"]}) == parameters
    assert all(error["detail"] for error in answer.json["errors"])


def test_an_id_is_one_address_however_it_is_spelt(
    client: FlaskClient, app: APIFlask, make_profile: Make, make_project: Make
) -> None:
    make_profile()
    project = make_project()
    loud = f"/api/v1/projects/{project['id'].upper()}/"
    assert [client.get(loud).status_code for _ in range(2)] == [200, 200]
    hidden = client.patch(
        f"/api/v1/projects/{project['id']}/",
        json={"visibility": "draft"},
        headers=bearer(app, Scope.WRITE),
    )
    assert hidden.status_code == 200
    assert client.get(loud).status_code == 404


@pytest.mark.parametrize("word", ["featured", "stats", "reorder"])
def test_another_method_on_a_fixed_address_is_not_a_missing_project(
    client: FlaskClient, word: str
) -> None:
    answer = client.delete(f"/api/v1/projects/{word}/")
    assert answer.status_code == 405
    assert answer.headers["Allow"]
