"""What tests of images share: a project to upload to, and the forms that do it."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.services.pictures import encoded, gradient

IMAGES = "/api/v1/projects/tide-tables/images/"

SMALL = encoded(gradient(40, 30))

Upload = Callable[..., TestResponse]


def picture(turn: int) -> bytes:
    return encoded(gradient(40, 30, turn))


def send(
    client: FlaskClient, headers: dict[str, str], data: bytes = SMALL, **fields: Any
) -> TestResponse:
    body = {"file": (BytesIO(data), "../../etc/passwd.svg", "text/html"), **fields}
    return client.post(IMAGES, data=body, headers=headers)


def errors(answer: TestResponse) -> dict[str, str]:
    assert answer.status_code == 422, answer.text
    assert answer.content_type == "application/problem+json"
    return {error["pointer"]: error["detail"] for error in answer.json["errors"]}
