"""What tests of visits share: a browser that tells what it does, and the worker's part."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from portfolio.extensions import db
from portfolio.services.visits import queue
from portfolio.services.visits.draining import write_queued
from portfolio.services.visits.queue import event_queue
from tests.api.conftest import make_profile as make_profile
from tests.api.conftest import make_project as make_project
from tests.api.conftest import reader as reader
from tests.api.conftest import writer as writer

EVENTS = "/api/v1/visitors/events/"
SESSIONS = "/api/v1/visitors/sessions/"
CONTACT = "/api/v1/contact/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
MESSAGE = {"name": "Ines", "email": "ines@calder.example.org", "message": "May I call you?"}
PAGE_VIEW = {"kind": "page_view", "path": "/"}

Rows = Callable[..., list[dict[str, Any]]]
Write = Callable[[], dict[str, int]]


def send(client: FlaskClient, *events: dict[str, Any], **headers: str) -> TestResponse:
    """Events as a browser's beacon sends them."""
    return client.post(
        EVENTS,
        data=json.dumps({"events": events}),
        content_type="text/plain;charset=UTF-8",
        headers={"User-Agent": FIREFOX, **headers},
    )


@pytest.fixture
def patience() -> float:
    """Seconds to wait for Redis, which stands still for one now and then on a busy machine."""
    return 10


@pytest.fixture(autouse=True)
def patient_with_events(patience: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "PATIENCE", patience)


@pytest.fixture
def rows(app: APIFlask) -> Rows:
    """What a statement finds."""

    def find(statement: str = "SELECT * FROM visitor_events ORDER BY number") -> Any:
        with app.app_context():
            return [dict(row) for row in db.session.execute(text(statement)).mappings()]

    return find


@pytest.fixture
def write(app: APIFlask) -> Write:
    """Does what the worker does every few seconds."""

    def run() -> dict[str, int]:
        with app.app_context():
            return write_queued()

    return run


@pytest.fixture
def counts(app: APIFlask) -> Write:
    """What has become of events, without what never happened."""

    def read() -> dict[str, int]:
        with app.app_context():
            described = event_queue().describe()
        return {name: count for name, count in described.items() if count and name != "room"}

    return read
