"""What tests of sections share: a profile, and skills added to it."""

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient

PROFILE = "/api/v1/profiles/ines-calder/"
SKILLS = f"{PROFILE}skills/"

Add = Callable[..., dict[str, Any]]


def address(section: str) -> str:
    return f"{PROFILE}{section.replace('_', '-')}/"


def names(client: FlaskClient) -> list[str]:
    return [item["name"] for item in client.get(f"{SKILLS}?page_size=100").json["items"]]
