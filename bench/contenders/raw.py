"""The floor: a WSGI callable that returns ready bytes and looks at nothing."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from bench.ready_answer import VARIABLE, ReadyAnswer


def constant(answer: ReadyAnswer) -> Callable[..., Iterable[bytes]]:
    """A WSGI callable that gives this answer to everything."""
    status, headers, body = answer.status, answer.headers, [answer.body]

    def application(_environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        start_response(status, headers)
        return body

    return application


if VARIABLE in os.environ:
    app = constant(ReadyAnswer.load(os.environ[VARIABLE]))
