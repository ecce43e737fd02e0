"""Résumés as documents over HTTP: what each caller is shown, cached and never out of date."""

import json
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import text

from portfolio.extensions import db
from portfolio.services.imports.importing import import_resume
from portfolio.services.imports.resume_reading import read_resume
from tests.api.conftest import Headers
from tests.services.json_resume import schema_errors

SAMPLE = json.loads(Path("portfolio/local/sample.json").read_text("utf-8"))
IMPORT = "/api/v1/profiles/import/"
JSON = "application/json"
FORMS = {
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
}
PRIVATE = ("tamsin@example.com", "+44 117 496 0142", "Kettlewright", "BS99", "Grid Lantern")


@pytest.fixture(autouse=True)
def sample(app: APIFlask) -> None:
    document = json.loads(json.dumps(SAMPLE))
    document["basics"]["mobile"] = "+44 117 496 0199"
    document["work"][0]["salary"] = "secret-salary"
    with app.app_context():
        import_resume(read_resume(json.dumps(document).encode()))


def address(form: str, slug: str = "tamsin-orrelund") -> str:
    return f"/api/v1/profiles/{slug}/resume.{form}"


def read(client: FlaskClient, form: str, headers: Headers | None = None) -> str:
    answer = client.get(address(form), headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.content_type == FORMS[form]
    return answer.text


def change(app: APIFlask, statement: str) -> None:
    with app.app_context():
        db.session.execute(text(statement))
        db.session.commit()


@pytest.mark.parametrize("form", FORMS)
def test_everybody_reads_what_is_public_and_nothing_else(client: FlaskClient, form: str) -> None:
    seen = read(client, form)
    for public in ("Tamsin Orrelund", "Quillhaven Energy", "Plainmeter", "Bristol"):
        assert public in seen
    for private in (*PRIVATE, "Footpath Survey", "496 0199", "secret-salary"):
        assert private not in seen


@pytest.mark.parametrize("form", FORMS)
def test_a_read_token_shows_the_rest(client: FlaskClient, reader: Headers, form: str) -> None:
    seen = read(client, form, reader)
    for private in (*PRIVATE, "Footpath Survey"):
        assert private in seen
    assert ("secret-salary" in seen) == (form == "json")
    answer = client.get(address(form), headers=reader)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Grid Lantern" not in read(client, form)


@pytest.mark.parametrize(
    ("column", "shown"),
    [("show_email", PRIVATE[:1]), ("show_phone", PRIVATE[1:2]), ("show_address", PRIVATE[2:4])],
)
def test_what_the_owner_shows_is_shown(
    app: APIFlask, client: FlaskClient, column: str, shown: tuple[str, ...]
) -> None:
    read(client, "json")
    change(app, f"UPDATE profiles SET {column} = true")
    for form in FORMS:
        seen = read(client, form)
        assert [word for word in PRIVATE if word in seen] == list(shown)


def test_the_json_has_the_shape_of_json_resume(client: FlaskClient, reader: Headers) -> None:
    assert schema_errors(json.loads(read(client, "json"))) == []
    assert schema_errors(json.loads(read(client, "json", reader))) == []
    assert schema_errors({"basics": {"name": 3, "url": "x y"}, "work": [{"startDate": "May"}]})


@pytest.mark.parametrize("form", FORMS)
def test_a_draft_is_not_there(
    app: APIFlask, client: FlaskClient, reader: Headers, form: str
) -> None:
    read(client, form)
    change(app, "UPDATE profiles SET visibility = 'draft'")
    answer = client.get(address(form))
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert "Tamsin" in read(client, form, reader)
    change(app, "UPDATE profiles SET visibility = 'unlisted'")
    seen = read(client, form)
    assert "Quillhaven" in seen
    # As in lists: projects are never more visible than their profile.
    assert "pgdrift" not in seen


@pytest.mark.parametrize("path", ["nobody/resume.json", "tamsin-orrelund/resume.pdf", "x/resume"])
def test_what_is_not_there(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/api/v1/profiles/{path}")
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


def test_that_nobody_is_there_is_remembered_until_somebody_comes(
    app: APIFlask, client: FlaskClient
) -> None:
    assert client.get(address("md", "jon")).status_code == 404
    change(app, "INSERT INTO profiles (slug, name, visibility) VALUES ('jon', 'Jon', 'public')")
    assert client.get(address("md", "jon")).text == "# Jon\n"


@pytest.mark.parametrize("form", FORMS)
def test_it_is_cached_and_can_be_revalidated(client: FlaskClient, form: str) -> None:
    first = client.get(address(form))
    assert first.headers["Cache-Status"] == "portfolio; fwd=miss; stored"
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = client.get(address(form))
    assert again.headers["Cache-Status"].startswith("portfolio; hit")
    assert (again.data, again.headers["ETag"]) == (first.data, first.headers["ETag"])
    known = client.get(address(form), headers={"If-None-Match": first.headers["ETag"]})
    assert (known.status_code, known.data) == (304, b"")
    head = client.head(address(form))
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == str(len(first.data))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE resume_work SET name = 'Changed Ltd' WHERE name = 'Quillhaven Energy'",
        "UPDATE profiles SET name = 'Changed Ltd'",
        "UPDATE projects SET title = 'Changed Ltd' WHERE slug = 'plainmeter'",
        "UPDATE resume_skills SET keywords = '{Changed Ltd}'",
    ],
)
def test_a_change_is_seen_at_once(app: APIFlask, client: FlaskClient, statement: str) -> None:
    for form in FORMS:
        assert "Changed Ltd" not in read(client, form)
    change(app, statement)
    for form in FORMS:
        assert "Changed Ltd" in read(client, form)


def test_the_page_runs_nothing_and_says_so(client: FlaskClient) -> None:
    answers: list[Any] = [client.get(address("html")) for _ in range(2)]
    for answer in answers:
        (policy,) = answer.headers.getlist("Content-Security-Policy")
        assert "script-src" not in policy
        assert "style-src 'self'" in policy
    (policy,) = client.get(address("md")).headers.getlist("Content-Security-Policy")
    assert policy == "default-src 'none'; frame-ancestors 'none'"


def test_the_export_of_as_much_as_fits_into_a_body_fits_into_one(
    client: FlaskClient, writer: Headers
) -> None:
    jobs = [{"highlights": [f"{number:0>95}" for number in range(100)]} for _ in range(200)]
    document = {"basics": {"name": "Ines Calder"}, "work": jobs}
    body = json.dumps(document, separators=(",", ":"))
    assert client.post(IMPORT, data=body, headers=writer, content_type=JSON).status_code == 201
    exported = client.get(address("json", "ines-calder"), headers=writer).text
    answer = client.post(IMPORT, data=exported, headers=writer, content_type=JSON)
    assert answer.status_code == 200, answer.text
    assert '"change":"unchanged"' in answer.text
