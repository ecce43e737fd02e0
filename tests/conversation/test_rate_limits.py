"""Who asks too often is told when to come back, wherever the count is kept."""

import os
import signal
from collections.abc import Callable

import pytest
import redis
from apiflask import APIFlask
from flask.testing import FlaskClient

from portfolio import chat_settings
from portfolio.config import Settings, SettingsError
from portfolio.local.embedded import embedded_servers
from portfolio.rate_limits import find_client
from tests.api.conftest import Headers
from tests.conversation.conftest import CHAT, CONVERSATIONS, messages_of, send
from tests.waiting import until

HELLO = {"question": "Hello", "remember": False}


@pytest.fixture
def app(make_app: Callable[..., APIFlask]) -> APIFlask:
    """An application that lets everybody ask twice an hour."""
    return make_app(CHAT_RATE_LIMIT="2 per hour", TRUSTED_PROXIES="192.0.2.0/24")


def statuses(client: FlaskClient, count: int = 3, address: str = "203.0.113.7") -> list[int]:
    place = {"REMOTE_ADDR": address}
    return [send(client, HELLO, environ_overrides=place).status_code for _ in range(count)]


def test_who_asks_too_often_is_told_when_to_come_back(client: FlaskClient) -> None:
    assert statuses(client) == [200, 200, 429]
    answer = send(client, HELLO, environ_overrides={"REMOTE_ADDR": "203.0.113.7"})
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["type"] == "/problems/too-many-requests/"
    assert answer.get_json()["detail"] == "One visitor may send 2 per hour."
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    assert statuses(client, address="203.0.113.8") == [200, 200, 429]


def test_all_doors_have_one_limit(client: FlaskClient) -> None:
    begun = client.post(CHAT, json={"question": "Hello"}).get_json()
    assert client.post(CONVERSATIONS, json={}).status_code == 201
    headers = {"X-Conversation-Token": begun["access_token"]}
    path = messages_of(begun)
    for answer in (
        client.post(path, json={"question": "And?"}, headers=headers),
        client.post(f"{path}{begun['message_id']}/feedback/", json={"rating": "up"}),
        client.post("/v1/chat/completions", json={"messages": []}),
    ):
        assert answer.status_code == 429
    # Reading what one was answered, and taking it back, are not asking.
    assert client.get(path, headers=headers).status_code == 200
    assert client.delete(path.removesuffix("messages/"), headers=headers).status_code == 204


def test_reading_is_not_limited(client: FlaskClient) -> None:
    statuses(client)
    assert {client.get("/api/v1/projects/").status_code for _ in range(4)} == {200}


def test_the_owner_is_not_limited(client: FlaskClient, reader: Headers) -> None:
    assert {send(client, HELLO, headers=reader).status_code for _ in range(4)} == {200}


def test_the_count_is_shared_and_names_nobody(
    make_app: Callable[..., APIFlask], client: FlaskClient, environment: dict[str, str]
) -> None:
    assert statuses(client, 2) == [200, 200]
    other = make_app(CHAT_RATE_LIMIT="2 per hour").test_client()
    assert statuses(other, 1) == [429]
    with redis.Redis.from_url(environment["CELERY_BROKER_URL"]) as durable:
        keys = durable.keys("*:limits:*")
        assert keys
        assert b"203.0.113" not in b" ".join(keys)
        assert all(0 < durable.ttl(key) <= 3600 for key in keys)


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.7", [], "203.0.113.7"),
        # Who is no proxy of ours may say what it likes.
        ("203.0.113.7", ["198.51.100.1"], "203.0.113.7"),
        ("192.0.2.1", ["198.51.100.1"], "198.51.100.1"),
        ("192.0.2.1", ["10.9.9.9, 198.51.100.1"], "198.51.100.1"),
        ("192.0.2.1", ["10.9.9.9", "198.51.100.1, 192.0.2.2"], "198.51.100.1"),
        ("192.0.2.1", ["198.51.100.1:4444"], "198.51.100.1"),
        ("192.0.2.1", ["[2001:db8:1:2::6]:443"], "2001:db8:1:2::/64"),
        ("192.0.2.1", ["nonsense"], "192.0.2.1"),
        ("192.0.2.1", [""], "192.0.2.1"),
        ("::ffff:192.0.2.1", ["198.51.100.1"], "198.51.100.1"),
        ("2001:db8:1:2:3:4:5:6", [], "2001:db8:1:2::/64"),
        ("", ["198.51.100.1"], "unknown"),
    ],
)
def test_addresses_are_believed_from_our_proxies_only(
    peer: str, forwarded: list[str], client: str
) -> None:
    assert find_client(peer, forwarded, ("192.0.2.0/24",)) == client


def test_behind_a_proxy_visitors_are_told_apart(client: FlaskClient) -> None:
    def ask_as(visitor: str) -> int:
        place = {"REMOTE_ADDR": "192.0.2.1"}
        headers = {"X-Forwarded-For": f"10.0.0.1, {visitor}"}
        return send(client, HELLO, headers=headers, environ_overrides=place).status_code

    assert [ask_as("198.51.100.1") for _ in range(3)] == [200, 200, 429]
    assert ask_as("198.51.100.2") == 200


@pytest.mark.parametrize(
    "setting", [{"CHAT_RATE_LIMIT": "often"}, {"TRUSTED_PROXIES": "10.0.0.1/8"}]
)
def test_unusable_settings_are_refused(
    environment: dict[str, str], setting: dict[str, str]
) -> None:
    with pytest.raises(SettingsError, match=next(iter(setting))):
        Settings.load({**environment, **setting})


def test_while_redis_hangs_each_process_counts_by_itself(
    make_app: Callable[..., APIFlask], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat_settings, "RATE_LIMIT_PATIENCE", 0.25)
    with embedded_servers() as own:
        url = own.environment["CELERY_BROKER_URL"]
        client = make_app(CHAT_RATE_LIMIT="3 per hour", CELERY_BROKER_URL=url).test_client()
        assert statuses(client, 1) == [200]
        with redis.Redis.from_url(url) as durable:
            number = durable.info("server")["process_id"]
            before = durable.info("stats")["total_connections_received"]
            os.kill(number, signal.SIGSTOP)
            try:
                counted = statuses(client, 4)
            finally:
                os.kill(number, signal.SIGCONT)
            assert counted == [200, 200, 200, 429]
            tried = durable.info("stats")["total_connections_received"] - before
            assert tried <= 2, "it was waited for again and again"
            # Back again, what was counted before counts; who goes on asking is heard of there.
            until(lambda: statuses(client, 1, "203.0.113.9") == [200] and durable.dbsize() > 1)
