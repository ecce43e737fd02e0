"""Messages to the owner: kept, listed, and passed on until somebody takes them."""

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import text

from portfolio.extensions import celery, db
from portfolio.services.visits.webhook import Delivery
from tests.api.conftest import Headers
from tests.visits.conftest import CONTACT, MESSAGE, Rows, Write


class Webhook:
    """A server that answers with `status` and remembers what it was sent."""

    def __init__(self) -> None:
        self.status = 204
        self.drips = self.talks = False
        self.left = Event()
        self.bodies: list[dict[str, Any]] = []
        webhook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                webhook.bodies.append(json.loads(self.rfile.read(length)))
                self.send_response(webhook.status)
                with suppress(OSError):
                    while webhook.drips:
                        self.wfile.write(b"x")
                        webhook.left.wait(0.02)
                    self.end_headers()
                    while webhook.talks:
                        self.wfile.write(bytes(1_000_000))

            def finish(self) -> None:
                webhook.left.set()
                super().finish()

            def log_message(self, *_arguments: Any) -> None:
                """Nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/hook"


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    webhook = Webhook()
    serving = Thread(target=webhook.server.serve_forever)
    serving.start()
    yield webhook
    webhook.drips = webhook.talks = False  # or a failed test would never end
    webhook.server.shutdown()
    serving.join()
    webhook.server.server_close()


def test_a_message_reaches_the_owners_list(
    client: FlaskClient, reader: Headers, rows: Rows, write: Write
) -> None:
    assert client.post(CONTACT, json=MESSAGE).get_json() == {"accepted": True}
    page = client.get(CONTACT, headers=reader).get_json()
    assert (page["total"], page["items"][0]["sent_at"]) == (1, None)
    assert MESSAGE.items() <= page["items"][0].items()
    assert client.get(CONTACT).status_code == 401
    write()
    told = {**rows("SELECT * FROM contact_messages")[0]}
    session = rows("SELECT id FROM visitor_sessions")[0]["id"]
    assert session not in told.values(), "nothing leads from a name to what it looked at"


def test_programs_are_thanked_and_not_kept(client: FlaskClient, rows: Rows, write: Write) -> None:
    answer = client.post(CONTACT, json={**MESSAGE, "website": "https://buy.example.org"})
    assert (answer.status_code, answer.get_json()) == (202, {"accepted": True})
    write()
    assert rows("SELECT * FROM contact_messages") == rows() == []


def test_messages_are_checked_and_limited(client: FlaskClient, reader: Headers) -> None:
    for wrong, pointer in (
        ({"email": "nobody"}, "#/email"),
        ({"message": " "}, "#/message"),
        ({"message": "x" * 10_001}, "#/message"),
        ({"name": "x" * 101}, "#/name"),
    ):
        answer = client.post(CONTACT, json=MESSAGE | wrong, headers=reader)
        assert answer.status_code == 422
        assert [each["pointer"] for each in answer.get_json()["errors"]] == [pointer]
    statuses = [client.post(CONTACT, json=MESSAGE).status_code for _ in range(4)]
    assert statuses == [202, 202, 202, 429]


def test_the_webhook_is_told_once_and_tried_again_until_it_takes_it(
    make_app: Callable[..., APIFlask],
    webhook: Webhook,
    rows: Rows,
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = make_app(CONTACT_WEBHOOK=webhook.address)
    caplog.set_level(logging.INFO)  # as in the worker
    app.test_client().post(CONTACT, json=MESSAGE)

    def run() -> Any:
        with app.app_context():
            return celery.tasks["portfolio.visitors.send_messages"]()

    def pass_time(minutes: int) -> None:
        moved = f"UPDATE contact_messages SET tried_at = tried_at - interval '{minutes} minutes'"
        with app.app_context():
            db.session.execute(text(moved))
            db.session.commit()

    webhook.status = 500
    assert run() == {"sent": 0}
    assert run() == {"sent": 0}
    assert len(webhook.bodies) == 1, "it is left alone for two minutes"
    pass_time(2)
    run()
    pass_time(3)
    run()
    assert len(webhook.bodies) == 2, "and then for four"
    webhook.status = 204
    pass_time(4)
    assert run() == {"sent": 1}
    assert run() == {"sent": 0}
    assert len(webhook.bodies) == 3
    assert MESSAGE.items() <= webhook.bodies[-1].items()
    assert webhook.bodies[0] == webhook.bodies[-1]
    (row,) = rows("SELECT attempts, sent_at IS NOT NULL AS sent FROM contact_messages")
    assert row == {"attempts": 3, "sent": True}
    assert webhook.address not in caplog.text, "who knows it may send there"


def test_a_webhook_is_not_waited_for_and_not_listened_to_longer_than_agreed(
    webhook: Webhook,
) -> None:
    webhook.drips = True
    begun = time.monotonic()
    assert Delivery(webhook.address, {}, 0.3).deliver() is None
    assert time.monotonic() - begun < 5
    assert webhook.left.wait(5), "the connection is closed, and not only forgotten"
    webhook.left.clear()
    webhook.drips, webhook.talks, webhook.status = False, True, 200
    assert Delivery(webhook.address, {}, 5).deliver() == 200
    assert webhook.left.wait(5), "of the body nothing is read"


def test_without_a_webhook_nothing_is_sent(client: FlaskClient, app: APIFlask, rows: Rows) -> None:
    client.post(CONTACT, json=MESSAGE)
    with app.app_context():
        assert celery.tasks["portfolio.visitors.send_messages"]() == {}
    assert rows("SELECT attempts FROM contact_messages") == [{"attempts": 0}]
