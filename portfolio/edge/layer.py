"""The outermost WSGI layer: request ids, the host check, security headers, CORS, bounded bodies.

It answers nothing of the application's own and knows no route but by the beginning of its path.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from portfolio.edge.bodies import Body, BodyRoom, has_body
from portfolio.edge.request_ids import RequestIds
from portfolio.errors import PROBLEM_JSON, Malformed

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

REQUEST_ID = "portfolio.request_id"
"""Where the request's id stands in the WSGI environ."""

_API = ("/api/", "/v1/")
_DOCS = "/api/v1/docs"
_UNCHECKED_HOST = ("/live/", "/ready/", "/live", "/ready")
_SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_PUBLIC_METHODS = ("GET", "HEAD")

_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
)
_HSTS = ("Strict-Transport-Security", "max-age=31536000")
_API_CSP = ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
_PAGE_CSP = (
    "Content-Security-Policy",
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
)
_EXPOSED = (
    "Access-Control-Expose-Headers",
    "ETag, Location, Link, Retry-After, Cache-Status, Age, X-Request-ID",
)
_ANYONE = ("Access-Control-Allow-Origin", "*")
_PREFLIGHT = (
    ("Access-Control-Max-Age", "3600"),
    ("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"),
    ("Content-Length", "0"),
)
_ANYONE_MAY = (
    _ANYONE,
    ("Access-Control-Allow-Methods", "GET, HEAD"),
    ("Access-Control-Allow-Headers", "Accept, Content-Type, If-None-Match, X-Request-ID"),
)
_LISTED_MAY = (
    ("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE"),
    (
        "Access-Control-Allow-Headers",
        "Accept, Authorization, Content-Type, If-Match, If-None-Match, X-Analysis-Token, "
        "X-Conversation-Token, X-Request-ID",
    ),
)


def hosts_of(allowed: Iterable[str], public: str | None) -> frozenset[str] | None:
    """The host names that are answered; None for any."""
    names = {name.lower() for name in allowed}
    if "*" in names:
        return None
    return frozenset(names | {"localhost", "127.0.0.1", "[::1]"} | ({public} if public else set()))


def _is_api(path: str) -> bool:
    if path.startswith("//"):  # as Flask reads it
        path = "/" + path.lstrip("/")
    return path.startswith(_API) and not path.startswith(_DOCS)


def _joined(
    is_api: bool, headers: list[tuple[str, str]], added: list[tuple[str, str]]
) -> list[tuple[str, str]]:
    """With what everything has, such as a Content-Security-Policy, unless it brings its own.

    Of two `Referrer-Policy` a browser takes the last.
    """
    if any(name == _PAGE_CSP[0] for name, _ in headers):
        own = {name for name, _ in headers}
        return [*headers, *(one for one in added if one[0] not in own)]
    return [*headers, _API_CSP if is_api else _PAGE_CSP, *added]


class FastDoor(Protocol):
    """Answers some requests without the application: see portfolio.caching.web.front."""

    application: "WSGIApplication"
    dress: Callable[[str, list[tuple[str, str]]], list[tuple[str, str]]]
    admits: Callable[[str], bool]

    def find(self, environ: "WSGIEnvironment") -> tuple[str, Any, Iterable[bytes]] | None:
        """Status, headers and body; None where the application has to answer."""


class Edge:
    """Wraps a fast door and the application behind it.

    Args:
        hosts: host names that are answered; None for any.
        origins: origins whose pages may write and send tokens.
        https: whether the outside world comes by https.
        bodies: requests whose bodies may be waited for at once.
    """

    def __init__(
        self,
        front: FastDoor,
        *,
        hosts: frozenset[str] | None,
        origins: frozenset[str],
        https: bool,
        bodies: int,
    ) -> None:
        self._front = front
        front.dress, front.admits = self._dress, self._knows_host
        self._hosts = hosts
        self._origins = origins
        self._known_hosts: set[str] = set()
        self._ids = RequestIds()
        self._bodies = BodyRoom(bodies)
        always = (*_ALWAYS, _HSTS) if https else _ALWAYS
        self._page_headers = [*always]
        self._api_headers = [*always, _EXPOSED]
        self._public_headers = [*self._api_headers, _ANYONE]

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        hit = self._front.find(environ)
        if hit is not None:
            status, headers, body = hit
            headers = [*headers]
            if "HTTP_X_REQUEST_ID" in environ:
                headers.append(("X-Request-ID", self._number(environ)))
            start_response(status, headers)
            return body
        number = self._number(environ)
        path = environ.get("PATH_INFO", "")
        if path not in _UNCHECKED_HOST and not self._knows_host(environ.get("HTTP_HOST", "")):
            return self._refuse_host(number, start_response)
        environ[REQUEST_ID] = number
        is_api = _is_api(path)
        if is_api:
            if environ["REQUEST_METHOD"] == "OPTIONS" and (
                "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ and "HTTP_ORIGIN" in environ
            ):
                return self._answer_preflight(environ, number, start_response)
            added = self._added_to_api(environ)
        else:
            added = self._page_headers
        added = [*added, ("X-Request-ID", number)]

        def start(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None
        ) -> Callable[[bytes], object]:
            return start_response(status, _joined(is_api, headers, added), exc_info)

        if not has_body(environ):
            return self._front.application(environ, start)
        environ["wsgi.input"] = body = Body(environ, self._bodies)
        try:
            return self._front.application(environ, start)
        finally:
            body.leave()

    def _number(self, environ: "WSGIEnvironment") -> str:
        given = environ.get("HTTP_X_REQUEST_ID")
        if given and _SANE_ID.fullmatch(given):
            return str(given)
        return self._ids.prefix + str(next(self._ids.numbers))

    def _dress(self, path: str, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """What anybody's GET or HEAD is answered with, but for the request's id."""
        is_api = _is_api(path)
        added = self._public_headers if is_api else self._page_headers
        return _joined(is_api, headers, added)

    def _knows_host(self, host: str) -> bool:
        # Without a header nobody was deceived by one.
        if host in self._known_hosts or self._hosts is None or not host:
            return True
        name = re.sub(r":\d*$", "", host.lower()).rstrip(".")
        if name not in self._hosts:
            return False
        if len(self._known_hosts) < 100 and len(host) < 300:
            self._known_hosts.add(host)
        return True

    def _added_to_api(self, environ: "WSGIEnvironment") -> Sequence[tuple[str, str]]:
        private = "HTTP_AUTHORIZATION" in environ
        if environ["REQUEST_METHOD"] in _PUBLIC_METHODS and not private:
            return self._public_headers
        origin = environ.get("HTTP_ORIGIN")
        if origin in self._origins:
            allowed = ("Access-Control-Allow-Origin", str(origin))
            return [*self._api_headers, allowed, ("Vary", "Origin")]
        return [*self._api_headers, ("Vary", "Origin")] if self._origins else self._api_headers

    def _answer_preflight(
        self, environ: "WSGIEnvironment", number: str, start_response: "StartResponse"
    ) -> Iterable[bytes]:
        origin = environ["HTTP_ORIGIN"]
        method = environ["HTTP_ACCESS_CONTROL_REQUEST_METHOD"]
        asked = environ.get("HTTP_ACCESS_CONTROL_REQUEST_HEADERS", "").lower()
        allowed: Sequence[tuple[str, str]] = ()
        if origin in self._origins:
            allowed = [("Access-Control-Allow-Origin", origin), *_LISTED_MAY]
        elif method in _PUBLIC_METHODS and "authorization" not in asked:
            allowed = _ANYONE_MAY
        start_response("204 No Content", [*_PREFLIGHT, *allowed, ("X-Request-ID", number)])
        return []

    def _refuse_host(self, number: str, start_response: "StartResponse") -> Iterable[bytes]:
        problem = Malformed("The Host is not one of this server's; see ALLOWED_HOSTS.")
        body = problem.body()
        start_response(
            "400 Bad Request",
            [
                ("Content-Type", PROBLEM_JSON),
                ("Content-Length", str(len(body))),
                ("Cache-Control", "no-store"),
                ("X-Request-ID", number),
                *_ALWAYS,
                _API_CSP,
            ],
        )
        return [body]
