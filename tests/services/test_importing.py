"""Importing JSON Resume 1.0: what it becomes, what it keeps, and what is refused."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from portfolio.models import SECTIONS
from portfolio.schemas.imports import ImportReport
from portfolio.services.imports.importing import import_resume
from portfolio.services.imports.resume_reading import read_resume
from portfolio.vocabulary import Scope
from tests.api.conftest import bearer

RESUME: dict[str, Any] = {
    "$schema": "https://example.org/schema.json",
    "meta": {"version": "v1.0.0"},
    "basics": {
        "name": "Ines Calder",
        "email": "ines@example.org",
        "url": "",
        "location": {"city": "Bristol", "countryCode": "gb", "postalCode": "BS1"},
        "profiles": [{"network": "Forge", "username": "ines"}],
    },
    "work": [
        {
            "name": "Harbour Trust",
            "position": "Developer",
            "startDate": "2020-05",
            "endDate": None,
            "highlights": ["One", "Two"],
        },
        {"position": "Freelance", "startDate": "2018", "endDate": "2018-07-03"},
        {},
    ],
    "education": [{"institution": "Poly", "studyType": "BSc", "courses": ["Logic"]}],
    "publications": [{"name": "On tides", "releaseDate": "2021"}],
    "projects": [
        {
            "name": "Tide tables",
            "description": "High water.",
            "highlights": ["Fast"],
            "keywords": ["Go"],
            "startDate": "2023-02",
            "endDate": "2024-02",
            "url": "https://tides.example.org",
            "roles": ["Lead", "Author"],
            "entity": "Trust",
            "type": "application",
        },
        {"name": "Tide tables", "startDate": "2024"},
    ],
}


@pytest.fixture(autouse=True)
def context(app: APIFlask) -> Any:
    with app.app_context():
        yield


def load(document: Any, **options: Any) -> ImportReport:
    return import_resume(read_resume(json.dumps(document).encode()), **options)


def changed(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(RESUME), **changes}


def profile(client: FlaskClient, slug: str = "ines-calder") -> dict[str, Any]:
    return dict(client.get(f"/api/v1/profiles/{slug}/").json)


def projects(client: FlaskClient) -> list[dict[str, Any]]:
    items = client.get("/api/v1/projects/").json["items"]
    return [client.get(f"/api/v1/projects/{item['slug']}/").json for item in items]


def test_what_it_becomes(client: FlaskClient) -> None:
    report = load(RESUME)
    assert (report.profile, report.change) == ("ines-calder", "created")
    seen = profile(client)
    assert (seen["is_default"], seen["visibility"], seen["email"]) == (True, "public", None)
    assert (seen["url"], seen["location"]["country_code"]) == (None, "GB")
    assert seen["social_profiles"][0]["network"] == "Forge"
    assert [work["position"] for work in seen["work"]] == ["Developer", "Freelance"]
    assert [work["end_date"] for work in seen["work"]] == [None, "2018-07-03"]
    first, second = projects(client)
    assert (first["slug"], second["slug"]) == ("tide-tables", "tide-tables-2")
    assert (first["start_date"], first["end_date"]) == ("2023-02-01", "2024-02-29")
    assert (first["status"], second["status"]) == ("completed", "in_progress")
    assert (first["summary"], first["description"]) == ("High water.", "")
    assert (first["technologies"], first["role"]) == (["Go"], "Lead, Author")
    assert (first["achievements"], first["entity"]) == (["Fast"], "Trust")
    assert (first["difficulty"], first["complexity"]) == (None, None)


def test_again_it_changes_nothing(client: FlaskClient) -> None:
    load(RESUME)
    before = profile(client), projects(client)
    report = load(RESUME)
    assert report.change == "unchanged"
    assert str(report.projects) == "2 unchanged"
    assert all(
        changes.unchanged >= 0 and not changes.updated for changes in report.sections.values()
    )
    assert (profile(client), projects(client)) == before


def test_rows_keep_their_ids_when_they_change(client: FlaskClient) -> None:
    load(RESUME)
    before, old = profile(client), projects(client)
    document = changed()
    document["work"] = [
        {"name": "New Co", "startDate": "2025"},
        {**RESUME["work"][1]},
        {**RESUME["work"][0], "summary": "More", "position": "Lead"},
    ]
    document["projects"][1]["description"] = "Now told."
    document["education"] = []
    report = load(document)
    assert str(report.sections["work"]) == "1 created, 1 updated, 1 unchanged"
    assert str(report.sections["education"]) == "1 removed"
    assert str(report.projects) == "1 updated, 1 unchanged"
    work = profile(client)["work"]
    assert [row["id"] for row in work[1:]] == [row["id"] for row in before["work"][::-1]]
    assert work[2]["summary"] == "More"
    assert [row["id"] for row in projects(client)] == [row["id"] for row in old]


def test_what_the_owner_set_stays_unless_the_file_says(app: APIFlask, client: FlaskClient) -> None:
    document = changed(meta={"x-portfolio": {"visibility": "unlisted", "showEmail": True}})
    load(document)
    assert profile(client)["email"] == "ines@example.org"
    assert client.get("/api/v1/projects/").json["total"] == 0
    load(RESUME)
    assert profile(client)["visibility"] == "unlisted"
    assert profile(client)["email"] == "ines@example.org"
    document["meta"]["x-portfolio"]["visibility"] = "public"
    document["projects"][0]["x-portfolio"] = {
        "featured": True,
        "visibility": "unlisted",
        "order": 9,
        "complexity": 8,
        "longDescription": "All of it.",
    }
    load(document)
    load(RESUME)
    kept = client.get("/api/v1/projects/tide-tables/").json
    assert (kept["featured"], kept["visibility"], kept["sort_order"]) == (True, "unlisted", 9)
    assert (kept["complexity"], kept["description"]) == (8, "All of it.")


def test_projects_of_another_origin_stay_and_those_of_the_last_file_go(
    client: FlaskClient, app: APIFlask
) -> None:
    load(RESUME)
    made = {"title": "Made here", "visibility": "public"}
    client.post("/api/v1/projects/", json=made, headers=bearer(app, Scope.WRITE))
    report = load(changed(projects=[]))
    assert str(report.projects) == "2 removed, 1 kept"
    assert [project["title"] for project in projects(client)] == ["Made here"]


def test_several_people(client: FlaskClient) -> None:
    load(RESUME)
    other = changed(basics={"name": "Jon Abara"})
    assert load(other).profile == "jon-abara"
    assert load(other, profile_slug="jon").profile == "jon"
    assert load(changed(meta={"x-portfolio": {"slug": "ic", "default": True}})).profile == "ic"
    listed = client.get("/api/v1/profiles/").json["items"]
    assert [item["slug"] for item in listed if item["is_default"]] == ["ic"]
    assert {item["slug"] for item in listed} == {"ines-calder", "jon-abara", "jon", "ic"}
    assert client.get("/api/v1/projects/").json["total"] == 8


def test_a_dry_run_says_the_same_and_does_nothing(client: FlaskClient) -> None:
    wet_report = load(RESUME, dry_run=True)
    assert client.get("/api/v1/profiles/").json["total"] == 0
    assert load(RESUME) == wet_report.model_copy(update={"dry_run": False})


def test_the_sample_is_imported_whole(client: FlaskClient) -> None:
    sample = Path("portfolio/local/sample.json").read_bytes()
    report = import_resume(read_resume(sample))
    document = json.loads(sample)
    seen = profile(client, report.profile)
    assert report.notes == []
    for name in SECTIONS.keys() - {"social_profiles"}:
        assert len(seen[name]) == len(document[name]), name
    assert report.projects.created == len(document["projects"])
    assert client.get("/api/v1/projects/stats/").json["total"] >= 12


def test_long_descriptions_become_a_summary_and_the_whole(client: FlaskClient) -> None:
    text = "word " * 400
    load(changed(projects=[{"name": "Long", "description": text}]))
    (long,) = projects(client)
    assert long["description"] == text.strip()
    assert len(long["summary"]) <= 1000
    assert long["summary"].endswith("word…")
