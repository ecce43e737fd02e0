"""The API's description: what APIFlask derives from the views, told completely.

It adds who may call an operation and every problem it may answer with, and gives each schema one
short name. It must not know any single view.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from apiflask import APIFlask
from flask import Flask

from portfolio.errors import PROBLEM_JSON, PROBLEMS
from portfolio.security import Access, declared_access

_CACHED = "portfolio_openapi"
_SCHEMES = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token made by `flask token create`, with the scope read, write or admin; "
        "each scope includes the ones before it.",
    }
}
_DESCRIPTION = """\
Profiles and projects of a developer portfolio.

Everybody may read what is public; answers carry an `ETag` and may be kept and revalidated.
Writing needs a token with the scope `write`. Every error is a problem document (RFC 9457).
"""
_TAGS = [
    {"name": "Profiles", "description": "People and their résumés, after JSON Resume 1.0."},
    {"name": "Projects", "description": "What they have made."},
    {"name": "Cache", "description": "The operator's view of the cache."},
    {"name": "Health", "description": "For balancers."},
]
_PROBLEM_SCHEMA = {
    "type": "object",
    "title": "Problem",
    "description": "A problem document (RFC 9457).",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "id": {"type": "string", "description": "Of an internal error, in the server's log."},
        "errors": {
            "type": "array",
            "description": "Of an invalid request: everything that is wrong with it.",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "JSON Pointer into the body."},
                    "parameter": {"type": "string", "description": "Name in the query."},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
_REFERENCE = "#/components/schemas/"


def configure_openapi(app: APIFlask) -> None:
    """Set how the description is made."""
    app.config.update(
        OPENAPI_VERSION="3.1.0",
        DESCRIPTION=_DESCRIPTION,
        LICENSE={"name": "MIT", "identifier": "MIT"},
        SERVERS=[{"url": "/"}],
        TAGS=_TAGS,
        SECURITY_SCHEMES=_SCHEMES,
        AUTO_404_RESPONSE=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        AUTO_AUTH_ERROR_RESPONSE=False,
        HTTP_ERROR_SCHEMA=_PROBLEM_SCHEMA,
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
    schemas["Problem"] = _PROBLEM_SCHEMA
    for path, method, name, access in _operations(app):
        operation = spec["paths"].get(path, {}).get(method)
        if operation is not None:
            operation["operationId"] = name
            _tell_access(operation, access)
            _tell_problems(operation, path, access)
    named: dict[str, Any] = _with_short_names(spec)
    return named


def _operations(app: Flask) -> Iterator[tuple[str, str, str, Access]]:
    for rule in app.url_map.iter_rules():
        access = declared_access(app.view_functions[rule.endpoint])
        if access is None:
            continue
        path = re.sub(r"<(?:[^<:]+:)?([^>]+)>", r"{\1}", rule.rule)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield path, method.lower(), rule.endpoint.rpartition(".")[2], access


def _tell_access(operation: dict[str, Any], access: Access) -> None:
    if access.scope is not None:
        operation["security"] = [{"bearer": [access.scope.value]}]
        note = f"Needs a token with the scope `{access.scope}`."
    elif access.more_with is not None:
        operation["security"] = [{}, {"bearer": [access.more_with.value]}]
        note = f"Open to everybody; a token with the scope `{access.more_with}` shows drafts too."
    else:
        operation["security"] = []
        note = "Open to everybody."
    described = operation.get("description", "")
    operation["description"] = f"{described}\n\n{note}".strip()


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
            "content": {PROBLEM_JSON: {"schema": {"$ref": f"{_REFERENCE}Problem"}}},
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
