"""Every example in the description is true: what is sent is accepted, what is answered is like it.

What a parameter's example names is part of the sample portfolio.
"""

from dataclasses import replace
from typing import Any

import httpx
import pytest

from portfolio.vocabulary import Scope

from .conftest import Site
from .description import Operation, examples, operations

SENT_ELSEWHERE = "/images/"
"""The sample has none; tests of their own upload some."""
BAD_TOKEN = {"Authorization": "Bearer nobody-has-this-one"}


@pytest.fixture(scope="module")
def spec(site: Site) -> dict[str, Any]:
    """The description of a site that holds the sample."""
    site.publish_sample()
    return dict(site.ask("/api/v1/openapi.json").json())


def send(site: Site, operation: Operation, body: Any = None, media: str = "") -> httpx.Response:
    scope = Scope(operation.scopes[0]) if operation.scopes else None
    options: dict[str, Any] = (
        {} if body is None else {"json": body, "headers": {"Content-Type": media}}
    )
    options["params"] = operation.needed
    return site.ask(site.path_of(operation), operation.method.upper(), scope, **options)


def bodies(site: Site, operation: Operation) -> list[tuple[Any, str]]:
    """What can be sent: the examples, but the sample's own ids where an order is sent."""
    content = operation.told.get("requestBody", {}).get("content", {})
    if operation.is_order:
        above = site.path_of(replace(operation, path=operation.path.removesuffix("reorder/")))
        return [({"order": site.ids(above)[::-1]}, kind) for kind in content]
    if not content:
        return [(None, "")]
    return [(body, kind) for kind, media in content.items() for body in examples(media)]


def test_what_is_sent_is_accepted_and_what_is_answered_is_like_its_example(
    site: Site, spec: dict[str, Any]
) -> None:
    sent = compared = 0
    for operation in operations(spec):
        if SENT_ELSEWHERE in operation.path:
            continue
        if operation.takes_away or operation.is_order:
            site.publish_sample()  # what was taken away or came is back as it was
        to_send = bodies(site, operation)
        assert to_send, f"{operation} has no example"
        for body, kind in to_send:
            answer = send(site, operation, body, kind)
            assert answer.is_success, f"{operation}: {answer.text}"
            assert str(answer.status_code) in operation.told["responses"], operation
            sent += 1
        for kind, media in operation.answers(answer.status_code).items():
            if not kind.endswith("json"):
                continue
            operation.check(answer.json(), media["schema"])
            for example in examples(media):
                operation.check(example, media["schema"])
                assert example.keys() <= answer.json().keys(), str(operation)
                compared += 1
    assert sent >= 25
    assert compared >= 5


def test_no_operation_repeats_a_statement_for_each_row(site: Site, spec: dict[str, Any]) -> None:
    site.publish_sample()
    for operation in operations(spec):
        if operation.method == "get" and SENT_ELSEWHERE not in operation.path:
            path = site.path_of(operation)
            # With a token it is read from the database each time.
            answer = site.ask(path, scope=Scope.ADMIN, params=operation.needed)
            assert answer.is_success, operation
    told = site.ask("/api/v1/database/stats/", scope=Scope.ADMIN, params={"limit": "100"}).json()
    assert told["queries"]["count"] > 100
    assert told["queries"]["repeated"] == []


def test_examples_of_problems_are_what_is_answered(site: Site, spec: dict[str, Any]) -> None:
    seen = set()
    for operation in operations(spec):
        path, method = operation.path.replace("{", "").replace("}", ""), operation.method.upper()
        answers = [site.ask(path, method, headers=BAD_TOKEN), site.ask(path, method)]
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
