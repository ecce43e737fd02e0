"""A conversation belongs to who has its secret; it is kept for a time and really deleted."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import text, update
from werkzeug.test import TestResponse

from portfolio.extensions import db
from portfolio.models import Conversation
from portfolio.services.chat.conversations import forget_conversations
from portfolio.vocabulary import CONVERSATION_MESSAGES
from tests.api.conftest import Headers
from tests.conversation.conftest import CONVERSATIONS, SECRET, Ask, messages_of, send

TABLES = ("conversations", "messages", "message_feedback")


@pytest.fixture
def begun(ask: Ask) -> dict[str, Any]:
    """A conversation with one message."""
    return ask("Hello")


def held(begun: dict[str, Any]) -> Headers:
    return {SECRET: begun["access_token"]}


def rows(app: APIFlask) -> list[int]:
    with app.app_context():
        return [db.session.scalar(text(f"SELECT count(*) FROM {table}")) for table in TABLES]


def feedback_of(begun: dict[str, Any]) -> str:
    return f"{messages_of(begun)}{begun['message_id']}/feedback/"


def uses(client: FlaskClient, begun: dict[str, Any], headers: Headers) -> list[TestResponse]:
    """Everything that can be done with a conversation; its deletion last."""
    path = messages_of(begun)
    ask_on = {"question": "And?", "conversation_id": begun["conversation_id"]}
    return [
        client.get(path, headers=headers),
        client.post(path, json={"question": "And?"}, headers=headers),
        client.post("/api/v1/chat/", json=ask_on, headers=headers),
        client.post(feedback_of(begun), json={"rating": "up"}, headers=headers),
        client.delete(path.removesuffix("messages/"), headers=headers),
    ]


def test_it_is_begun_asked_on_read_rated_and_deleted(app: APIFlask, client: FlaskClient) -> None:
    made = client.post(CONVERSATIONS, json={})
    assert made.status_code == 201
    begun = {**made.get_json(), "conversation_id": made.get_json()["id"]}
    path, headers = made.headers["Location"], held(begun)
    assert path == messages_of(begun)
    assert client.get(path, headers=headers).get_json()["items"] == []
    answers = [
        client.post(path, json={"question": question}, headers=headers).get_json()
        for question in ("Hello", "Thanks")
    ]
    assert all(answer["access_token"] is None for answer in answers)
    page = client.get(f"{path}?page_size=1&page=2", headers=headers).get_json()
    assert (page["total"], page["items"][0]["question"]) == (2, "Thanks")
    assert page["links"]["prev"] == f"{path}?page_size=1"
    for rating in ("up", "down"):
        rated = client.post(
            f"{path}{answers[1]['message_id']}/feedback/",
            json={"rating": rating, "comment": "  so\u200b "},
            headers=headers,
        )
        assert (rated.status_code, rated.get_json()["comment"]) == (200, "so")
    item = client.get(path, headers=headers).get_json()["items"][1]
    assert (item["id"], item["feedback"]["rating"]) == (answers[1]["message_id"], "down")
    assert rows(app) == [1, 2, 1]
    assert client.delete(path.removesuffix("messages/"), headers=headers).status_code == 204
    assert rows(app) == [0, 0, 0]
    assert client.get(path, headers=headers).status_code == 404


def test_nobody_else_gets_in(client: FlaskClient, ask: Ask, begun: dict[str, Any]) -> None:
    another = ask("Hello")
    wrong = ["", "x", another["access_token"], begun["access_token"][:-1], "\u00e9" * 22]
    refused = [held({"access_token": secret}) for secret in wrong] + [{}]
    missing = {**begun, "conversation_id": str(uuid.uuid4())}
    for headers in refused:
        for answer in uses(client, begun, headers):
            assert answer.status_code == 404
            assert answer.get_json()["type"] == "/problems/not-found/"
            assert "no-store" in answer.headers["Cache-Control"]
    # What is there and what is not are told alike.
    told = [answer.get_json() for answer in uses(client, begun, refused[0])]
    assert told == [answer.get_json() for answer in uses(client, missing, held(begun))]
    assert client.get(messages_of(begun), headers=held(begun)).get_json()["total"] == 1


def test_a_message_is_rated_in_its_own_conversation_only(
    client: FlaskClient, ask: Ask, begun: dict[str, Any]
) -> None:
    another = ask("Hello")
    crossed = {**begun, "message_id": another["message_id"]}
    answer = client.post(feedback_of(crossed), json={"rating": "up"}, headers=held(begun))
    assert answer.status_code == 404


def test_the_owner_reads_but_does_not_speak(
    client: FlaskClient, reader: Headers, writer: Headers, begun: dict[str, Any]
) -> None:
    statuses = [answer.status_code for answer in uses(client, begun, reader)]
    assert statuses == [200, 404, 404, 404, 404]
    listed = client.get(CONVERSATIONS, headers=reader).get_json()["items"]
    assert [(item["id"], item["messages"]) for item in listed] == [(begun["conversation_id"], 1)]
    assert "token" not in str(listed)
    assert client.get(CONVERSATIONS).status_code == 401
    path = messages_of(begun).removesuffix("messages/")
    assert client.delete(path, headers=writer).status_code == 204


def test_neither_secrets_nor_addresses_are_kept(
    app: APIFlask, client: FlaskClient, begun: dict[str, Any]
) -> None:
    # Of the documentation's own network, so that no other row can have it.
    send(client, {"question": "Hello"}, environ_overrides={"REMOTE_ADDR": "203.0.113.77"})
    with app.app_context():
        for table in TABLES:
            kept = str(db.session.execute(text(f"SELECT t::text FROM {table} AS t")).all())
            assert begun["access_token"] not in kept
            assert "203.0.113" not in kept


def test_unused_conversations_are_forgotten(
    app: APIFlask, client: FlaskClient, ask: Ask, begun: dict[str, Any]
) -> None:
    later = ask("Hello")
    with app.app_context():
        old = datetime.now(UTC) - timedelta(days=31)
        db.session.execute(
            update(Conversation)
            .where(Conversation.id == uuid.UUID(begun["conversation_id"]))
            .values(used_at=old)
        )
        db.session.commit()
        assert forget_conversations(30) == 1
        assert forget_conversations(30) == 0
    assert rows(app) == [1, 1, 0]
    assert client.get(messages_of(later), headers=held(later)).status_code == 200


def test_asking_on_keeps_a_conversation_alive(
    app: APIFlask, ask: Ask, begun: dict[str, Any]
) -> None:
    with app.app_context():
        old = datetime.now(UTC) - timedelta(days=31)
        db.session.execute(update(Conversation).values(used_at=old))
        db.session.commit()
    ask("And?", begun["access_token"], conversation_id=begun["conversation_id"])
    with app.app_context():
        assert forget_conversations(30) == 0


def test_a_conversation_is_about_one_profile(
    client: FlaskClient, ask: Ask, published: str, reader: Headers
) -> None:
    about = ask("Hello", profile=published)
    number, secret = about["conversation_id"], about["access_token"]
    assert ask("And?", secret, conversation_id=number, profile=published)
    body = {"question": "And?", "conversation_id": number, "profile": "somebody-else"}
    answer = send(client, body, secret)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.get_json()["errors"]] == ["#/profile"]
    assert client.post(CONVERSATIONS, json={"profile": "nobody"}).status_code == 422
    listed = client.get(CONVERSATIONS, headers=reader).get_json()["items"]
    assert [item["profile"] for item in listed] == [published]


def test_a_conversation_about_the_default_profile_may_name_it(ask: Ask, published: str) -> None:
    begun = ask("Hello")
    number = begun["conversation_id"]
    assert ask("And?", begun["access_token"], conversation_id=number, profile=published)


def test_what_the_owner_was_shown_is_no_context_for_others(
    ask: Ask, client: FlaskClient, published: str, reader: Headers
) -> None:
    shown = send(client, {"question": "What does Marmot do?"}, headers=reader).get_json()
    assert "digs" in shown["answer"]
    on = {"conversation_id": shown["conversation_id"]}
    answer = ask("What did she do there?", shown["access_token"], **on)
    assert (answer["kind"], answer["citations"], answer["understood"]) == ("refusal", [], "")
    assert "“there”" in answer["answer"]
    # What points at nothing is answered by itself.
    alone = ask("Which databases has she worked with?", remember=False)
    assert (
        ask("Which databases has she worked with?", shown["access_token"], **on)["answer"]
        == alone["answer"]
    )


def test_a_conversation_has_an_end(app: APIFlask, client: FlaskClient, begun: Any) -> None:
    with app.app_context():
        db.session.execute(text(f"UPDATE messages SET number = {CONVERSATION_MESSAGES}"))
        db.session.commit()
    path = messages_of(begun)
    answer = client.post(path, json={"question": "And?"}, headers=held(begun))
    assert answer.status_code == 409


def test_conversations_are_no_content(
    make_app: Callable[..., APIFlask], client: FlaskClient, writer: Headers, begun: Any
) -> None:
    """Neither the history nor the cache hears of them."""
    client.post(feedback_of(begun), json={"rating": "up"}, headers=held(begun))
    client.delete(messages_of(begun).removesuffix("messages/"), headers=writer)
    with make_app().app_context():
        for table in ("changes", "cache_outbox"):
            assert db.session.scalar(text(f"SELECT count(*) FROM {table}")) == 0
