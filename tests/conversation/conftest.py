"""A portfolio whose text is embedded, and somebody who asks."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.api.conftest import reader as reader
from tests.api.conftest import writer as writer
from tests.knowledge.conftest import Index
from tests.knowledge.conftest import environment as environment
from tests.knowledge.conftest import index as index
from tests.knowledge.conftest import sample as sample

CHAT = "/api/v1/chat/"
CONVERSATIONS = "/api/v1/conversations/"
SECRET = "X-Conversation-Token"
QUESTION = "Which databases has she worked with?"

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def published(sample: str, index: Index) -> str:
    """The slug of the sample's profile, with all of its text embedded."""
    index()
    return sample


@pytest.fixture
def ask(client: FlaskClient) -> Ask:
    """Asks a question and gives the answer's document."""

    def post(question: str = QUESTION, secret: str = "", **members: Any) -> dict[str, Any]:
        answer = send(client, {"question": question, **members}, secret)
        assert answer.status_code == 200, answer.text
        return dict(answer.get_json())

    return post


def send(client: FlaskClient, body: dict[str, Any], secret: str = "", **more: Any) -> TestResponse:
    """A question as it is sent."""
    headers = {SECRET: secret} if secret else {}
    return client.post(CHAT, json=body, headers=headers | more.pop("headers", {}), **more)


def messages_of(answer: dict[str, Any]) -> str:
    """The address of the messages of the conversation that an answer began."""
    return f"{CONVERSATIONS}{answer['conversation_id']}/messages/"


def events(answer: TestResponse) -> Iterator[tuple[str, dict[str, Any]]]:
    """The events of a stream."""
    for block in answer.get_data(as_text=True).split("\n\n"):
        if block:
            name, data = block.split("\n")
            yield name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def resolve(document: Any, pointer: str) -> Any:
    """The value to which a JSON Pointer leads."""
    for step in pointer.split("/")[1:]:
        document = document[int(step)] if isinstance(document, list) else document[step]
    return document


def other_process(make_app: Callable[..., APIFlask]) -> FlaskClient:
    """A client of another application on the same servers."""
    return make_app().test_client()
