"""Drafts are seen by nobody, unlisted ones only by who has the address."""

import itertools
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.conftest import Headers, Make

PROJECTS = "/api/v1/projects/"
KINDS = ("draft", "unlisted", "public")
LISTS = [
    f"{PROJECTS}?page_size=100",
    f"{PROJECTS}?search=secret&page_size=100",
    f"{PROJECTS}?technology=secret&page_size=100",
    f"{PROJECTS}?featured=true&page_size=100",
    f"{PROJECTS}featured/?page_size=100",
    *(f"{PROJECTS}?profile={kind}-person" for kind in KINDS),
    *(f"{PROJECTS}featured/?profile={kind}-person" for kind in KINDS),
]


@pytest.fixture
def everything(make_profile: Make, make_project: Make) -> dict[tuple[str, str], dict[str, Any]]:
    """A profile of each visibility with a project of each."""
    made = {}
    for profile in KINDS:
        make_profile(f"{profile} person", visibility=profile)
        for project in KINDS:
            made[profile, project] = make_project(
                f"{profile} with {project}",
                profile=f"{profile}-person",
                visibility=project,
                featured=True,
                technologies=["secret"],
                summary="secret",
                status="completed",
                complexity=5,
            )
    return made


def test_visitors(client: FlaskClient, everything: dict[tuple[str, str], Any]) -> None:
    for (profile, project), row in everything.items():
        expected = 404 if "draft" in (profile, project) else 200
        for ref in (row["slug"], row["id"]):
            assert client.get(f"{PROJECTS}{ref}/").status_code == expected
    listed = {item["id"] for url in LISTS for item in client.get(url).json["items"]}
    assert listed == {everything["public", "public"]["id"]}
    totals = [client.get(url).json["total"] for url in LISTS]
    assert max(totals) == 1
    statuses = {kind: client.get(f"/api/v1/profiles/{kind}-person/").status_code for kind in KINDS}
    assert statuses == {"draft": 404, "unlisted": 200, "public": 200}
    assert [i["slug"] for i in client.get("/api/v1/profiles/").json["items"]] == ["public-person"]


def test_a_missing_and_a_hidden_one_answer_alike(
    client: FlaskClient, everything: dict[tuple[str, str], Any]
) -> None:
    hidden = client.get(f"{PROJECTS}{everything['public', 'draft']['slug']}/")
    missing = client.get(f"{PROJECTS}missing/")
    assert (hidden.status_code, hidden.json) == (missing.status_code, missing.json)
    hidden = client.get("/api/v1/profiles/draft-person/")
    missing = client.get("/api/v1/profiles/missing/")
    assert (hidden.status_code, hidden.json) == (missing.status_code, missing.json)


def test_statistics_are_public_for_everybody(
    client: FlaskClient, reader: Headers, everything: dict[tuple[str, str], Any]
) -> None:
    for headers in ({}, reader):
        assert client.get(f"{PROJECTS}stats/", headers=headers).json["total"] == 1
        for kind, total in zip(KINDS, (0, 0, 1), strict=True):
            answer = client.get(f"{PROJECTS}stats/?profile={kind}-person", headers=headers)
            assert answer.json["total"] == total


def test_readers_see_everything(
    client: FlaskClient, reader: Headers, everything: dict[tuple[str, str], Any]
) -> None:
    for row in everything.values():
        answer = client.get(f"{PROJECTS}{row['slug']}/", headers=reader)
        assert answer.json == row
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert client.get(LISTS[0], headers=reader).json["total"] == 9
    assert client.get("/api/v1/profiles/", headers=reader).json["total"] == 3


def test_a_reader_leaves_nothing_behind_for_visitors(
    client: FlaskClient, reader: Headers, everything: dict[tuple[str, str], Any]
) -> None:
    for url, headers in itertools.product(LISTS, (reader, {}, reader, {})):
        answer = client.get(url, headers=headers)
        assert "Authorization" in answer.headers["Vary"]
        if not headers:
            assert answer.json["total"] <= 1


def test_changes_of_visibility_are_seen_at_once(
    client: FlaskClient, writer: Headers, everything: dict[tuple[str, str], Any]
) -> None:
    path = f"{PROJECTS}{everything['public', 'public']['slug']}/"
    profile = "/api/v1/profiles/public-person/"
    for changed, kind in itertools.product((path, profile), ("draft", "unlisted", "public")):
        client.patch(changed, json={"visibility": kind}, headers=writer)
        assert client.get(path).status_code == (404 if kind == "draft" else 200)
        expected = 1 if kind == "public" else 0
        assert client.get(LISTS[0]).json["total"] == expected
        assert client.get(f"{PROJECTS}stats/").json["total"] == expected
