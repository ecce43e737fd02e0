"""Search finds every kind of document, says where, and shows nobody what is hidden."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from portfolio.extensions import db
from tests.api.conftest import Headers, Make
from tests.api.conftest import make_profile as make_profile
from tests.api.conftest import make_project as make_project
from tests.api.conftest import reader as reader
from tests.api.conftest import writer as writer
from tests.knowledge.conftest import Index

PATH = "/api/v1/search/"


@pytest.fixture
def search(client: FlaskClient) -> Any:
    def ask(q: str, headers: Headers | None = None, **query: Any) -> dict[str, Any]:
        answer = client.get(PATH, query_string={"q": q, **query}, headers=headers)
        assert answer.status_code == 200, answer.text
        return dict(answer.get_json())

    return ask


def test_it_finds_documents_of_every_kind_with_facets(
    search: Any, sample: str, index: Index
) -> None:
    index()
    found = search("Kubernetes", page_size=100)
    kinds = {item["type"] for item in found["items"]}
    assert kinds >= {"certificate", "skill", "project"}
    counted = {facet["name"]: facet["count"] for facet in found["facets"]["types"]}
    assert sum(counted.values()) == found["total"] == len(found["items"])
    only = search("Kubernetes", type="skill", page_size=100)
    assert {item["type"] for item in only["items"]} == {"skill"}
    assert only["total"] == counted["skill"]
    assert only["facets"]["types"] == found["facets"]["types"]
    technology = search("Kubernetes", technology="flask", page_size=100)
    assert technology["items"]
    assert all("Flask" in item["technologies"] for item in technology["items"])


def test_highlights_are_spans_of_the_documents_text(
    client: FlaskClient, search: Any, sample: str, index: Index
) -> None:
    index()
    item = search("MongoDB", type="project")["items"][0]
    document = client.get(item["url"]).get_json()
    assert document["id"] == item["id"]
    for highlight in item["highlights"]:
        value = document
        for step in highlight["field"].split("/")[1:]:
            value = value[int(step)] if isinstance(value, list) else value[step]
        assert value[highlight["start"] : highlight["end"]] == highlight["text"]
        assert [value[mark["start"] : mark["end"]] for mark in highlight["marks"]] == ["MongoDB"]


def test_meaning_is_found_without_the_words(search: Any, sample: str, index: Index) -> None:
    index()
    found = search("where did you study")
    assert "education" in {item["type"] for item in found["items"]}
    assert search("asdfgh qwertz")["total"] == 0


def test_pages_are_like_those_of_every_list(search: Any, sample: str, index: Index) -> None:
    index()
    whole = search("Python", page_size=100)
    first, second = search("Python", page_size=3), search("Python", page_size=3, page=2)
    assert whole["total"] > 6
    assert [*first["items"], *second["items"]] == whole["items"][:6]
    assert first["links"]["next"] == "/api/v1/search/?page_size=3&q=Python&page=2"
    assert search("Python", page=9999)["items"] == []


def test_a_repeated_search_is_a_hit_and_a_change_shows_at_once(
    client: FlaskClient, writer: Headers, sample: str, index: Index
) -> None:
    index()
    path = f"{PATH}?q=MongoDB"
    first = client.get(path)
    assert "hit" in client.get(path).headers["Cache-Status"]
    assert not first.get_json()["indexing"]
    edit = {"description": "We moor a zeppelin."}
    client.patch("/api/v1/projects/plainmeter/", json=edit, headers=writer)
    changed = client.get(path).get_json()
    assert changed["indexing"]
    assert "MongoDB" not in str(changed["items"])
    index()
    assert not client.get(path).get_json()["indexing"]


def test_what_is_hidden_is_found_with_a_token_only(
    search: Any, reader: Headers, make_profile: Make, make_project: Make, index: Index
) -> None:
    make_profile()
    make_project("Heliograph", visibility="draft", technologies=["Mirrors"])
    make_project("Semaphore", visibility="unlisted")
    index()
    for word in ("heliograph", "semaphore", "mirrors"):
        assert word not in str(search(word)).replace(f"q={word}", "").lower()
        assert search(word, headers=reader)["items"][0]["type"] == "project"
    assert search("heliograph", profile="nobody")["items"] == []


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "q"),
        ("q=", "q"),
        ("q=%20%00%E2%80%8B", "q"),
        (f"q={'x' * 201}", "q"),
        ("q=a&type=nothing", "type"),
        ("q=a&profile=No", "profile"),
        ("q=a&page=0", "page"),
    ],
)
def test_what_cannot_be_searched_is_refused(
    client: FlaskClient, query: str, parameter: str
) -> None:
    answer = client.get(f"{PATH}?{query}")
    assert answer.status_code == 422
    assert [error["parameter"] for error in answer.get_json()["errors"]] == [parameter]


@pytest.mark.parametrize(
    "q",
    [
        "<script>alert(1)</script>",
        "'; DROP TABLE projects; --",
        "\u202egnp",
        "%",
        "\\",
        "\U0001f980",
    ],
)
def test_odd_words_are_words(search: Any, sample: str, q: str) -> None:
    assert search(q)["page"] == 1


def test_without_embeddings_words_are_found(client: FlaskClient, search: Any, sample: str) -> None:
    found = search("MongoDB")
    assert found["indexing"]
    assert found["items"]
    with client.application.app_context():
        db.session.execute(text("DELETE FROM projects"))
        db.session.commit()
    assert search("MongoDB")["items"] == []
