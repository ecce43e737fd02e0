"""The rules of JSON Resume 1.0 in our own words: types, forms, and no other members at the top."""

from typing import Any

import jsonschema

from tests.docs.test_sample import MEMBERS

_LISTS = {"highlights", "keywords", "courses", "roles"}
_DATES = {"startDate", "endDate", "date", "releaseDate"}
_LINKS = {"url", "image", "canonical", "$schema"}
_DAY = "([1-2][0-9]{3}-[0-1][0-9]-[0-3][0-9]|[1-2][0-9]{3}-[0-1][0-9]|[1-2][0-9]{3})"


def _kind(name: str) -> dict[str, Any]:
    if name in _LISTS:
        return {"type": "array", "items": {"type": "string"}}
    if name in _DATES:
        return {"type": "string", "pattern": f"^{_DAY}$"}
    if name in _LINKS:
        return {"type": "string", "pattern": "^[a-z]+://[^ ]+$"}
    return {"type": "string"}


def _object(names: str, **others: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {**{n: _kind(n) for n in names.split()}, **others}}


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


_PLACE = _object("address postalCode city countryCode region")
_ACCOUNTS = _list(_object("network username url"))
_TOP = {
    "$schema": _kind("$schema"),
    "meta": _object(MEMBERS["meta"]),
    "basics": _object(
        MEMBERS["basics"].replace(" location profiles", ""), location=_PLACE, profiles=_ACCOUNTS
    ),
}
_SECTIONS = {name: _list(_object(names)) for name, names in MEMBERS.items() if name not in _TOP}
_VALIDATOR = jsonschema.Draft7Validator(
    {"type": "object", "additionalProperties": False, "properties": {**_SECTIONS, **_TOP}}
)


def schema_errors(document: Any) -> list[str]:
    """Everything in which the document is no JSON Resume 1.0."""
    return [f"{error.json_path}: {error.message}" for error in _VALIDATOR.iter_errors(document)]
