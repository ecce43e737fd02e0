"""The fast door: answers public GET and HEAD requests from memory before Flask is entered.

It holds no rule of its own: a copy is believed where the engine believes it, and whatever is not
plain here is left to the application.
"""

from collections.abc import Iterable
from http import HTTPStatus
from time import monotonic
from typing import TYPE_CHECKING

from ..counters import Counters
from ..memory import Copy
from ..nearby import Nearby
from .compression import Compression
from .negotiation import IDENTITY, acceptable_codings, meets_preconditions
from .reply import Reply

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PASS = "portfolio.cache.pass"  # noqa: S105 - no password
"""Set in the WSGI environ of a visit that is not to be answered from memory."""

_NOT_MODIFIED = "304 Not Modified"


def address(environ: "WSGIEnvironment") -> str:
    """What leads to a copy: path and query as they were sent."""
    query = environ.get("QUERY_STRING")
    path: str = environ["PATH_INFO"]
    return f"{path}?{query}" if query else path


class Front:
    """Wraps a WSGI application.

    Args:
        session_cookie: name of the cookie whose bearers are somebody.
    """

    def __init__(
        self,
        application: "WSGIApplication",
        nearby: Nearby,
        counters: Counters,
        compression: Compression,
        session_cookie: str,
    ) -> None:
        self._application = application
        self._nearby = nearby
        self._counters = counters
        self._compression = compression
        self._session_cookie = f"{session_cookie}="

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method == "GET" or method == "HEAD":
            copy = self._nearby.at(address(environ))
            if copy is not None and self._is_plain(environ):
                reply = self._choose(copy, environ.get("HTTP_ACCEPT_ENCODING"))
                if reply is not None:
                    self._counters.add(copy.counter)
                    return _send(reply, copy, environ, start_response)
        return self._application(environ, start_response)

    def _is_plain(self, environ: "WSGIEnvironment") -> bool:
        return not (
            "HTTP_AUTHORIZATION" in environ
            or "HTTP_IF_MATCH" in environ
            or PASS in environ
            or ("HTTP_COOKIE" in environ and self._session_cookie in environ["HTTP_COOKIE"])
        )

    def _choose(self, copy: Copy, accepted: str | None) -> Reply | None:
        """The best reply that is at hand; None where the client takes none of them."""
        replies: dict[str, Reply] = copy.replies
        if accepted is None:
            return replies[IDENTITY]
        codings = acceptable_codings(accepted)
        if IDENTITY not in codings:
            return None
        for coding in codings:
            reply = replies.get(coding)
            if reply is not None:
                return reply
            self._compression.ask(copy, coding)
        return None


def _send(
    reply: Reply, copy: Copy, environ: "WSGIEnvironment", start_response: "StartResponse"
) -> Iterable[bytes]:
    _second, headers, unmodified = reply.ready(copy, monotonic())
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known is not None and (
        known == reply.quoted or meets_preconditions(environ, reply.etag) == HTTPStatus.NOT_MODIFIED
    ):
        start_response(_NOT_MODIFIED, unmodified)
        return ()
    start_response(reply.status, headers)
    return () if environ["REQUEST_METHOD"] == "HEAD" else reply.chunks
