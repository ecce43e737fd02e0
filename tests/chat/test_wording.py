"""Letting a real server word answers: what it is told, what is shown, what is counted."""

import json
import logging
import threading
import time

import pytest
from apiflask import APIFlask

from portfolio.ai.answers.answer import Answer, AnswerKind, Turn
from portfolio.services.chat.wording import stream_answer, word_answer
from portfolio.services.wording.wordsmith import describe_wording
from tests.ai.wording.evidence import found
from tests.chat.conftest import KEY
from tests.chat.model_server import Exchange, ModelServer, document, in_turn, reply

FOUND = found("Wrote the scheduler in Rust at Norlund.", "Ran the kitchen of Café Brø.")
RUST = "They wrote the scheduler in Rust."
KITCHEN = "They ran the kitchen of Café Brø."
EXPECTED = Answer(RUST, AnswerKind.GENERATED, FOUND.citations[:1], 0.8, "as asked alone")


def ask(seconds: float = 10) -> Answer | None:
    return word_answer("What did they write?", FOUND, seconds=seconds)


def test_the_model_words_what_was_found(worded: APIFlask, model: ModelServer) -> None:
    assert ask() == EXPECTED
    (seen,) = model.seen
    assert seen.path == "/v1/chat/completions"
    assert seen.headers["authorization"] == f"Bearer {KEY}"
    assert seen.body["model"] == "test-model"
    assert seen.body["stream"] is True
    data = json.loads(seen.body["messages"][1]["content"])
    assert data["question"] == "What did they write?"
    assert [item["statement"] for item in data["evidence"]] == [
        citation.quote for citation in FOUND.citations
    ]


def test_sentences_come_as_they_are_completed_and_only_verified_ones(
    worded: APIFlask, model: ModelServer
) -> None:
    def behave(exchange: Exchange) -> None:
        exchange.head()
        exchange.say("They wrote the sche", "duler in Rust [1]. They know COBOL [1]. They")
        first_shown.wait(20)
        exchange.say(" ran the kitchen of Café Brø [2].")
        exchange.end()

    first_shown = model.left
    model.behave = behave
    pieces = stream_answer("What?", FOUND, seconds=20)
    # The server goes on only after this.
    assert next(pieces) == RUST
    first_shown.set()
    kitchen, answer = pieces
    assert kitchen == KITCHEN
    assert isinstance(answer, Answer)
    assert answer.text == f"{RUST} {KITCHEN}"
    assert answer.citations == FOUND.citations


def test_a_stream_needs_the_application_only_to_begin(worded: APIFlask, model: ModelServer) -> None:
    pieces = stream_answer("What?", FOUND, [Turn("Before?", FOUND)], seconds=10)
    app_free: list[object] = []
    reader = threading.Thread(target=lambda: app_free.extend(pieces))
    reader.start()
    reader.join()
    assert app_free == [RUST, EXPECTED]


@pytest.mark.parametrize("kind", [AnswerKind.REFUSAL, AnswerKind.SMALLTALK, AnswerKind.GENERATED])
def test_refusals_and_small_talk_are_never_sent(
    worded: APIFlask, model: ModelServer, kind: AnswerKind
) -> None:
    assert word_answer("Hi", found("Hello.", kind=kind), seconds=5) is None
    assert word_answer("Hi", found(text="Hello."), seconds=5) is None
    assert model.seen == []


def test_without_a_model_nothing_is_asked(app: APIFlask) -> None:
    with app.app_context():
        assert ask() is None
        assert list(stream_answer("What?", FOUND, seconds=5)) == []
        assert describe_wording() is None
    told = app.test_cli_runner().invoke(args=["knowledge", "status"])
    assert "this environment has no LLM_BASE_URL" in told.output


def test_a_server_that_does_not_stream_is_understood(worded: APIFlask, model: ModelServer) -> None:
    message = {"message": {"content": f"{RUST[:-1]} [1]."}, "finish_reason": "stop"}
    model.behave = document({"choices": [message], "usage": {"total_tokens": 9}})
    assert ask() == EXPECTED


def test_a_server_that_rejects_some_parameters_is_asked_with_others(
    worded: APIFlask, model: ModelServer
) -> None:
    refusal = document({"error": {"message": "no max_tokens"}}, "400 Bad Request")
    model.behave = in_turn(refusal, reply(f"{RUST[:-1]} [1]."))
    assert ask() == EXPECTED
    assert ask() == EXPECTED
    assert ["max_tokens" in seen.body for seen in model.seen] == [True, False, False]
    assert "max_completion_tokens" in model.seen[1].body


def test_the_last_sentence_of_a_reply_that_was_too_long_is_left_out(
    worded: APIFlask, model: ModelServer
) -> None:
    model.behave = reply(f"{RUST[:-1]} [1]. They ran the kitch", finish="length")
    assert ask() == EXPECTED


def test_calls_are_counted_and_described_without_the_key(
    worded: APIFlask, model: ModelServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ask()
    model.behave = reply("They know COBOL [1]. They know Perl [2].", tokens=30)
    assert ask() is None
    described = describe_wording()
    assert described is not None
    counts = described.pop("counts")
    assert described == {
        "model": "test-model",
        "server": model.url,
        "tokens_today": 150,
        "daily_tokens": 200_000,
    }
    assert counts.pop("milliseconds") >= 0
    assert counts == {
        "calls": 2,
        "worded": 1,
        "unsupported": 1,
        "tokens": 150,
        "sentences": 1,
        "dropped": 2,
    }
    told = worded.test_cli_runner().invoke(args=["knowledge", "status"])
    assert "test-model" in told.output
    assert "150 of 200,000" in told.output
    as_json = worded.test_cli_runner().invoke(args=["knowledge", "status", "--json"])
    assert json.loads(as_json.output)["wording"]["model"] == "test-model"
    for text in (told.output, as_json.output, caplog.text, repr(worded.config), str(described)):
        assert KEY not in text
        assert "What did they write" not in text
    assert "language model: worded" in caplog.text


def test_a_connection_is_used_again(worded: APIFlask, model: ModelServer) -> None:
    body = json.dumps(
        {"choices": [{"message": {"content": f"{RUST[:-1]} [1]."}, "finish_reason": "stop"}]}
    ).encode()
    head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

    def behave(exchange: Exchange) -> None:
        exchange.keeps_open = True
        exchange.send(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)

    model.behave = behave
    assert [ask(), ask()] == [EXPECTED, EXPECTED]
    assert model.seen[0].connection is model.seen[1].connection


def test_a_visitor_who_leaves_ends_the_call(worded: APIFlask, model: ModelServer) -> None:
    def behave(exchange: Exchange) -> None:
        exchange.head()
        exchange.say(f"{RUST[:-1]} [1]. They")
        exchange.hang()

    model.behave = behave
    pieces = stream_answer("What?", FOUND, seconds=20)
    assert next(pieces) == RUST
    start = time.monotonic()
    pieces.close()  # type: ignore[attr-defined]
    assert time.monotonic() - start < 5
    # The server is told at once: it need not go on writing, nor charge for it.
    assert model.left.wait(5)
    described = describe_wording()
    assert described is not None
    assert described["counts"]["left"] == 1
