"""Numbers of conversations are those of the rows: means of values, and of the right things."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from statistics import fmean, median
from typing import Any

import psycopg
import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from portfolio.extensions import db
from portfolio.services.chat import statistics
from portfolio.services.chat.statistics import conversation_statistics, question_statistics
from portfolio.vocabulary import AnswerKind, Context, Rating
from tests.api.conftest import Headers, Make
from tests.api.conftest import make_profile as make_profile
from tests.api.conftest import reader as reader
from tests.api.conftest import writer as writer

STATS = "/api/v1/conversations/stats/"
QUESTIONS = "/api/v1/conversations/questions/"
PERIOD = {"from": "2026-11-18", "to": "2026-11-20"}
KEEP_CONVERSATION = """
INSERT INTO conversations (id, secret_hash, created_at, profile_id)
VALUES (:id, sha256('a'), :created_at, (SELECT id FROM profiles WHERE slug = :profile))
"""
KEEP_MESSAGE = """
INSERT INTO messages (id, conversation_id, number, question, understood, context, answer, kind,
    confidence, timings, created_at)
VALUES (:id, :conversation, :number, :question, :understood, :context, 'b', :kind, :confidence,
    jsonb_build_object('total', CAST(:ms AS float)), :created_at)
"""
KEEP_RATING = "INSERT INTO message_feedback (message_id, rating) VALUES (:id, :rating)"
MANY = """
INSERT INTO conversations (id, secret_hash, created_at)
SELECT CAST(lpad(to_hex(n), 32, '0') AS uuid), sha256('a'), now() - interval '1 hour' * n
FROM generate_series(1, 20000) n;
INSERT INTO messages (id, conversation_id, number, question, answer, kind, confidence, created_at)
SELECT CAST(lpad(to_hex(n), 32, '0') AS uuid), CAST(lpad(to_hex(n), 32, '0') AS uuid),
    1, 'What is it?', 'b', 'fact', 1, now() - interval '1 hour' * n
FROM generate_series(1, 20000) n;
ANALYZE conversations, messages
"""


def uuid_of(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


def keep(
    messages: list[dict[str, Any]], began: datetime | None = None, profile: str | None = None
) -> None:
    """Conversations as they are named by messages, which begin with their first one."""
    with db.engine.begin() as connection:
        for statement in ("DELETE FROM conversations",):
            connection.execute(text(statement))
        for name in {message["conversation"] for message in messages}:
            mine = [each for each in messages if each["conversation"] == name]
            first = began or min(each["created_at"] for each in mine)
            values = {"id": uuid_of(name), "created_at": first, "profile": profile}
            connection.execute(text(KEEP_CONVERSATION), values)
            for number, each in enumerate(mine, start=1):
                values = {**each, "conversation": uuid_of(name), "number": number}
                connection.execute(text(KEEP_MESSAGE), values)
                if each["rating"]:
                    connection.execute(text(KEEP_RATING), values)


def message(number: int, conversation: int = 1, **more: Any) -> dict[str, Any]:
    made = {"question": "What is it?", "understood": "", "context": "general", "kind": "fact"}
    at = datetime(2026, 11, 18, 9, tzinfo=UTC) + timedelta(minutes=number)
    numbers = {"confidence": 0.5, "ms": 10.0, "created_at": at, "rating": None}
    return {"id": uuid_of(number), "conversation": conversation, **made, **numbers, **more}


@st.composite
def some_messages(draw: st.DrawFn) -> list[dict[str, Any]]:
    return [
        message(
            number,
            draw(st.integers(1, 3)),
            context=draw(st.sampled_from(Context)),
            kind=draw(st.sampled_from(AnswerKind)),
            confidence=draw(st.sampled_from([0.0, 0.25, 0.8, 1.0])),
            ms=draw(st.sampled_from([1.0, 20.0, 300.0])),
            rating=draw(st.sampled_from([None, *Rating])),
            created_at=datetime(2026, 11, draw(st.integers(17, 21)), number, tzinfo=UTC),
        )
        for number in range(draw(st.integers(0, 12)))
    ]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=some_messages())
def test_numbers_are_those_of_the_messages_of_these_days(
    app: APIFlask, kept: list[dict[str, Any]]
) -> None:
    with app.app_context():
        keep(kept)
        told = conversation_statistics(first="2026-11-18", last="2026-11-20")
        db.session.rollback()
    asked = [each for each in kept if 18 <= each["created_at"].day <= 20]
    began: dict[int, int] = {}
    for each in kept:
        began[each["conversation"]] = min(
            each["created_at"].day, began.get(each["conversation"], 99)
        )
    active = {each["conversation"] for each in asked}
    meant = [each["confidence"] for each in asked if each["kind"] != "smalltalk"]
    refused = [each for each in asked if each["kind"] == "refusal"]
    ratings = [each["rating"] for each in asked if each["rating"]]
    assert (told.messages, told.active_conversations) == (len(asked), len(active))
    assert told.conversations == sum(18 <= day <= 20 for day in began.values())
    per = round(len(asked) / len(active), 2) if active else None
    assert told.messages_per_conversation == per
    # What lies between two is rounded to either side, as the sum's order has it.
    mean_ms = pytest.approx(fmean(e["ms"] for e in asked), abs=0.051) if asked else None
    assert told.response_ms.mean == mean_ms
    middle_ms = pytest.approx(median(e["ms"] for e in asked), abs=0.051) if asked else None
    assert told.response_ms.p50 == middle_ms
    assert told.confidence.mean == (pytest.approx(fmean(meant), abs=0.00051) if meant else None)
    assert told.confidence.median == (pytest.approx(median(meant), abs=0.00051) if meant else None)
    assert (told.feedback.up, told.feedback.down) == (ratings.count("up"), ratings.count("down"))
    assert told.contexts == {c: sum(e["context"] == c for e in asked) for c in Context}
    assert told.kinds == {kind: sum(e["kind"] == kind for e in asked) for kind in AnswerKind}
    assert told.unanswered_share == (round(len(refused) / len(meant), 4) if meant else None)
    assert [day.messages for day in told.by_day] == [
        sum(each["created_at"].day == day for each in asked) for day in (18, 19, 20)
    ]


def test_everybody_may_see_the_numbers_and_nobody_what_is_said_of_a_draft(
    app: APIFlask, client: FlaskClient, writer: Headers, make_profile: Make
) -> None:
    make_profile()
    with app.app_context():
        keep([message(1), message(2, rating="up")], profile="ines-calder")
    answer = client.get(STATS, query_string=PERIOD)
    assert answer.get_json()["messages_per_conversation"] == 2
    assert answer.get_json()["response_ms"]["p99"] == 10
    assert "hit" in client.get(STATS, query_string=PERIOD).headers["Cache-Status"]
    client.patch("/api/v1/profiles/ines-calder/", json={"visibility": "draft"}, headers=writer)
    hidden = client.get(STATS, query_string=PERIOD).get_json()
    assert (hidden["messages"], hidden["conversations"]) == (0, 0)
    assert hidden["feedback"] == {"up": 0, "down": 0, "up_share": None}


def test_the_owner_sees_what_is_asked_most_and_what_was_not_answered(
    app: APIFlask, client: FlaskClient, reader: Headers
) -> None:
    refused = {"kind": "refusal"}
    with app.app_context():
        keep(
            [
                message(1, question="Where do you  live?"),
                message(2, question="where do you live"),
                message(3, question="And there?", understood="Where do you live?", **refused),
                message(4, question="Do you know Scala?", **refused),
                message(5, question="Hello", kind="smalltalk"),
            ]
        )
    told = client.get(QUESTIONS, query_string=PERIOD, headers=reader).get_json()
    asked = [(each["question"], each["count"], each["unanswered"]) for each in told["most_asked"]]
    assert asked == [("Where do you live?", 3, 1), ("Do you know Scala?", 1, 1)]
    assert [each["question"] for each in told["unanswered"]] == [
        "Do you know Scala?",
        "Where do you live?",
    ]
    assert client.get(QUESTIONS).status_code == 401


def test_all_is_told_at_a_glance(app: APIFlask, client: FlaskClient, reader: Headers) -> None:
    with app.app_context():
        keep([message(1), message(2, kind="refusal"), message(3, conversation=2)])
    told = client.get("/api/v1/stats/", query_string=PERIOD, headers=reader).get_json()
    assert told["conversations"] == {"active_conversations": 2, "messages": 3, "unanswered": 1}
    assert (told["visitors"]["visitor_days"], told["contact_messages"]) == (0, 0)
    assert (told["job_analyses"]["total"], told["projects"]["total"]) == (0, 0)
    assert client.get("/api/v1/stats/").status_code == 401


@pytest.fixture
def many(app: APIFlask, environment: dict[str, str]) -> Iterator[None]:
    """Two years of conversations, one an hour."""
    with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(MANY)
        yield
        connection.execute("TRUNCATE conversations CASCADE")
        connection.execute("ANALYZE conversations, messages")


def test_only_the_days_that_are_asked_for_are_read(app: APIFlask, many: None) -> None:
    now = datetime.now(UTC)
    period = {"begin": now - timedelta(days=30), "end": now}
    by_message = (statistics.OF_MESSAGES, statistics.OF_FEEDBACK, statistics.OF_QUESTIONS)
    with app.app_context():

        def plan(statement: Any, **more: Any) -> str:
            explained = text(f"EXPLAIN {statement.text}")
            return "\n".join(db.session.scalars(explained, {**period, **more}))

        for statement in by_message:
            assert "ix_messages_created_at" in plan(statement, most=50, zone="UTC"), statement
        assert "ix_messages_created_at" in plan(statistics.OF_GROUPS, zone="UTC")
        assert "ix_conversations_created_at" in plan(statistics.BEGUN)
        db.session.rollback()
        assert len(question_statistics()["most_asked"]) == 1
