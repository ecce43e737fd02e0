"""Somebody who uploads images, and a look at the files that come of it."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

from apiflask import APIFlask
from flask.testing import FlaskClient

from portfolio.services.images import media_store
from portfolio.services.tokens import create_token
from portfolio.vocabulary import Scope
from tests.services.pictures import encoded, gradient

NOW = timedelta(seconds=-5)
"""A grace that every file has outlived."""


def files(app: APIFlask) -> set[str]:
    with app.app_context():
        return set(media_store.list_old_files(datetime.now(UTC) + timedelta(hours=1)))


class Owner:
    """A client that writes, with a project to write to."""

    def __init__(self, app: APIFlask) -> None:
        with app.app_context():
            token = create_token("owner", Scope.WRITE)
        self.headers = {"Authorization": f"Bearer {token}"}
        self.client: FlaskClient = app.test_client()
        for path, body in (("profiles", {"name": "Ines"}), ("projects", {"title": "Tide"})):
            self.client.post(f"/api/v1/{path}/", json=body, headers=self.headers)

    images = "/api/v1/projects/tide/images/"

    def upload(self, turn: int = 0) -> int:
        body = {"file": (BytesIO(encoded(gradient(40, 30, turn))), "a.png")}
        return self.client.post(self.images, data=body, headers=self.headers).status_code

    def delete_all(self) -> None:
        for item in self.client.get(self.images).json["items"]:
            self.client.delete(f"{self.images}{item['id']}/", headers=self.headers)
