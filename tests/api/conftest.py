"""What tests of the API share: tokens, and rows made through the API itself."""

from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portfolio.services.tokens import create_token
from portfolio.vocabulary import Scope
from tests.api.skills import SKILLS, Add
from tests.api.uploads import SMALL, send

Headers = dict[str, str]
Make = Callable[..., dict[str, Any]]


def bearer(app: APIFlask, scope: Scope) -> Headers:
    """The header of a new token."""
    with app.app_context():
        return {"Authorization": f"Bearer {create_token(f'{scope} for tests', scope)}"}


@pytest.fixture
def reader(app: APIFlask) -> Headers:
    return bearer(app, Scope.READ)


@pytest.fixture
def writer(app: APIFlask) -> Headers:
    return bearer(app, Scope.WRITE)


@pytest.fixture
def admin(app: APIFlask) -> Headers:
    return bearer(app, Scope.ADMIN)


@pytest.fixture
def make_profile(client: FlaskClient, writer: Headers) -> Make:
    """Makes a profile through the API and gives what it answered."""

    def make(name: str = "Ines Calder", **fields: Any) -> dict[str, Any]:
        answer = client.post("/api/v1/profiles/", json={"name": name, **fields}, headers=writer)
        assert answer.status_code == 201, answer.text
        return dict(answer.get_json())

    return make


@pytest.fixture
def upload(
    client: FlaskClient, writer: Headers, make_profile: Make, make_project: Make
) -> Callable[..., TestResponse]:
    """Sends an image for a project that is there."""
    make_profile()
    make_project()
    return partial(send, client, writer)


@pytest.fixture
def make_image(client: FlaskClient, writer: Headers) -> Make:
    """Uploads an image through the API and gives what it answered."""

    def make(data: bytes = SMALL, project: str = "tide-tables") -> dict[str, Any]:
        path, body = f"/api/v1/projects/{project}/images/", {"file": (BytesIO(data), "a.png")}
        answer = client.post(path, data=body, headers=writer)
        assert answer.status_code == 201, answer.text
        return dict(answer.get_json())

    return make


@pytest.fixture
def make_project(client: FlaskClient, writer: Headers) -> Make:
    """Makes a project through the API and gives what it answered."""

    def make(title: str = "Tide tables", **fields: Any) -> dict[str, Any]:
        answer = client.post("/api/v1/projects/", json={"title": title, **fields}, headers=writer)
        assert answer.status_code == 201, answer.text
        return dict(answer.get_json())

    return make


@pytest.fixture
def add(client: FlaskClient, writer: Headers) -> Add:
    """Adds a skill and gives what was answered."""

    def post(name: str, place: int | None = None, **members: Any) -> dict[str, Any]:
        query = {"place": place} if place else {}
        body = {"name": name, **members}
        answer = client.post(SKILLS, json=body, query_string=query, headers=writer)
        assert answer.status_code == 201, answer.text
        return dict(answer.json)

    return post
