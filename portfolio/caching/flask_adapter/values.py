"""What Flask's views and templates return, as plain values: markup, responses, HTTP errors."""

from functools import partial
from typing import Any

from flask import Flask, Response
from flask_caching import CachedResponse
from markupsafe import Markup
from werkzeug.exceptions import HTTPException, default_exceptions
from werkzeug.wrappers import Response as WerkzeugResponse

from ..codec import Codec, CorruptValue, UnsupportedType

KEPT_HEADERS = frozenset(
    {
        "accept-ranges",
        "allow",
        "cache-control",
        "content-disposition",
        "content-encoding",
        "content-language",
        "content-length",
        "content-location",
        "content-security-policy",
        "content-type",
        "etag",
        "expires",
        "last-modified",
        "link",
        "location",
        "vary",
    }
)
"""Headers that say something of what is answered. A response with any other is not stored: it may
be one visitor's (Set-Cookie), and a hit must not lack what a miss had."""

_VISITORS = frozenset({"*", "authorization", "cookie"})
"""Responses that vary by these are not for everyone."""

_MARKUP, _RESPONSE, _FLASK, _WERKZEUG, _CACHED, _ERROR = range(32, 38)


class NotToBeShared(UnsupportedType):
    """A value's type is known, but this one must not be stored."""

    def __init__(self, kind: type, reason: str) -> None:
        super().__init__(kind)
        self.args = (f"{self.args[0]}: {reason}",)


class StoredError:
    """An HTTP error on its way into the store; `abort` raises one of many classes."""

    def __init__(self, error: HTTPException) -> None:
        self.error = error


def flask_codec(app: Flask) -> Codec:
    """A codec that also knows what `app`'s views and templates return."""
    codec = Codec()
    codec.register(_MARKUP, Markup, str, Markup)
    # One of them may be the application's own.
    responses: dict[type[WerkzeugResponse], int] = {WerkzeugResponse: _WERKZEUG, Response: _FLASK}
    responses[app.response_class] = _RESPONSE
    for kind, code in responses.items():
        codec.register(code, kind, _from_response, partial(_response, kind))
    codec.register(
        _CACHED,
        CachedResponse,
        lambda response: [*_from_response(response), response.timeout],
        lambda plain: CachedResponse(_response(app.response_class, plain[:3]), plain[3]),
    )
    codec.register(_ERROR, StoredError, _from_error, _error)
    return codec


def _from_response(response: WerkzeugResponse) -> list[Any]:
    if response.status_code >= 500:
        raise NotToBeShared(type(response), f"status {response.status_code}")
    if response.direct_passthrough:
        raise NotToBeShared(type(response), "a file that is passed through")
    others = {name.lower() for name, _value in response.headers} - KEPT_HEADERS
    if others:
        raise NotToBeShared(type(response), f"header {', '.join(sorted(others))}")
    control = response.cache_control
    if control.private or control.no_store:
        raise NotToBeShared(type(response), f"Cache-Control: {control}")
    if not _VISITORS.isdisjoint(name.lower() for name in response.vary):
        raise NotToBeShared(type(response), f"Vary: {response.vary}")
    return [response.status, [list(header) for header in response.headers], response.get_data()]


def _response(kind: type[WerkzeugResponse], plain: list[Any]) -> Any:
    status, headers, body = plain
    response = kind(body, status=status)
    response.headers.clear()
    response.headers.extend((name, value) for name, value in headers)
    return response


def _from_error(stored: StoredError) -> list[Any]:
    error = stored.error
    kind, code = type(error), error.code
    more = any(value for name, value in vars(error).items() if name != "description")
    if more or code is None or default_exceptions.get(code) is not kind:
        raise UnsupportedType(kind)
    if code >= 500:
        raise NotToBeShared(kind, f"status {code}")
    return [code, error.description]


def _error(plain: list[Any]) -> HTTPException:
    code, description = plain
    if code not in default_exceptions:
        raise CorruptValue(f"no HTTP error {code}")
    return default_exceptions[code](description)
