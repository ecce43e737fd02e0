"""What pydantic found wrong, as the `errors` of a problem document."""

import re
from collections.abc import Sequence
from urllib.parse import quote

from pydantic import ValidationError

_WORDS = {
    "missing": "is required",
    "extra_forbidden": "is not a known field",
    "model_type": "should be an object",
    "model_attributes_type": "should be an object",
    "dict_type": "should be an object",
    "string_type": "should be a text",
    "list_type": "should be a list",
}
_TOO_MANY = re.compile(r"^\w+ should have at most (\d+ items?) after validation, not .*")
_FRAGMENT_SAFE = "/~!$&'()*+,;=:@-._?"


def json_pointer(location: Sequence[str | int]) -> str:
    """A JSON Pointer (RFC 6901) in its form as a URI fragment."""
    parts = (str(part).replace("~", "~0").replace("/", "~1") for part in location)
    return "#" + "".join(f"/{quote(part, safe=_FRAGMENT_SAFE)}" for part in parts)


def body_errors(error: ValidationError) -> list[dict[str, str]]:
    """One entry for each wrong place in a body."""
    return [
        {"pointer": json_pointer(location), "detail": detail}
        for location, detail in located_errors(error)
    ]


def query_errors(error: ValidationError) -> list[dict[str, str]]:
    """One entry for each wrong query parameter."""
    return [
        {"parameter": str(location[0]) if location else "", "detail": detail}
        for location, detail in located_errors(error)
    ]


def located_errors(error: ValidationError) -> list[tuple[tuple[str | int, ...], str]]:
    """Location and message of each error, in the order in which they were found."""
    return [
        (item["loc"], _WORDS.get(item["type"], _plain(item["msg"])))
        for item in error.errors(include_url=False, include_context=False, include_input=False)
    ]


def _plain(message: str) -> str:
    return _TOO_MANY.sub(r"should have at most \1", message.removeprefix("Value error, "))
