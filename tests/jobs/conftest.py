"""A portfolio, and somebody who has job descriptions matched with it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from apiflask import APIFlask
from celery.contrib.testing.worker import start_worker
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portfolio.extensions import celery
from tests.api.conftest import Headers
from tests.api.conftest import reader as reader
from tests.api.conftest import writer as writer
from tests.knowledge.conftest import environment as environment
from tests.knowledge.conftest import index as index
from tests.knowledge.conftest import sample as sample
from tests.waiting import until

ANALYSES = "/api/v1/job-analyses/"
SECRET = "X-Analysis-Token"
JOB = """Senior Backend Engineer

Requirements
- 3+ years of experience with Python and PostgreSQL
- Django or FastAPI
- Redis and Elasticsearch

Nice to have
- Kubernetes
- Scala
"""

Analyse = Callable[..., dict[str, Any]]


@pytest.fixture
def analyse(client: FlaskClient, sample: str) -> Analyse:
    """Has a description matched at once and gives the answer's document."""

    def post(text: str = JOB, **members: Any) -> dict[str, Any]:
        answer = client.post(ANALYSES, json={"text": text, **members})
        assert answer.status_code == 201, answer.text
        return dict(answer.get_json())

    return post


def held(document: dict[str, Any]) -> Headers:
    """The header with the secret of an analysis."""
    return {SECRET: document["access_token"]}


def address(document: dict[str, Any], rest: str = "") -> str:
    return f"{ANALYSES}{document['id']}/{rest}"


def finished(client: FlaskClient, begun: dict[str, Any]) -> dict[str, Any]:
    """An analysis when its task has ended."""

    def ask() -> dict[str, Any] | None:
        answer: TestResponse = client.get(address(begun), headers=held(begun))
        document: dict[str, Any] = answer.get_json()
        return document if document["status"] in ("done", "failed") else None

    until(lambda: ask() is not None)
    document = ask()
    assert document is not None
    return document


@contextmanager
def running_worker(app: APIFlask) -> Iterator[None]:
    """A worker beside the test, which takes tasks from the real broker."""
    with app.app_context(), start_worker(celery, pool="solo", perform_ping_check=False):
        yield
