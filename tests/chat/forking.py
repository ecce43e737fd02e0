"""Run as a program: asks a model, forks, and lets parent and child ask at the same time.

Ends with 0 when every answer was the one to its own question, on a connection of its own.
"""

import json
import os
import sys

from apiflask import APIFlask

from portfolio.ai.answers.answer import Answer
from portfolio.app import create_app
from portfolio.services.chat.wording import word_answer
from tests.ai.wording.evidence import found
from tests.chat.model_server import Exchange, ModelServer
from tests.forked import fork_to

ROUNDS = 20


def echo(exchange: Exchange) -> None:
    """Answers with the statement that it was given; the connection stays open for the next."""
    exchange.keeps_open = True
    evidence = json.loads(exchange.body["messages"][1]["content"])["evidence"]
    sentence = f"{evidence[0]['statement'][:-1]} [1]."
    message = {"message": {"content": sentence}, "finish_reason": "stop"}
    body = json.dumps({"choices": [message], "usage": {"total_tokens": 5}}).encode()
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    exchange.send(head.encode() + body)


def work(app: APIFlask, first: int) -> None:
    with app.app_context():
        for number in range(first, first + ROUNDS):
            statement = f"Answered {number} letters."
            answer = word_answer("How many?", found(statement), seconds=10)
            assert isinstance(answer, Answer), number
            assert answer.text == statement


def main() -> int:
    """The parent's exit status."""
    with ModelServer(echo) as server:
        os.environ.update(LLM_BASE_URL=server.url, LLM_MODEL="test-model")
        app = create_app()
        work(app, 1000)
        child = fork_to(lambda: work(app, 2000))
        work(app, 3000)
        _pid, status = os.waitpid(child, 0)
        assert len({id(seen.connection) for seen in server.seen}) == 2
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())
