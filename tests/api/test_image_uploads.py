"""The form that carries an image: what of it is read, and what is refused."""

from collections.abc import Callable
from io import BytesIO

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.conftest import Headers
from tests.api.uploads import IMAGES, SMALL, Upload, errors, send
from tests.services.pictures import encoded, gradient

PART = b'Content-Disposition: form-data; name="file"; filename="a"'
PIECES = [b"--a", b"--a--", b"\r\n", b"\r\n\r\n", b"Content-Disposition: form-data", PART, SMALL]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_every_format_by_content_not_by_name(upload: Upload, form: str) -> None:
    assert upload(encoded(gradient(40, 30), form)).status_code == 201


def test_what_is_refused_of_a_form(client: FlaskClient, writer: Headers, upload: Upload) -> None:
    assert errors(upload(b"<svg/>")).keys() == {"#/file"}
    assert errors(upload(b"")).keys() == {"#/file"}
    assert errors(upload(alt="x" * 201, colour="red")).keys() == {"#/alt", "#/colour"}
    twice = client.post(
        IMAGES,
        data={"file": [(BytesIO(SMALL), "a"), (BytesIO(SMALL), "b")], "alt": ["a", "b"]},
        headers=writer,
    )
    assert errors(twice) == {
        "#/file": "is given more than once",
        "#/alt": "is given more than once",
    }
    text = client.post(
        IMAGES,
        data={"file": "a picture"},
        headers=writer,
        content_type="multipart/form-data",
    )
    assert errors(text) == {"#/file": "Input should be a file: a part that has a filename"}
    nothing = client.post(IMAGES, data={}, headers=writer, content_type="multipart/form-data")
    assert errors(nothing) == {"#/file": "is required"}
    file = client.post(
        IMAGES,
        data={"file": (BytesIO(SMALL), "a"), "alt": (BytesIO(b"a"), "b")},
        headers=writer,
    )
    assert errors(file).keys() == {"#/alt"}
    assert client.get(IMAGES).json["items"] == []


def test_words_that_are_no_utf_8(client: FlaskClient, writer: Headers) -> None:
    part = '--a\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    head, next_one = part.format("file", '; filename="a"'), part.format("caption", "")
    body = b"%b%b\r\n%bCaf\xe9\r\n--a--\r\n" % (head.encode(), SMALL, next_one.encode())
    answer = client.post(
        IMAGES, data=body, headers={**writer, "Content-Type": "multipart/form-data; boundary=a"}
    )
    assert errors(answer) == {"#/caption": "Input should be UTF-8"}


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", b"{}", 415),
        ("image/png", SMALL, 415),
        ("multipart/form-data", b"--a\r\n", 400),
        ("multipart/form-data; boundary=a", b"", 422),
        ("multipart/form-data; boundary=a", b"--b--", 400),
        ("multipart/form-data; boundary=a", b"--a\r\nContent-Disposition: form-data", 400),
        ("multipart/form-data; boundary=a", b"--a\r\n\r\nx\r\n--a--\r\n", 400),
    ],
)
def test_a_body_that_is_no_form(
    client: FlaskClient, writer: Headers, upload: Upload, kind: str, body: bytes, status: int
) -> None:
    answer = client.post(IMAGES, data=body, headers=writer, content_type=kind)
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"


def test_too_many_bytes(make_app: Callable[..., APIFlask], writer: Headers, upload: Upload) -> None:
    client = make_app(IMAGE_MAX_BYTES="100000").test_client()
    noise = encoded(gradient(40, 30)) + bytes(100_000)
    assert send(client, writer, noise).status_code == 413
    assert send(client, writer, noise[:100_001]).status_code == 413
    refused = send(client, writer, noise + bytes(100_000))
    words = f"A body may have {100_000 + 64 * 1024} bytes here; see IMAGE_MAX_BYTES."
    assert (refused.status_code, refused.json["detail"]) == (413, words)
    assert send(client, writer, SMALL, alt="x" * 200_000).status_code == 413
    assert send(client, writer, noise[:100_000]).status_code == 201
    # More than others may send; and others still may not.
    client = make_app(MAX_CONTENT_LENGTH="1000").test_client()
    assert send(client, writer, noise).status_code == 201
    body = {"title": "x" * 1000}
    assert client.post("/api/v1/projects/", json=body, headers=writer).status_code == 413


def test_a_body_of_unknown_length(
    make_app: Callable[..., APIFlask], writer: Headers, upload: Upload
) -> None:
    client = make_app(IMAGE_MAX_BYTES="100000").test_client()
    for size, status in ((10, 201), (300_000, 413)):
        body = (
            b'--a\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
            + SMALL
            + bytes(size)
            + b"\r\n--a--\r\n"
        )
        answer = client.post(
            IMAGES,
            input_stream=BytesIO(body),
            headers=writer,
            content_type="multipart/form-data; boundary=a",
            environ_overrides={"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
        )
        assert answer.status_code == status, answer.text


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(
    body=st.lists(st.sampled_from(PIECES) | st.binary(max_size=20)).map(b"".join),
    parameters=st.sampled_from(["; boundary=a", "; boundary=", "", "; boundary=a; charset=utf-7"]),
)
def test_a_body_of_anything_is_no_internal_error(
    client: FlaskClient, writer: Headers, upload: Upload, body: bytes, parameters: str
) -> None:
    kind = f"multipart/form-data{parameters}"
    answer = client.post(IMAGES, data=body, headers=writer, content_type=kind)
    assert answer.status_code in (201, 400, 409, 415, 422), answer.text
