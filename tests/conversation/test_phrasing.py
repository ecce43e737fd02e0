"""Where a language model words answers, they are kept like others, and fail like none."""

import json
from collections.abc import Callable, Iterator

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from portfolio.services.wording.wordsmith import current_wordsmith
from tests.chat.model_server import Exchange, ModelServer, reply
from tests.conversation.conftest import QUESTION, Ask, events, send

EVENTS = {"Accept": "text/event-stream"}


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


@pytest.fixture
def app(make_app: Callable[..., APIFlask], model: ModelServer) -> Iterator[APIFlask]:
    """An application whose answers a server words."""
    made = make_app(LLM_BASE_URL=model.url, LLM_MODEL="test-model")
    yield made
    with made.app_context():
        smith = current_wordsmith()
        assert smith is not None
        smith.close()


def echo(exchange: Exchange) -> None:
    """Says what the first statement of the evidence says."""
    data = json.loads(exchange.body["messages"][-1]["content"])
    reply(f"{data['evidence'][0]['statement'].rstrip('.')} [1].")(exchange)


def test_its_words_are_kept_and_quote_the_same(
    ask: Ask, model: ModelServer, published: str
) -> None:
    model.behave = echo
    first = ask(remember=False)
    assert (first["kind"], first["cache"]["status"]) == ("generated", "miss")
    assert first["citations"][0]["url"]
    again = ask(QUESTION.upper().lower(), remember=False)
    assert again["cache"]["status"] == "hit"
    assert again["answer"] == first["answer"]
    assert len(model.seen) == 1


def test_what_was_streamed_is_kept_too(
    client: FlaskClient, ask: Ask, model: ModelServer, published: str
) -> None:
    model.behave = echo
    body = {"question": QUESTION, "remember": False}
    for status in ("miss", "hit"):
        told = list(events(send(client, body, headers=EVENTS)))
        done = told[-1][1]
        assert (done["kind"], done["cache"]["status"]) == ("generated", status)
        assert "".join(data["text"] for name, data in told if name == "delta") == done["answer"]
    assert ask(remember=False)["answer"] == done["answer"]
    assert len(model.seen) == 1


def test_when_it_fails_the_answer_is_the_quotes_and_nothing_is_kept(
    client: FlaskClient, ask: Ask, model: ModelServer, published: str
) -> None:
    model.behave = reply("They know COBOL [1].")
    answer = ask(remember=False)
    assert answer["kind"] in ("fact", "extract")
    told = list(events(send(client, {"question": QUESTION}, headers=EVENTS)))
    assert told[-1][1]["answer"] == answer["answer"]
    model.behave = echo
    asked = len(model.seen)
    ask("What did she study?", remember=False)
    assert len(model.seen) > asked


def test_a_stateless_stream_says_only_what_is_final(
    client: FlaskClient, model: ModelServer, published: str
) -> None:
    model.behave = echo
    body = {"messages": [{"role": "user", "content": QUESTION}], "stream": True}
    first, second = (client.post("/v1/chat/completions", json=body) for _ in range(2))
    assert '"citations"' in first.text
    assert first.text.count("data: ") == second.text.count("data: ")
    assert len(model.seen) == 1
