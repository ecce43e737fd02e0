"""Every example in the description is true: what is sent is accepted, what is answered is like it.

What a parameter's example names is part of the sample portfolio.
"""

from typing import Any

import httpx
import psycopg
import pytest

from portfolio.blueprints.examples import PROJECT_ORDER
from portfolio.vocabulary import Scope

from .conftest import Site
from .description import Operation, examples, operations

BAD_TOKEN = {"Authorization": "Bearer nobody-has-this-one"}


@pytest.fixture(scope="module")
def spec(site: Site) -> dict[str, Any]:
    """The description of a site that holds the sample, with the ids that examples name."""
    site.publish_sample()
    with psycopg.connect(site.running.environment["DATABASE_URL"]) as connection:
        slugs = ("tidegauge", "plainmeter")
        for slug, number in zip(slugs, PROJECT_ORDER["two"]["value"]["order"], strict=True):
            connection.execute("UPDATE projects SET id = %s WHERE slug = %s", (number, slug))
    answer = site.ask("/api/v1/openapi.json")
    return dict(answer.json())


def send(site: Site, operation: Operation, body: Any = None, media: str = "") -> httpx.Response:
    scope = Scope(operation.scopes[0]) if operation.scopes else None
    options = {} if body is None else {"json": body, "headers": {"Content-Type": media}}
    return site.ask(operation.address(), operation.method.upper(), scope, **options)


def test_what_is_sent_is_accepted_and_what_is_answered_is_like_its_example(
    site: Site, spec: dict[str, Any]
) -> None:
    sent = compared = 0
    for operation in operations(spec):
        content = operation.told.get("requestBody", {}).get("content", {})
        bodies = [(body, kind) for kind, media in content.items() for body in examples(media)]
        assert bodies or not content, f"{operation} has no example"
        if operation.method == "delete":
            site.publish_sample()  # what was deleted before may have been needed
        for body, kind in bodies or [(None, "")]:
            answer = send(site, operation, body, kind)
            assert answer.status_code == operation.success, f"{operation}: {answer.text}"
            sent += 1
        for kind, media in operation.answers(operation.success).items():
            if not kind.endswith("json"):
                continue
            operation.check(answer.json(), media["schema"])
            for example in examples(media):
                operation.check(example, media["schema"])
                assert example.keys() == answer.json().keys(), str(operation)
                compared += 1
    assert sent >= 25
    assert compared >= 5


def test_examples_of_problems_are_what_is_answered(site: Site, spec: dict[str, Any]) -> None:
    seen = set()
    for operation in operations(spec):
        answers = [site.ask(operation.address(), operation.method.upper(), headers=BAD_TOKEN)]
        if operation.scopes:
            answers.append(site.ask(operation.address(), operation.method.upper()))
        for answer in answers:
            if answer.is_error:
                told = operation.answers(answer.status_code)
                assert answer.headers["Content-Type"] in told, str(operation)
                example = told[answer.headers["Content-Type"]]["example"]
                assert example.items() <= answer.json().items(), str(operation)
                seen.add(answer.status_code)
    assert 401 in seen


def test_examples_of_parameters_fit_their_schemas(spec: dict[str, Any]) -> None:
    for operation in operations(spec):
        for parameter in operation.parameters.values():
            if "example" in parameter:
                operation.check(parameter["example"], parameter["schema"])
