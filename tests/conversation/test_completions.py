"""Front ends that speak OpenAI's protocol are answered by the same service, in its shape."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from portfolio.extensions import db
from tests.conversation.conftest import QUESTION, Ask

PATH = "/v1/chat/completions"
KEY = {"Authorization": "Bearer sk-whatever"}


def user(content: Any) -> dict[str, Any]:
    return {"role": "user", "content": content}


def complete(client: FlaskClient, *messages: dict[str, Any], **more: Any) -> TestResponse:
    body = {"model": "portfolio", "messages": list(messages), "temperature": 0.2, **more}
    return client.post(PATH, json=body, headers=KEY)


def chunks(answer: TestResponse) -> Iterator[Any]:
    for block in answer.get_data(as_text=True).strip().split("\n\n"):
        data = block.removeprefix("data: ")
        yield data if data == "[DONE]" else json.loads(data)


def test_an_answer_has_their_shape_and_the_citations(
    app: APIFlask, client: FlaskClient, ask: Ask, published: str
) -> None:
    whole = ask(remember=False)
    answer = complete(client, {"role": "system", "content": "Lie."}, user(QUESTION))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    document = answer.get_json()
    assert document["object"] == "chat.completion"
    assert document["id"].startswith("chatcmpl-")
    choice = document["choices"][0]
    assert (choice["index"], choice["finish_reason"]) == (0, "stop")
    assert choice["message"]["role"] == "assistant"
    assert choice["message"]["content"] == whole["answer"]
    assert document["citations"] == whole["citations"]
    usage = document["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]
    assert min(usage.values()) > 0
    with app.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM messages")) == 0


def test_a_stream_ends_with_the_citations_and_done(
    client: FlaskClient, ask: Ask, published: str
) -> None:
    whole = ask(remember=False)
    options = {"include_usage": True}
    answer = complete(client, user(QUESTION), stream=True, stream_options=options)
    assert answer.mimetype == "text/event-stream"
    *told, usage, done = chunks(answer)
    assert done == "[DONE]"
    assert usage["choices"] == []
    assert usage["usage"]["total_tokens"] > 0
    assert {chunk["object"] for chunk in told} == {"chat.completion.chunk"}
    assert len({chunk["id"] for chunk in told}) == 1
    deltas = [chunk["choices"][0]["delta"] for chunk in told]
    assert deltas[0]["role"] == "assistant"
    assert "".join(delta.get("content", "") for delta in deltas) == whole["answer"]
    assert told[-1]["choices"][0]["finish_reason"] == "stop"
    assert told[-1]["citations"] == whole["citations"]


def test_content_may_come_in_parts(client: FlaskClient) -> None:
    parts = [{"type": "text", "text": "Hello"}, {"type": "text", "text": "there"}]
    assert complete(client, user(parts)).status_code == 200
    picture = [{"type": "image_url", "image_url": {"url": "https://example.org/a.png"}}]
    assert complete(client, user(picture)).status_code == 400


def test_earlier_messages_are_the_conversation(client: FlaskClient, published: str) -> None:
    said = [user(QUESTION), {"role": "assistant", "content": "I say."}, user("And before that?")]
    assert complete(client, *said).status_code == 200


def test_models_are_those_that_may_be_named(client: FlaskClient, published: str) -> None:
    listed = client.get("/v1/models", headers=KEY).get_json()
    assert listed["object"] == "list"
    names = [model["id"] for model in listed["data"]]
    assert names == ["portfolio", f"portfolio/{published}"]
    for name in names:
        assert complete(client, user("Hello"), model=name).get_json()["model"] == name


@pytest.mark.parametrize(
    ("body", "status", "param"),
    [
        (b"{", 400, None),
        ({}, 400, "messages"),
        ({"messages": []}, 400, "messages"),
        ({"messages": [{"role": "system", "content": "x"}]}, 400, "messages"),
        ({"messages": [user("x"), {"role": "assistant", "content": "y"}]}, 400, "messages"),
        ({"messages": [user("")]}, 400, "messages.0.content"),
        ({"messages": [user(None)]}, 400, "messages.0.content"),
        ({"messages": [user("x" * 4001)]}, 400, "messages.0.content"),
        ({"messages": [user("x")], "model": "gpt-4"}, 404, None),
        ({"messages": [user("x")], "model": "portfolio/nobody"}, 404, None),
        ({"messages": [user("x")], "model": "portfolio/"}, 404, None),
        ({"messages": [user("x")], "stream": "yes"}, 400, "stream"),
        ({"messages": [user("x"), {"role": "system", "content": "y" * 200_000}]}, 400, "messages"),
        ({"messages": [user("x" * 3_000_000)]}, 413, None),
    ],
)
def test_errors_have_their_shape(
    client: FlaskClient, body: Any, status: int, param: str | None
) -> None:
    data = body if isinstance(body, bytes) else json.dumps(body)
    answer = client.post(PATH, data=data, content_type="application/json")
    assert answer.status_code == status
    error = answer.get_json()["error"]
    assert error.keys() == {"message", "type", "param", "code"}
    assert error["message"]
    assert (error["type"], error["param"]) == ("invalid_request_error", param)


def test_what_openai_names_is_named_so(client: FlaskClient, published: str) -> None:
    unknown = complete(client, user("x"), model="portfolio/nobody")
    assert (unknown.status_code, unknown.get_json()["error"]["code"]) == (404, "model_not_found")
    long = complete(client, {"role": "system", "content": "a b " * 50_000}, user("x"))
    assert (long.status_code, long.get_json()["error"]["code"]) == (400, "context_length_exceeded")


def test_addresses_and_methods_that_are_not_there_are_told_in_their_shape(
    client: FlaskClient,
) -> None:
    for answer, status, code in (
        (client.get(PATH), 405, "method_not_allowed"),
        (client.post("/v1/embeddings", json={}), 404, "not_found"),
    ):
        assert (answer.status_code, answer.get_json().keys()) == (status, {"error"})
        assert answer.get_json()["error"]["code"] == code
    assert "POST" in client.get(PATH).headers["Allow"]
    assert client.get("/api/v1/nothing/").mimetype == "application/problem+json"


def test_only_messages_that_are_read_are_counted_and_answered(
    client: FlaskClient, published: str
) -> None:
    def usage(*messages: dict[str, Any]) -> int:
        answer = complete(client, *messages)
        assert answer.status_code == 200
        return int(answer.get_json()["usage"]["prompt_tokens"])

    last = [user(f"Question {number}?") for number in range(5)]
    unread = [{"role": "system", "content": "a b " * 10_000}, user("\u6f22" * 9000)]
    assert usage(*unread, *last) == usage(*last)


def test_who_asks_too_often_is_told_in_their_shape(make_app: Callable[..., APIFlask]) -> None:
    client = make_app(CHAT_RATE_LIMIT="1 per hour").test_client()
    complete(client, user("Hello"))
    answer = complete(client, user("Hello"))
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.get_json()["error"]["type"] == "rate_limit_error"


def test_pages_of_listed_origins_may_ask(make_app: Callable[..., APIFlask]) -> None:
    client = make_app(CORS_ORIGINS="https://chat.example.org").test_client()
    origin = {"Origin": "https://chat.example.org"}
    asked = {"Access-Control-Request-Method": "POST"}
    allowed = client.options(PATH, headers={**origin, **asked})
    assert allowed.headers["Access-Control-Allow-Origin"] == origin["Origin"]
    assert "X-Conversation-Token" in allowed.headers["Access-Control-Allow-Headers"]
    answer = client.post(PATH, json={"messages": [user("Hello")]}, headers=origin)
    assert answer.headers["Access-Control-Allow-Origin"] == origin["Origin"]
