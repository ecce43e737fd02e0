"""The fast door: answers public GET and HEAD requests from memory before Flask is entered.

It holds no rule of its own: a copy is believed where the engine believes it, and whatever is not
plain here is left to the application.
"""

from collections.abc import Iterable
from time import monotonic
from typing import TYPE_CHECKING

from ..memory import Address, Copy
from ..nearby import Nearby
from .compression import Compression
from .negotiation import IDENTITY, acceptable_codings, meets_preconditions
from .reply import Dress, Headers, Hit, Reply

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def address(environ: "WSGIEnvironment") -> Address:
    """What leads to a copy: the path and the query that were sent, apart from each other."""
    return environ["PATH_INFO"], environ.get("QUERY_STRING", "")


class Front:
    """Wraps a WSGI application.

    Args:
        session_cookie: name of the cookie whose bearers are somebody.

    Attributes:
        application: what answers everything else.
        dress: adds the headers that a layer outside would add to each answer of a path, so that
            they need not be put together for each hit.
    """

    def __init__(
        self,
        application: "WSGIApplication",
        nearby: Nearby,
        compression: Compression,
        session_cookie: str,
    ) -> None:
        self.application = application
        self.dress: Dress = _leave
        self._nearby = nearby
        self._addresses = nearby.addresses
        self._listener = nearby.listener
        self._breaker = nearby.breaker
        self._compression = compression
        self._session_cookie = f"{session_cookie}="

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        hit = self.find(environ)
        if hit is None:
            return self.application(environ, start_response)
        status, headers, chunks = hit
        start_response(status, [*headers])
        return chunks

    def find(self, environ: "WSGIEnvironment") -> Hit | None:
        """The answer to a request: its status, headers that are not to be changed, and its body.

        None where the application has to answer.
        """
        method = environ["REQUEST_METHOD"]
        if method != "GET" and method != "HEAD":
            return None
        path = environ["PATH_INFO"]
        copy = self._addresses.get((path, environ.get("QUERY_STRING", "")))
        if (
            copy is None
            or "HTTP_AUTHORIZATION" in environ
            or "HTTP_IF_MATCH" in environ
            or ("HTTP_COOKIE" in environ and self._session_cookie in environ["HTTP_COOKIE"])
        ):
            return None
        now = monotonic()
        # What `believes` would find, without asking: nothing was heard since it last said yes.
        if not (
            now < self._listener.fenced_until
            and copy.checked == self._listener.sequence
            and now < copy.expires
            and not self._breaker.is_open
        ) and not self._nearby.believes(copy):
            return None
        copy.visited = True
        accepted = environ.get("HTTP_ACCEPT_ENCODING")
        reply = copy.replies[IDENTITY] if accepted is None else self._choose(copy, accepted)
        if reply is None:
            return None
        copy.count_hit()
        until, full, head, unmodified = reply.ready
        if now >= until:
            until, full, head, unmodified = reply.make_ready(copy, now, self.dress, path)
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and (
            known == reply.quoted or meets_preconditions(environ, reply.etag) == 304
        ):
            return unmodified
        return full if method == "GET" else head

    def _choose(self, copy: Copy, accepted: str) -> Reply | None:
        """The best reply that is at hand; None where the client takes none of them."""
        replies: dict[str, Reply] = copy.replies
        codings = acceptable_codings(accepted)
        if IDENTITY not in codings:
            return None
        for coding in codings:
            reply = replies.get(coding)
            if reply is not None:
                return reply
            self._compression.ask(copy, coding)
        return None


def _leave(_path: str, headers: Headers) -> Headers:
    return headers
