"""Bodies that are no JSON, not Unicode, too large, too deep, or of the wrong type."""

import json
from io import BytesIO
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.api.conftest import Headers, Make

LIST = "/api/v1/projects/"
JSON = "application/json"


@pytest.fixture(autouse=True)
def profile(make_profile: Make) -> None:
    make_profile()


def send(client: FlaskClient, headers: Headers, data: bytes, kind: str = JSON) -> Any:
    answer = client.post(LIST, data=data, headers=headers, content_type=kind)
    assert answer.content_type in ("application/problem+json", JSON)
    assert answer.json["status"] == answer.status_code if answer.status_code >= 400 else True
    return answer


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (b"", "empty"),
        (b"{", "line 1, column 2"),
        (b'{\n  "title": "x",\n}', "line 3, column 1"),
        (b'{"title": "x"} x', "line 1, column 16"),
        (b"'title'", "line 1, column 1"),
        (b'{"title": NaN}', "NaN"),
        (b'{"complexity": -Infinity}', "-Infinity"),
        (b'{"title": "\xff"}', "byte 11"),
        (b'{"title": "\xed\xa0\x80"}', "not UTF-8"),
        (b'{"title": "a\x00b"}', "column 13"),
        ('{"title": "x"}'.encode("utf-16"), "not UTF-8"),
        (b'{"title": "x", "title": "y"}', '"title" more than once'),
        (b'{"a": [{"b": 1, "b": 2}]}', '"b" more than once'),
        (b"[" * 100_000, "deeply"),
        (b'{"a":' * 100_000, "deeply"),
        (b'{"location":' * 900 + b"1" + b"}" * 900, "deeply"),
        (b'{"location":' * 51 + b"1" + b"}" * 51, "deeply"),
        (b'{"complexity": ' + b"9" * 5000 + b"}", "digits"),
    ],
)
def test_malformed(client: FlaskClient, writer: Headers, data: bytes, detail: str) -> None:
    answer = send(client, writer, data)
    assert answer.status_code == 400
    assert detail in answer.json["detail"]


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        (b'{"title": "\\ud800"}', "#/title"),
        (b'{"title": "x", "technologies": ["\\udfff"]}', "#/technologies/0"),
        (b'{"title": "\\u0000"}', "#/title"),
        (b'{"title": "x", "complexity": 1e400}', "#/complexity"),
        (b'{"title": "x", "complexity": 1e308}', "#/complexity"),
        (b'{"title": "x", "sort_order": 99999999999999999999999}', "#/sort_order"),
        (b'{"title": "x", "\\ud800": 1}', "#"),
        (b'{"title": "x", "": 1}', "#/"),
        (b"null", "#"),
        (b"[]", "#"),
        (b'"x"', "#"),
    ],
)
def test_invalid(client: FlaskClient, writer: Headers, data: bytes, pointer: str) -> None:
    answer = send(client, writer, data)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]


def test_a_patch_as_deep_as_may_be(client: FlaskClient, writer: Headers) -> None:
    data = b'{"location":' * 50 + b"1" + b"}" * 50
    path = "/api/v1/profiles/ines-calder/"
    answer = client.patch(path, data=data, headers=writer, content_type=JSON)
    assert answer.status_code == 422
    deeper = b'{"location":' + data + b"}"
    answer = client.patch(path, data=deeper, headers=writer, content_type=JSON)
    assert answer.status_code == 400


def test_unseen_characters_are_taken_out(client: FlaskClient, writer: Headers) -> None:
    data = b'{"title": "a\\u0000\\u202eb\\u200b", "description": "1\\r\\n2\\u0000\\t3"}'
    created = send(client, writer, data).json
    assert (created["title"], created["description"]) == ("ab", "1\n2\t3")


def test_every_blueprint_reads_bodies_this_way(client: FlaskClient, admin: Headers) -> None:
    path = "/api/v1/cache/clear/"
    answer = client.post(path, data=b'{"cache_type": 1, "x": 1}', headers=admin, content_type=JSON)
    assert {error["pointer"] for error in answer.json["errors"]} == {"#/cache_type", "#/x"}
    assert client.post(path, data=b"{", headers=admin, content_type=JSON).status_code == 400


def test_a_pair_of_surrogates_is_a_character(client: FlaskClient, writer: Headers) -> None:
    assert send(client, writer, b'{"title": "\\ud83d\\ude00"}').json["title"] == "😀"


def test_a_byte_order_mark_is_forgiven(client: FlaskClient, writer: Headers) -> None:
    assert send(client, writer, b'\xef\xbb\xbf{"title": "x"}').status_code == 201


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=latin-1",
        "application/merge-patch+json",
        "application/xml",
        "nonsense",
    ],
)
def test_unsupported_types(client: FlaskClient, writer: Headers, kind: str) -> None:
    answer = send(client, writer, b'{"title": "x"}', kind)
    assert answer.status_code == 415
    assert answer.headers["Accept"] == JSON


def test_content_codings_are_not_taken(client: FlaskClient, writer: Headers) -> None:
    headers = {**writer, "Content-Encoding": "gzip"}
    assert send(client, headers, b"\x1f\x8b").status_code == 415


def test_types_that_are_taken(client: FlaskClient, writer: Headers, make_project: Make) -> None:
    for kind in ("application/json; charset=UTF-8", "Application/JSON"):
        assert send(client, writer, b'{"title": "x"}', kind).status_code == 201
    path = f"{LIST}{make_project()['slug']}/"
    for kind, status in ((JSON, 200), ("application/merge-patch+json", 200), ("text/json", 415)):
        answer = client.patch(path, data=b"{}", headers=writer, content_type=kind)
        assert answer.status_code == status


def test_too_large(client: FlaskClient, writer: Headers, app: APIFlask) -> None:
    limit = app.config["MAX_CONTENT_LENGTH"]
    answer = send(client, writer, b" " * (limit + 1))
    assert answer.status_code == 413
    assert answer.json["detail"] == f"A body may have {limit} bytes here; see MAX_CONTENT_LENGTH."
    assert send(client, writer, b" " * limit).status_code == 400
    assert send(client, writer, b"x" * 10_000_000).status_code == 413


@pytest.mark.parametrize(("size", "status"), [(100, 201), (3_000_000, 413)])
def test_a_body_that_does_not_tell_its_length(
    client: FlaskClient, writer: Headers, size: int, status: int
) -> None:
    body = b'{"title": "x"}' + b" " * size
    answer = client.post(
        LIST,
        input_stream=BytesIO(body),
        headers=writer,
        content_type=JSON,
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert answer.status_code == status


def test_very_many_errors_are_counted_but_not_all_listed(
    client: FlaskClient, writer: Headers
) -> None:
    body = {"title": "x", **{f"field{number}": 1 for number in range(5000)}}
    answer = send(client, writer, json.dumps(body).encode())
    assert answer.status_code == 422
    assert answer.json["detail"] == "5000 things are wrong; the first 100 are listed."
    assert len(answer.json["errors"]) == 100
