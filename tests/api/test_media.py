"""The files of images: who gets them, with what headers, and from which names."""

from collections.abc import Callable
from io import BytesIO

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from PIL import Image

from tests.api.conftest import Headers, Make
from tests.waiting import until

PROJECT = "/api/v1/projects/tide-tables/"
NAME = "0" * 64


@pytest.fixture
def file(make_profile: Make, make_project: Make, make_image: Make) -> dict[str, str]:
    """The whole file of an image of a public project."""
    make_profile(visibility="public")
    make_project(visibility="public")
    return dict(make_image()["file"])


def test_a_file_is_for_ever_and_for_looking_only(client: FlaskClient, file: dict[str, str]) -> None:
    answer = client.get(file["url"])
    assert answer.status_code == 200
    assert answer.content_type == "image/png"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == "inline"
    assert answer.headers.getlist("Content-Security-Policy") == ["default-src 'none'; sandbox"]
    assert "Set-Cookie" not in answer.headers
    assert answer.content_length == len(answer.data) == file["bytes"]
    assert Image.open(BytesIO(answer.data)).size == (file["width"], file["height"])


def test_head_conditions_and_ranges(client: FlaskClient, file: dict[str, str]) -> None:
    url, whole = file["url"], client.get(file["url"])
    etag = whole.headers["ETag"]
    assert etag == f'"{url.split("/")[-1].partition(".")[0]}"'
    head = client.head(url)
    assert (head.status_code, head.data, head.content_length) == (200, b"", file["bytes"])
    same = client.get(url, headers={"If-None-Match": f'W/"x", {etag}'})
    assert (same.status_code, same.data) == (304, b"")
    assert client.get(url, headers={"If-None-Match": '"x"'}).data == whole.data
    part = client.get(url, headers={"Range": "bytes=2-9"})
    assert (part.status_code, part.data) == (206, whole.data[2:10])
    assert part.headers["Content-Range"] == f"bytes 2-9/{file['bytes']}"
    assert client.get(url, headers={"Range": "bytes=-3"}).data == whole.data[-3:]
    beyond = client.get(url, headers={"Range": "bytes=999999-"})
    assert (beyond.status_code, beyond.json["type"]) == (416, "/problems/range-not-satisfiable/")
    assert beyond.headers["Content-Range"] == f"bytes */{file['bytes']}"
    assert client.get(beyond.json["type"]).text.startswith("416 ")
    for all_of_it in ("bytes=0-1,3-4", "pages=1-2", "bytes=x", "x", "bytes=5-2", "bytes", ""):
        answer = client.get(url, headers={"Range": all_of_it})
        assert (answer.status_code, answer.data) == (200, whole.data), all_of_it
    assert client.get(url, headers={"Range": "bytes=0-1", "If-Range": '"x"'}).data == whole.data
    assert client.post(url).status_code == 405


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["media", "/static/site.css", "/api/v1/openapi.json"])
def test_if_match_is_met_or_answered_with_a_problem(
    client: FlaskClient, file: dict[str, str], path: str, method: str
) -> None:
    url = file["url"] if path == "media" else path
    with client.get(url) as whole:
        etag = whole.headers["ETag"]
    for met in ("*", etag, f'"x", {etag}'):
        with client.open(url, method=method, headers={"If-Match": met}) as answer:
            assert answer.status_code == 200
            assert method == "HEAD" or answer.content_length == len(answer.data) > 0
    with client.get(url, headers={"If-Match": "*", "If-None-Match": etag}) as known:
        assert known.status_code == 304
    for unmet in ('"x"', f"W/{etag}", ""):
        answer = client.open(url, method=method, headers={"If-Match": unmet, "Range": "bytes=0-1"})
        assert (answer.status_code, answer.headers["Cache-Control"]) == (412, "no-store")
        assert answer.content_type == "application/problem+json"
        assert method == "HEAD" or answer.json["type"] == "/problems/precondition-failed/"
        assert method == "HEAD" or answer.content_length == len(answer.data)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_file_that_is_missing_from_the_store(
    app: APIFlask, client: FlaskClient, file: dict[str, str], method: str
) -> None:
    (app.config["MEDIA_LOCATION"] / file["url"].split("/")[-1]).unlink()
    assert client.open(file["url"], method=method).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        *(f"{NAME}.png", f"{NAME}.svg", f"{NAME}", f"{NAME}.png/", f"{NAME[1:]}.png"),
        *("", "..", "../../etc/passwd", "%2e%2e%2fetc%2fpasswd", f"..%2f{NAME}.png"),
        *(f"{'A' * 64}.png", f"{NAME}.png%0a", f"{NAME}.png%00", f"a/{NAME}.png", f"%5c{NAME}.png"),
    ],
)
def test_other_names_are_nothing(client: FlaskClient, file: dict[str, str], path: str) -> None:
    answer = client.get(f"/media/{path}")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("draft", ["project", "profile"])
def test_drafts_show_their_files_to_nobody_without_a_token(
    client: FlaskClient, writer: Headers, reader: Headers, file: dict[str, str], draft: str
) -> None:
    url = file["url"]
    path = PROJECT if draft == "project" else "/api/v1/profiles/ines-calder/"
    for _ in range(2):
        assert client.get(url).status_code == 200
        client.patch(path, json={"visibility": "draft"}, headers=writer)
        assert client.get(url).status_code == 404
        assert client.head(url).status_code == 404
        assert client.get(url, headers={"If-None-Match": f'"{url[7:71]}"'}).status_code == 404
        shown = client.get(url, headers=reader)
        assert shown.status_code == 200
        assert shown.headers["Cache-Control"] == "private, no-store"
        assert client.get(url, headers={"Authorization": "Bearer no"}).status_code == 401
        client.patch(path, json={"visibility": "unlisted"}, headers=writer)


def test_a_file_of_a_draft_and_of_a_public_project_is_public(
    client: FlaskClient, make_project: Make, make_image: Make, file: dict[str, str]
) -> None:
    make_project("Secret", visibility="draft")
    assert make_image(project="secret")["file"]["url"] == file["url"]
    assert client.get(file["url"]).status_code == 200


def test_images_of_drafts_are_listed_for_token_holders_only(
    client: FlaskClient, reader: Headers, make_profile: Make, make_project: Make, make_image: Make
) -> None:
    make_profile()
    make_project(visibility="draft")
    image = make_image()
    for path in (f"{PROJECT}images/", f"{PROJECT}images/{image['id']}/"):
        assert client.get(path).status_code == 404
        assert client.get(path, headers=reader).status_code == 200


def test_another_process_sees_it_at_once(
    make_app: Callable[..., APIFlask], client: FlaskClient, writer: Headers, file: dict[str, str]
) -> None:
    other = make_app().test_client()
    assert other.get(file["url"]).status_code == 200
    client.patch(PROJECT, json={"visibility": "draft"}, headers=writer)
    until(lambda: other.get(file["url"]).status_code == 404, seconds=2)
