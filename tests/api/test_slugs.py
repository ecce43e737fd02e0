"""Slugs of rows made through the API, also when many are made at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from apiflask import APIFlask
from flask.testing import FlaskClient

from portfolio.vocabulary import RESERVED_SLUGS
from tests.api.conftest import Headers, Make

LIST = "/api/v1/projects/"


def test_titles_that_make_no_slug_or_a_reserved_one(make_profile: Make, make_project: Make) -> None:
    assert make_profile("李雷")["slug"] == "my-profile"
    assert make_profile("API")["slug"] == "profile-api"
    slugs = [
        make_project(title, profile="my-profile")["slug"]
        for title in (
            "Éa Ünï & Co.",
            "日本",
            "日本",
            "Featured",
            "Stats!",
            "0f5f2d0a-5c0e-4d3b-9d5e-0d2f4b1a7c11",
            "x" * 200,
            "x" * 200,
            "a" * 74 + "-b",
        )
    ]
    assert slugs == [
        "ea-uni-co",
        "my-project",
        "my-project-2",
        "project-featured",
        "project-stats",
        "project-0f5f2d0a-5c0e-4d3b-9d5e-0d2f4b1a7c11",
        "x" * 75,
        "x" * 75 + "-2",
        "a" * 74,
    ]


def test_a_gap_is_filled(
    client: FlaskClient, writer: Headers, make_profile: Make, make_project: Make
) -> None:
    make_profile()
    assert [make_project()["slug"] for _ in range(3)] == [
        "tide-tables",
        "tide-tables-2",
        "tide-tables-3",
    ]
    client.delete(f"{LIST}tide-tables-2/", headers=writer)
    assert make_project()["slug"] == "tide-tables-2"


def test_an_explicit_slug_that_is_taken(
    client: FlaskClient, writer: Headers, make_profile: Make, make_project: Make
) -> None:
    make_profile()
    make_project(slug="mine")
    other = make_project(slug="other")
    answer = client.post(LIST, json={"title": "T", "slug": "mine"}, headers=writer)
    assert answer.status_code == 409
    assert "'mine' is taken" in answer.json["detail"]
    for method in ("PUT", "PATCH"):
        answer = client.open(
            f"{LIST}other/", method=method, json={"title": "T", "slug": "mine"}, headers=writer
        )
        assert answer.status_code == 409
    assert client.get(f"{LIST}other/").json == other
    body = {"name": "N", "slug": "ines-calder"}
    assert client.post("/api/v1/profiles/", json=body, headers=writer).status_code == 409


def test_many_at_once_with_the_same_title(
    app: APIFlask, writer: Headers, make_profile: Make
) -> None:
    make_profile()
    count = 12
    start = Barrier(count)

    def create(_number: int) -> tuple[int, str]:
        start.wait()
        answer = app.test_client().post(LIST, json={"title": "Race"}, headers=writer)
        return answer.status_code, answer.json.get("slug", answer.text)

    with ThreadPoolExecutor(count) as pool:
        results = list(pool.map(create, range(count)))
    expected = {"race", *(f"race-{number}" for number in range(2, count + 1))}
    assert {slug for _, slug in results} == expected
    assert {status for status, _ in results} == {201}


def test_many_at_once_with_the_same_explicit_slug(
    app: APIFlask, writer: Headers, make_profile: Make
) -> None:
    make_profile()
    start = Barrier(6)

    def create(_number: int) -> int:
        start.wait()
        body = {"title": "Race", "slug": "only-one"}
        return app.test_client().post(LIST, json=body, headers=writer).status_code

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(create, range(6))) == [201, 409, 409, 409, 409, 409]


def test_no_word_of_an_address_can_be_a_slug(app: APIFlask) -> None:
    # Behind a slug, as in /profiles/<slug>/work/, no other slug can stand.
    words = {
        word
        for rule in app.url_map.iter_rules()
        for word in rule.rule.partition("<")[0].strip("/").split("/")
        if word.isalnum() and word.islower() and word != "v1"
    }
    assert words <= RESERVED_SLUGS, words - RESERVED_SLUGS
