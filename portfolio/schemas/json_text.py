"""JSON in and out: strict reading with places for errors, and the one way of writing."""

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from pydantic import BaseModel

from portfolio.schemas.json_oddities import describe_oddities
from portfolio.schemas.text import has_lone_surrogate

DEPTH_LIMIT = 50
"""Levels of objects and arrays; no document of ours has more than ten."""
_ESCAPED_HALF = re.compile(rb"\\u[dD][89a-fA-F]")


class _OddJson(ValueError):
    """Something that JSON's grammar allows, or nearly, and that cannot be taken."""


class JsonError(Exception):
    """Text is not JSON that can be taken; the message says what and where."""


class LoneSurrogate(Exception):
    """A string holds half of a surrogate pair; `location` says which."""

    def __init__(self, location: tuple[str | int, ...]) -> None:
        super().__init__("holds half of a surrogate pair, which is no character")
        self.location = location


def encode_json(document: Any) -> bytes:
    """Plain data as compact JSON in UTF-8."""
    return msgspec.json.encode(document)


def encode_model(model: BaseModel) -> bytes:
    """A response model as the very bytes that the API answers with."""
    return encode_json(model.model_dump(mode="json"))


def decode_json(data: bytes) -> Any:
    """The value that UTF-8 JSON text stands for.

    Raises:
        JsonError: not UTF-8, not JSON, nested too deeply, or an object names a member twice.
        LoneSurrogate: a string is not Unicode text.
    """
    value = decode_loosely(data)
    for location in lone_surrogates(value) if _ESCAPED_HALF.search(data) else ():
        raise LoneSurrogate(location)
    return value


def lone_surrogates(value: Any) -> Iterator[tuple[str | int, ...]]:
    """Where strings hold half of a surrogate pair; of a member's name, the place of its object."""
    return (location for location, string in _strings(value) if has_lone_surrogate(string))


def decode_loosely(data: bytes) -> Any:
    """Like `decode_json`, but strings may hold half of a surrogate pair.

    Raises:
        JsonError
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        where = f"byte {error.start} is wrong, in line {line}"
        raise JsonError(f"The text is not UTF-8: {where}. Save it as UTF-8.") from None
    try:
        value = json.loads(text, object_pairs_hook=_members, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise JsonError(f"The text is not JSON: {error.msg} at {place}.") from None
    except (RecursionError, ValueError):  # ours, or Python's own on the digits of an integer
        raise JsonError(describe_oddities(text, DEPTH_LIMIT)) from None
    # Fewer brackets than the limit cannot nest more deeply, and most texts have fewer.
    if text.count("{") + text.count("[") > DEPTH_LIMIT and _is_too_deep(value):
        raise JsonError(describe_oddities(text, DEPTH_LIMIT))
    return value


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _OddJson
    return members


def _refuse_constant(_name: str) -> None:
    raise _OddJson


def _is_too_deep(value: Any) -> bool:
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(DEPTH_LIMIT + 1):
        if not level:
            return False
        lists = [item.values() if isinstance(item, dict) else item for item in level]
        level = [child for items in lists for child in items if isinstance(child, dict | list)]
    return True


def _strings(value: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    # A stack instead of recursion: the parser's depth limit is its own.
    pending: list[tuple[tuple[str | int, ...], Any]] = [((), value)]
    while pending:
        location, item = pending.pop()
        if isinstance(item, str):
            yield location, item
        elif isinstance(item, list):
            pending.extend(((*location, index), child) for index, child in enumerate(item))
        elif isinstance(item, dict):
            for name, child in item.items():
                yield location, name
                pending.append(((*location, name), child))
