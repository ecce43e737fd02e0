"""Résumés over HTTP: what is answered, what is refused, and undoing."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from portfolio.extensions import db
from portfolio.models import ResumeImport
from tests.api.conftest import Headers, Make
from tests.services.test_importing import RESUME, changed

IMPORT = "/api/v1/profiles/import/"


def test_a_profile_is_made_and_then_updated(client: FlaskClient, writer: Headers) -> None:
    made = client.post(IMPORT, json=RESUME, headers=writer)
    assert (made.status_code, made.headers["Location"]) == (201, "/api/v1/profiles/ines-calder/")
    assert made.json["change"] == "created"
    assert made.json["sections"]["work"]["created"] == 2
    again = client.post(IMPORT, json=RESUME, headers=writer)
    assert (again.status_code, again.headers["Location"]) == (200, "/api/v1/profiles/ines-calder/")
    assert again.json["change"] == "unchanged"
    assert again.json["projects"] == {
        **dict.fromkeys(("created", "updated", "removed", "kept", "overwritten"), 0),
        "unchanged": 2,
    }
    elsewhere = client.post(f"{IMPORT}?profile=second", json=RESUME, headers=writer)
    assert (elsewhere.status_code, elsewhere.json["profile"]) == (201, "second")


def test_a_dry_run_tells_and_changes_nothing(client: FlaskClient, writer: Headers) -> None:
    told = client.post(f"{IMPORT}?dry_run=true", json=RESUME, headers=writer)
    assert (told.status_code, told.json["change"], told.json["dry_run"]) == (200, "created", True)
    assert client.get("/api/v1/profiles/").json["total"] == 0
    made = client.post(IMPORT, json=RESUME, headers=writer)
    assert made.json == {**told.json, "dry_run": False}


def test_everything_wrong_is_answered_by_its_place(client: FlaskClient, writer: Headers) -> None:
    document = changed(work=[None, {"company": "A", "startDate": "soon"}], skills=5)
    document["basics"]["website"] = 5
    answer = client.post(IMPORT, json=document, headers=writer)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [
        "#/basics/website",
        "#/skills",
        "#/work/1/startDate",
    ]
    assert client.get("/api/v1/profiles/").json["total"] == 0


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b"[]", 422, "is a list"),
        (b'{"info": {}, "employment": {}}', 422, "FRESH"),
        (b"{}", 422, "is required"),
        (b"%PDF-1.7", 400, "This is a PDF."),
        (b"PK\x03\x04 word/document.xml", 400, "This is a Word document (DOCX)."),
        (b"<!DOCTYPE html><html></html>", 400, "This is an HTML page."),
        (b"basics:\n  name: x\n", 400, "This looks like YAML."),
        (b"<resume/>", 400, "This is XML or HTML."),
        (b" ", 400, "The file is empty."),
        ("\ufeff{".encode("utf-16")[:-1], 400, "begins like UTF-16"),
        (b'{"basics": {}, "basics": {}}', 400, "more than once"),
        (b"[" * 60 + b"]" * 60, 400, "deeply"),
        (b'{"basics": {"name": "\\ud800"}}', 422, "#/basics/name"),
        (b"nothing", 400, "line 1, column 1"),
        (b" " * (2 * 1024 * 1024 + 1), 413, ""),
    ],
)
def test_refused(
    client: FlaskClient, writer: Headers, body: bytes, status: int, words: str
) -> None:
    answer = client.post(IMPORT, data=body, content_type="application/json", headers=writer)
    assert answer.status_code == status
    assert words in answer.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_in_every_form_that_says_which(
    client: FlaskClient, writer: Headers, encoding: str
) -> None:
    body = '{"basics": {"name": "Zoë"}}'.encode(encoding)
    made = client.post(IMPORT, data=body, content_type="application/json", headers=writer)
    assert (made.status_code, made.json["profile"]) == (201, "zoe")


def test_it_needs_a_token_that_may_write(client: FlaskClient, reader: Headers) -> None:
    undo = "/api/v1/profiles/ines-calder/undo-import/"
    for address in (IMPORT, undo):
        assert client.post(address, json=RESUME).status_code == 401
        assert client.post(address, json=RESUME, headers=reader).status_code == 403


def test_undo_over_http(client: FlaskClient, writer: Headers, make_profile: Make) -> None:
    make_profile("Ines Calder", summary="Written here")
    address = "/api/v1/profiles/ines-calder/"
    assert client.post(f"{address}undo-import/", headers=writer).status_code == 409
    before = client.get(address, headers=writer).json
    client.post(IMPORT, json=RESUME, headers=writer)
    client.patch(address, json={"label": "Edited since"}, headers=writer)
    refused = client.post(f"{address}undo-import/", headers=writer)
    assert (refused.status_code, "profiles (1 changed)" in refused.json["detail"]) == (409, True)
    undone = client.post(f"{address}undo-import/?force=true", headers=writer)
    assert undone.json == {
        "profile": "ines-calder",
        "removed": False,
        "lost": ["profiles (1 changed)"],
    }
    assert client.get(address, headers=writer).json == before
    assert client.post("/api/v1/profiles/nobody/undo-import/", headers=writer).status_code == 404


def test_the_document_and_who_gave_it_are_kept(
    app: APIFlask, client: FlaskClient, writer: Headers
) -> None:
    client.post(IMPORT, json=RESUME, headers=writer)
    with app.app_context():
        record = db.session.query(ResumeImport).one()
        assert record.document == RESUME
        assert record.actor
        report: Any = record.report
        assert report["change"] == "created"


def test_two_imports_at_once_of_one_person_make_one_profile(
    app: APIFlask, client: FlaskClient, writer: Headers
) -> None:
    with ThreadPoolExecutor(6) as pool:
        answers = list(
            pool.map(
                lambda _: app.test_client().post(IMPORT, json=RESUME, headers=writer), range(6)
            )
        )
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses.count(201) == 1
    assert set(statuses) <= {200, 201, 503}
    assert client.get("/api/v1/profiles/").json["total"] == 1
    assert client.get("/api/v1/projects/").json["total"] == 2
