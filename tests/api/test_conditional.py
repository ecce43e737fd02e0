"""If-Match (RFC 9110, 13.1.1) with the tags that GET gives, and writers that race."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.api.conftest import Headers, Make

PATH = "/api/v1/projects/tide-tables/"
PROFILE = "/api/v1/profiles/ines-calder/"


@pytest.fixture(autouse=True)
def rows(make_profile: Make, make_project: Make) -> None:
    make_profile(email="ines@example.org")
    make_project()


def tag(client: FlaskClient, path: str = PATH, headers: Headers | None = None) -> str:
    return str(client.get(path, headers=headers).headers["ETag"])


def patch(client: FlaskClient, headers: Headers, if_match: str, path: str = PATH) -> int:
    body = {"summary": "Changed"}
    return client.patch(path, json=body, headers={**headers, "If-Match": if_match}).status_code


def test_the_tag_of_an_anonymous_get(client: FlaskClient, writer: Headers) -> None:
    first = tag(client)
    assert tag(client) == first, "a hit has the tag of the miss before it"
    assert patch(client, writer, first) == 200
    assert patch(client, writer, first) == 412
    assert patch(client, writer, tag(client)) == 200


def test_the_tag_of_an_authorised_get(
    client: FlaskClient, writer: Headers, reader: Headers
) -> None:
    client.patch(PATH, json={"visibility": "draft"}, headers=writer)
    assert patch(client, writer, tag(client, headers=reader)) == 200
    anonymous, private = tag(client, PROFILE), tag(client, PROFILE, reader)
    assert anonymous != private, "the private e-mail address makes another representation"
    assert patch(client, writer, private, PROFILE) == 200
    assert patch(client, writer, anonymous, PROFILE) == 412
    assert patch(client, writer, tag(client, PROFILE), PROFILE) == 200


def test_the_tag_that_a_write_answers_with(client: FlaskClient, writer: Headers) -> None:
    answer = client.patch(PATH, json={"featured": True}, headers=writer)
    assert patch(client, writer, answer.headers["ETag"]) == 200


@pytest.mark.parametrize(
    ("template", "status"),
    [
        ("*", 200),
        ('"other", {tag}', 200),
        ('"other",{tag} , "another"', 200),
        ("W/{tag}", 412),
        ('W/{tag}, "other"', 412),
        ('"{bare}-gzip"', 200),
        ('"{bare}x"', 412),
        ('"other"', 412),
        ('""', 412),
        ("", 412),
        (",", 412),
        ('"*"', 412),
    ],
)
def test_forms(client: FlaskClient, writer: Headers, template: str, status: int) -> None:
    current = tag(client)
    if_match = template.format(tag=current, bare=current.strip('"'))
    assert patch(client, writer, if_match) == status
    assert (client.get(PATH).json["summary"] == "Changed") == (status == 200)


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize(("path", "body"), [(PATH, {"title": "T"}), (PROFILE, {"name": "N"})])
def test_other_methods(
    client: FlaskClient, writer: Headers, method: str, path: str, body: dict[str, str]
) -> None:
    stale = {**writer, "If-Match": '"stale"'}
    assert client.open(path, method=method, json=body, headers=stale).status_code == 412
    current = {**writer, "If-Match": tag(client, path)}
    assert client.open(path, method=method, json=body, headers=current).status_code in (200, 204)


def test_the_condition_matters_only_where_the_request_would_succeed(
    client: FlaskClient, writer: Headers
) -> None:
    headers = {**writer, "If-Match": '"stale"'}
    missing = "/api/v1/projects/missing/"
    assert client.patch(missing, json={}, headers={**writer, "If-Match": "*"}).status_code == 404
    assert client.patch(PATH, json={}, headers={"If-Match": "*"}).status_code == 401
    assert client.put(PATH, json={"title": ""}, headers=headers).status_code == 422


def test_of_racing_writers_with_the_same_tag_one_wins(app: APIFlask, writer: Headers) -> None:
    for path in (PATH, PROFILE):
        for _ in range(5):
            current = tag(app.test_client(), path)
            start = Barrier(6)

            def write(number: int, path: str = path, current: str = current) -> int:
                start.wait()  # noqa: B023 - all six run within this iteration
                return (
                    app.test_client()
                    .patch(
                        path,
                        json={"summary": f"{current} {number}"},
                        headers={**writer, "If-Match": current},
                    )
                    .status_code
                )

            with ThreadPoolExecutor(6) as pool:
                assert sorted(pool.map(write, range(6))) == [200, 412, 412, 412, 412, 412]
