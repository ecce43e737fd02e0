"""All operations are alike: addresses, names, pages, errors and access, whoever wrote them."""

import re
from typing import Any
from urllib.parse import parse_qsl

import jsonschema
import pytest
from apiflask import APIFlask

from portfolio.openapi.document import describe_api
from portfolio.schemas.json_text import decode_json
from portfolio.vocabulary import Scope

from .conftest import Site
from .description import Operation, operations

SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
PAGE = {"items", "page", "page_size", "total", "pages", "links"}
LINKS = {"self", "first", "prev", "next", "last"}
PROBLEM = {"application/problem+json": "#/components/schemas/Problem"}
VISITORS_OWN = {
    "/api/v1/conversations/{conversation}/",
    "/api/v1/job-analyses/{analysis}/",
    "/api/v1/job-analyses/{analysis}/share/",
    "/api/v1/visitors/sessions/{session}/",
}
"""What one visitor alone has in hand, and nobody changes in between."""
FOREIGN_SCHEMAS = {"ResumeDocument"}
"""Schemas of other people's formats, whose names and openness are theirs."""


@pytest.fixture(scope="module")
def spec(site: Site) -> dict[str, Any]:
    site.publish_sample()
    return dict(site.ask("/api/v1/openapi.json").json())


@pytest.fixture(scope="module")
def all_of(spec: dict[str, Any]) -> list[Operation]:
    return list(operations(spec))


@pytest.fixture(scope="module")
def lists(all_of: list[Operation]) -> list[Operation]:
    """The operations that answer with many of a kind."""
    return [each for each in all_of if each.method == "get" and "items" in members(each)]


def resolved(operation: Operation, schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").removeprefix("#/components/schemas/")
    return dict(operation.spec["components"]["schemas"][name]) if name else schema


def members(operation: Operation) -> dict[str, Any]:
    """The members of a successful answer."""
    for media in operation.answers(operation.success).values():
        return dict(resolved(operation, media["schema"]).get("properties", {}))
    return {}


def test_addresses(all_of: list[Operation]) -> None:
    for operation in all_of:
        last = operation.path.rpartition("/")[2]
        assert not last or "." in last, f"{operation} neither ends with a slash nor names a file"
        for part in re.sub(r"{\w+}", "", operation.path).strip("/").split("/"):
            assert re.fullmatch(r"[a-z0-9.-]*", part), operation
        named = set(re.findall(r"{(\w+)}", operation.path))
        told = {name for name, each in operation.parameters.items() if each["in"] == "path"}
        assert named == told, operation
        assert all(operation.parameters[name]["required"] for name in named), operation


def test_every_operation_says_what_it_is(all_of: list[Operation]) -> None:
    for operation in all_of:
        name = operation.told["operationId"]
        assert SNAKE_CASE.fullmatch(name), operation
        assert "_" in name, f"{name} is not named verb_noun"
        assert operation.told["summary"], operation
        assert not operation.told["summary"].endswith("."), operation
        assert len(operation.told["tags"]) == 1, operation
    names = [operation.told["operationId"] for operation in all_of]
    assert len(set(names)) == len(names)


def test_names_are_snake_case(all_of: list[Operation], spec: dict[str, Any]) -> None:
    for operation in all_of:
        for name, parameter in operation.parameters.items():
            assert parameter["in"] == "header" or SNAKE_CASE.fullmatch(name), f"{operation}: {name}"
    for schema, told in spec["components"]["schemas"].items():
        for name in told.get("properties", {}):
            assert schema in FOREIGN_SCHEMAS or SNAKE_CASE.fullmatch(name), f"{schema}: {name}"


def test_defaults_fit_their_schemas(all_of: list[Operation], spec: dict[str, Any]) -> None:
    for operation in all_of:
        for parameter in operation.parameters.values():
            if "default" in parameter["schema"]:
                operation.check(parameter["schema"]["default"], parameter["schema"])
    for schema in spec["components"]["schemas"].values():
        for member in schema.get("properties", {}).values():
            if "default" in member:
                whole = {**member, "components": spec["components"]}
                jsonschema.Draft202012Validator(whole).validate(member["default"])


def test_every_list_has_the_same_pages(lists: list[Operation]) -> None:
    assert len(lists) >= 3
    for operation in lists:
        first = lists[0]
        assert members(operation).keys() >= PAGE, operation
        assert resolved(operation, members(operation)["links"])["properties"].keys() == LINKS
        for name in ("page", "page_size"):
            assert operation.parameters[name] == first.parameters[name], operation
        item = members(operation)["items"]
        assert item["type"] == "array", operation
        assert "$ref" in item["items"], operation


def test_what_takes_a_page_is_a_list(all_of: list[Operation], lists: list[Operation]) -> None:
    for operation in all_of:
        if operation.parameters.keys() & {"page", "page_size"}:
            assert operation in lists, operation
        for media in operation.answers(operation.success).values():
            assert resolved(operation, media["schema"]).get("type") != "array", operation


def test_every_operation_tells_the_problems_that_it_may_have(all_of: list[Operation]) -> None:
    for operation in all_of:
        expected = {500, 503}
        if operation.path.startswith("/api/"):
            expected |= {400, 401}
        if operation.scopes:
            expected |= {403}
        if "{" in operation.path:
            expected |= {404}
        if any(each["in"] == "query" for each in operation.parameters.values()):
            expected |= {422}
        if "requestBody" in operation.told:
            expected |= {413, 415, 422}
        if "If-Match" in operation.parameters:
            expected |= {412}
        told = {int(status) for status in operation.told["responses"] if status[0] in "45"}
        assert expected <= told, f"{operation} lacks {expected - told}"
        for status in told:
            answers = operation.answers(status)
            told_as = {kind: media["schema"].get("$ref") for kind, media in answers.items()}
            assert told_as == PROBLEM, f"{operation}, {status}"


def test_what_is_sent_may_hold_nothing_unknown(all_of: list[Operation]) -> None:
    for operation in all_of:
        content = operation.told.get("requestBody", {}).get("content", {})
        for kind, media in content.items():
            name = media["schema"].get("$ref", "").rpartition("/")[2]
            if kind.endswith("json") and name not in FOREIGN_SCHEMAS:
                schema = resolved(operation, media["schema"])
                assert schema["additionalProperties"] is False, f"{operation}: {name}"


def test_changes_can_be_guarded(all_of: list[Operation]) -> None:
    """What names one thing and changes it takes the condition that it is unchanged."""
    for operation in all_of:
        if operation.method in ("put", "patch", "delete") and operation.path not in VISITORS_OWN:
            assert "If-Match" in operation.parameters, operation


def test_the_description_is_the_one_that_is_served(app: APIFlask, spec: dict[str, Any]) -> None:
    assert decode_json(describe_api(app)) == spec


def test_whoever_may_not_is_told_so(site: Site, all_of: list[Operation]) -> None:
    for operation in all_of:
        if not operation.scopes:
            continue
        # Who may not call it is not told either what there is.
        method, path = operation.method.upper(), operation.path.replace("{", "").replace("}", "")
        nobody = site.ask(path, method)
        assert nobody.status_code == 401, operation
        assert nobody.headers["WWW-Authenticate"] == "Bearer", operation
        lesser = [each for each in Scope if not each.includes(Scope(operation.scopes[0]))]
        for scope in lesser:
            answer = site.ask(path, method, scope)
            assert answer.status_code == 403, f"{operation} with {scope}"
            assert answer.json()["type"] == "/problems/forbidden/"


def test_what_is_not_there_is_not_found(site: Site, all_of: list[Operation]) -> None:
    for operation in all_of:
        if operation.method == "get" and "{" in operation.path:
            path = re.sub(r"{\w+}", "nothing-has-this-name", operation.path)
            answer = site.ask(path, scope=Scope.ADMIN)
            assert answer.status_code == 404, f"{operation}: {answer.text}"
            assert answer.json()["type"] == "/problems/not-found/"


def test_pages_at_their_limits(site: Site, lists: list[Operation]) -> None:
    for operation in lists:
        scope = Scope(operation.scopes[0]) if operation.scopes else None
        path = site.path_of(operation)
        beyond = site.ask(path, scope=scope, params={"page": 9999} | operation.needed).json()
        assert (beyond["items"], beyond["links"]["next"]) == ([], None), operation
        own = {"page": "9999"} | operation.needed
        assert dict(parse_qsl(beyond["links"]["self"].removeprefix(f"{path}?"))) == own, operation
        for name, value in [("page", "0"), ("page", "x"), ("page_size", "101")]:
            answer = site.ask(path, scope=scope, params={name: value} | operation.needed)
            assert answer.status_code == 422, f"{operation}: {name}={value}"
            assert [each["parameter"] for each in answer.json()["errors"]] == [name], operation


def test_unknown_parameters_are_ignored(site: Site, all_of: list[Operation]) -> None:
    for operation in all_of:
        if operation.method == "get":
            scope = Scope(operation.scopes[0]) if operation.scopes else None
            try:
                path = site.path_of(operation)
            except LookupError:
                continue  # the sample has none of these
            plain = site.ask(path, scope=scope, params=operation.needed)
            unknown = {"utm_source": "letter"} | operation.needed
            answer = site.ask(path, scope=scope, params=unknown)
            assert answer.status_code == plain.status_code == 200, operation
