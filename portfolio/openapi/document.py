"""The API's description: what APIFlask derives from the views, told completely.

It adds who may call an operation and every problem it may answer with, and gives each schema one
short name. It must not know any single view.
"""

import inspect
import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from apiflask import APIFlask
from flask import Flask
from werkzeug.routing import Rule

from portfolio.errors import PROBLEM_JSON, PROBLEMS
from portfolio.openapi.elements import (
    DESCRIPTION,
    ETAG,
    IF_MATCH,
    IF_NONE_MATCH,
    LOCATION,
    PATH_PARAMETERS,
    PREFER,
    PROBLEM_SCHEMA,
    SCHEMES,
    SECRET,
)
from portfolio.security import Access, declared_access

_CACHED = "portfolio_openapi"
_REFERENCE = "#/components/schemas/"


def configure_openapi(app: APIFlask) -> None:
    """Set how the description is made."""
    app.config.update(
        OPENAPI_VERSION="3.1.0",
        DESCRIPTION=DESCRIPTION,
        LICENSE={"name": "MIT", "identifier": "MIT"},
        SERVERS=[{"url": "/"}],
        SECURITY_SCHEMES=SCHEMES,
        AUTO_404_RESPONSE=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        AUTO_AUTH_ERROR_RESPONSE=False,
        HTTP_ERROR_SCHEMA=PROBLEM_SCHEMA,
    )
    app.spec_processor(partial(complete_description, app))


def describe_api(app: Flask) -> bytes:
    """The description as JSON; made once, as views do not change."""
    if _CACHED not in app.extensions:
        assert isinstance(app, APIFlask)  # noqa: S101 - told to the type checker
        app.extensions[_CACHED] = json.dumps(app.spec, ensure_ascii=False).encode()
    description: bytes = app.extensions[_CACHED]
    return description


def complete_description(app: Flask, spec: Any) -> dict[str, Any]:
    """APIFlask's description with access, problems and short names of schemas."""
    schemas = spec["components"]["schemas"]
    schemas.pop("HTTPError", None)
    schemas["Problem"] = PROBLEM_SCHEMA
    for rule, method, access in _operations(app):
        path = re.sub(r"<(?:[^<:]+:)?([^>]+)>", r"{\1}", rule.rule)
        operation = spec["paths"].get(path, {}).get(method)
        if operation is not None:
            operation["operationId"] = rule.endpoint.rpartition(".")[2]
            view = app.view_functions[rule.endpoint]
            told = inspect.getdoc(view)
            operation["description"] = operation.get("description") or told or ""
            _tell_access(operation, access)
            _tell_inputs(operation, method, rule)
            _tell_form(operation, view, schemas)
            if access.takes_secret:
                operation.setdefault("parameters", []).append(
                    {"name": access.takes_secret, **SECRET}
                )
            _tell_problems(operation, path, access)
            if hasattr(view, "cache_policy") or hasattr(view, "is_conditional"):
                _tell_revalidation(operation)
            if "201" in operation["responses"]:
                operation["responses"]["201"]["headers"] = LOCATION | ETAG
            if {"201", "202"} <= operation["responses"].keys():
                operation["responses"]["202"]["headers"] = LOCATION
    named: dict[str, Any] = _with_short_names(spec)
    return named


def _operations(app: Flask) -> Iterator[tuple[Rule, str, Access]]:
    for rule in app.url_map.iter_rules():
        access = declared_access(app.view_functions[rule.endpoint])
        if access is not None:
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                yield rule, method.lower(), access


def _tell_access(operation: dict[str, Any], access: Access) -> None:
    if access.scope is not None:
        operation["security"] = [{"bearer": [access.scope.value]}]
        note = f"Needs a token with the scope `{access.scope}`."
    elif access.more_with is not None:
        operation["security"] = [{}, {"bearer": [access.more_with.value]}]
        more = "does without the secret" if access.takes_secret else "shows drafts too"
        note = f"Open to everybody; a token with the scope `{access.more_with}` {more}."
    else:
        operation["security"] = []
        note = "Open to everybody."
    operation["description"] = f"{operation['description']}\n\n{note}".strip()


def _tell_inputs(operation: dict[str, Any], method: str, rule: Rule) -> None:
    names = re.findall(r"<name:([^>]+)>", rule.rule)
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "path" and parameter["name"] in names and rule.map is not None:
            pattern = rule.map.converters["name"].regex
            parameter["schema"] = {"type": "string", "pattern": f"^({pattern})$"}
            parameter |= PATH_PARAMETERS.get(parameter["name"], {})
        if parameter["in"] == "query":
            parameter["schema"] = _without_null(parameter["schema"])
            if "description" in parameter["schema"]:
                parameter["description"] = parameter["schema"].pop("description")
    if "412" in operation["responses"]:
        operation["parameters"].append(IF_MATCH)
    if method == "patch":
        content = operation["requestBody"]["content"]
        content["application/merge-patch+json"] = content["application/json"]


def _tell_form(operation: dict[str, Any], view: Any, schemas: dict[str, Any]) -> None:
    """That a form will do as well as JSON, where the model of the body names one."""
    form = getattr(getattr(view, "_spec", {}).get("body"), "form", None)
    if form is not None:
        schemas[form.__name__] = form.model_json_schema()
        schema = {"$ref": f"{_REFERENCE}{form.__name__}"}
        operation["requestBody"]["content"]["multipart/form-data"] = {"schema": schema}
        operation.setdefault("parameters", []).append(PREFER)


def _tell_revalidation(operation: dict[str, Any]) -> None:
    operation.setdefault("parameters", []).append(IF_NONE_MATCH)
    operation["responses"]["200"]["headers"] = ETAG
    operation["responses"]["304"] = {"description": "It is what you have.", "headers": ETAG}
    operation["responses"] = dict(sorted(operation["responses"].items()))


def _without_null(schema: Mapping[str, Any]) -> dict[str, Any]:
    # A query has no null: a parameter is there or not.
    rest = {k: v for k, v in schema.items() if k != "anyOf" and (k, v) != ("default", None)}
    kinds = [kind for kind in schema.get("anyOf", []) if kind != {"type": "null"}]
    return (
        {**rest, **kinds[0]} if len(kinds) == 1 else {**rest, **({"anyOf": kinds} if kinds else {})}
    )


def _tell_problems(operation: dict[str, Any], path: str, access: Access) -> None:
    statuses = {500, 503, *map(int, operation["responses"])}
    if path.startswith("/api/"):
        statuses |= {400, 401}
    if access.scope is not None:
        statuses.add(403)
    if "{" in path:
        statuses.add(404)
    if operation.get("parameters") and any(p["in"] == "query" for p in operation["parameters"]):
        statuses.add(422)
    if "requestBody" in operation:
        statuses |= {413, 415, 422}
        operation["requestBody"]["required"] = True
    for status in sorted(statuses & PROBLEMS.keys()):
        told = operation["responses"].get(str(status), {})
        operation["responses"][str(status)] = {
            "description": told.get("description") or PROBLEMS[status].title,
            "content": {
                PROBLEM_JSON: {
                    "schema": {"$ref": f"{_REFERENCE}Problem"},
                    "example": PROBLEMS[status].outline(),
                }
            },
        }
    operation["responses"] = dict(sorted(operation["responses"].items()))


def _with_short_names(spec: dict[str, Any]) -> Any:
    """APIFlask names a nested schema `Parent.Child`, once for each parent."""
    schemas: Mapping[str, Any] = spec["components"]["schemas"]
    short = {name: name.rpartition(".")[2] for name in schemas}
    text = json.dumps({**spec, "components": {**spec["components"], "schemas": {}}})
    merged: dict[str, Any] = {}
    for name, schema in schemas.items():
        renamed = json.loads(_rename(json.dumps(schema), short))
        if merged.setdefault(short[name], renamed) != renamed:
            raise ValueError(f"two different schemas would be called {short[name]}")
    result = json.loads(_rename(text, short))
    result["components"]["schemas"] = dict(sorted(merged.items()))
    return result


def _rename(text: str, names: Mapping[str, str]) -> str:
    return re.sub(rf'"{_REFERENCE}([^"]+)"', lambda found: f'"{_REFERENCE}{names[found[1]]}"', text)
