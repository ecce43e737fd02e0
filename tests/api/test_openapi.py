"""The description: valid OpenAPI 3.1, and true of the application that it describes."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from schemathesis.specs.openapi.definitions import OPENAPI_31

OF_VISITORS = (
    *("/api/v1/chat/", "/api/v1/conversations/", "/api/v1/job-analyses/"),
    *("/api/v1/visitors/events/", "/api/v1/contact/"),
)
"""Where everybody may write: questions, job descriptions, and what belongs to them, visits and
messages."""
METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture
def spec(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    return dict(answer.json)


def operations(spec: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in spec["paths"].items():
        for method in METHODS & item.keys():
            yield path, method, item[method]


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from nodes(item)


def test_valid_openapi_3_1(spec: dict[str, Any]) -> None:
    assert spec["openapi"] == "3.1.0"
    jsonschema.Draft202012Validator(OPENAPI_31).validate(spec)
    for schema in spec["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_reference_leads_somewhere(spec: dict[str, Any]) -> None:
    found = {node["$ref"] for node in nodes(spec) if isinstance(node.get("$ref"), str)}
    names = {reference.removeprefix("#/components/schemas/") for reference in found}
    assert names <= spec["components"]["schemas"].keys()
    assert not any("." in name or "[" in name for name in spec["components"]["schemas"])


def test_every_address_of_the_api_is_described(app: APIFlask, spec: dict[str, Any]) -> None:
    described = {(path, method) for path, method, _ in operations(spec)}
    hidden = ("/api/v1/openapi.json", "/api/v1/docs/")
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/v1/") and not rule.rule.startswith(hidden):
            path = rule.rule.replace("<name:", "{").replace(">", "}")
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                assert (path, method.lower()) in described


def test_every_operation_tells_all(spec: dict[str, Any]) -> None:
    ids = [operation["operationId"] for *_, operation in operations(spec) if operation]
    assert len(ids) == len(set(ids))
    known_tags = {tag["name"] for tag in spec["tags"]}
    for path, method, operation in operations(spec):
        where = f"{method} {path}"
        assert operation["summary"], where
        assert len(operation["description"].split("\n\n")) >= 2, where
        assert set(operation["tags"]) <= known_tags, where
        assert "security" in operation, where
        assert ("scope" in operation["description"]) == bool(operation["security"]), where
        for status, response in operation["responses"].items():
            assert response["description"], where
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"], where
        if method != "get" and not path.startswith(OF_VISITORS):
            assert operation["security"][0]["bearer"][0] in ("write", "admin"), where
            assert {"401", "403"} <= operation["responses"].keys(), where
        if "requestBody" in operation:
            assert {"400", "413", "415", "422"} <= operation["responses"].keys(), where


def test_examples_fit_their_schemas(spec: dict[str, Any]) -> None:
    count = 0
    for _, _, operation in operations(spec):
        for media in operation.get("requestBody", {}).get("content", {}).values():
            schema = {**media["schema"], "components": spec["components"]}
            for example in media.get("examples", {}).values():
                jsonschema.Draft202012Validator(schema).validate(example["value"])
                count += 1
    assert count >= 10


def test_patches_describe_partial_documents(spec: dict[str, Any]) -> None:
    write, patch = (spec["components"]["schemas"][n] for n in ("ProjectWrite", "ProjectPatch"))
    assert patch["properties"].keys() == write["properties"].keys()
    assert "required" not in patch
    assert patch["additionalProperties"] is False
    for name, schema in patch["properties"].items():
        # What is required cannot be taken away.
        assert ({"type": "null"} in schema.get("anyOf", [])) == (name not in write["required"])


def test_bounds_are_told(spec: dict[str, Any]) -> None:
    assert not any(node.keys() & {"ge", "le", "gt", "lt"} for node in nodes(spec))
    schemas = spec["components"]["schemas"]
    complexity = schemas["ProjectWrite"]["properties"]["complexity"]["anyOf"][0]
    assert complexity == {"type": "integer", "minimum": 1, "maximum": 10}
    parameters = {p["name"]: p for p in spec["paths"]["/api/v1/projects/"]["get"]["parameters"]}
    assert parameters["page_size"]["schema"]["maximum"] == 100
    assert parameters["featured"]["schema"]["type"] == "boolean"
    assert parameters["technology"]["description"]
    assert not any("anyOf" in parameter["schema"] for parameter in parameters.values())


def test_it_can_be_revalidated(client: FlaskClient) -> None:
    first = client.get("/api/v1/openapi.json")
    again = client.get("/api/v1/openapi.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert json.loads(first.data)["info"]["title"] == "Portfolio API"
