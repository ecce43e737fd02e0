"""The fast door: answers public GET and HEAD requests from memory before Flask is entered.

It holds no rule of its own: a copy is believed where the engine believes it, and whatever is not
plain here is left to the application.
"""

from collections.abc import Callable, Iterable
from time import monotonic
from typing import TYPE_CHECKING

from ..forks import after_fork
from ..memory import Address, Copy
from ..nearby import Nearby
from .compression import Compression
from .negotiation import IDENTITY, LONGEST_ACCEPT, acceptable_codings, meets_preconditions
from .reply import Dress, Headers, Hit, Reply

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Asked = tuple[str, str | None, str, str, str | None]
"""Method, host, path, query and accepted codings of a request."""
Given = tuple[Hit, Hit, str, Callable[[], int]]
"""What was sent; what is to who has it already; its quoted entity tag; what counts a hit of it."""

_MOST_GIVEN = 100


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
        admits: whether that layer would let in who asks for a host.
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
        self.admits: Callable[[str], bool] = _anybody
        self._nearby = nearby
        self._addresses = nearby.addresses
        self._listener = nearby.listener
        self._breaker = nearby.breaker
        self._compression = compression
        self._session_cookie = f"{session_cookie}="
        self._forget()
        after_fork(self._forget)

    def _forget(self) -> None:
        # What is given again to who asks the same, up to a moment on the monotonic clock and while
        # the listener's sequence number is this.
        self._given: tuple[float, int, dict[Asked, Given]] = (0.0, -1, {})

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
        asked = (
            environ["REQUEST_METHOD"],
            environ.get("HTTP_HOST"),
            environ["PATH_INFO"],
            environ.get("QUERY_STRING", ""),
            environ.get("HTTP_ACCEPT_ENCODING"),
        )
        until, sequence, answers = self._given
        given = answers.get(asked)
        if (
            given is None
            or "HTTP_AUTHORIZATION" in environ
            or "HTTP_COOKIE" in environ
            or "HTTP_IF_MATCH" in environ
        ):
            return self._look(environ, asked)
        now, listener = monotonic(), self._listener
        if (
            now < until
            and now < listener.fenced_until
            and sequence == listener.sequence
            and not self._breaker.is_open
        ):
            hit, unmodified, quoted, count_hit = given
            if "HTTP_IF_NONE_MATCH" in environ:
                if environ["HTTP_IF_NONE_MATCH"] != quoted:
                    return self._look(environ, asked)
                hit = unmodified
            count_hit()
            return hit
        return self._look(environ, asked)

    def _look(self, environ: "WSGIEnvironment", asked: Asked) -> Hit | None:
        method, host, path, query, accepted = asked
        if method != "GET" and method != "HEAD":
            return None
        copy = self._addresses.get((path, query))
        if (
            copy is None
            or "HTTP_AUTHORIZATION" in environ
            or "HTTP_IF_MATCH" in environ
            or ("HTTP_COOKIE" in environ and self._session_cookie in environ["HTTP_COOKIE"])
            or not self.admits(host or "")
            or not self._nearby.believes(copy)
        ):
            return None
        copy.visited = True
        reply = copy.replies[IDENTITY] if accepted is None else self._choose(copy, accepted)
        if reply is None:
            return None
        copy.count_hit()
        now = monotonic()
        until, full, head, unmodified = reply.ready
        if now >= until:
            until, full, head, unmodified = reply.make_ready(copy, now, self.dress, path)
        hit = full if method == "GET" else head
        self._keep(asked, (hit, unmodified, reply.quoted, copy.count_hit), copy, until)
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and (
            known == reply.quoted or meets_preconditions(environ, reply.etag) == 304
        ):
            return unmodified
        return hit

    def _keep(self, asked: Asked, given: Given, copy: Copy, until: float) -> None:
        """Give the same again until the second of its headers is over, or something is heard."""
        end, sequence, answers = self._given
        if end < until or sequence != copy.checked or len(answers) == _MOST_GIVEN:
            end, sequence, answers = self._given = until, copy.checked, {}
        accepted = asked[-1]
        if end <= copy.expires and (accepted is None or len(accepted) <= LONGEST_ACCEPT):
            answers[asked] = given

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


def _anybody(_host: str) -> bool:
    return True


def _leave(_path: str, headers: Headers) -> Headers:
    return headers
