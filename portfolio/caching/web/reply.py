"""A stored response under one content coding, with its headers ready to be sent."""

from collections.abc import Callable
from http import HTTPStatus

from ..memory import Copy
from ..policy import Policy
from .negotiation import IDENTITY
from .response import StoredResponse

Headers = list[tuple[str, str]]
Hit = tuple[str, Headers, list[bytes]]
"""Status, headers and body of an answer. The body is a list, and not a tuple, because granian sends
lists as they are and streams whatever else can be iterated over, at several times the cost."""
Dress = Callable[[str, Headers], Headers]
"""What else is sent with the answers of a path."""

REPLY_SIZE = 2000
"""Bytes that a reply takes besides its body, about, as measured: headers in two ready forms."""

_VARY = ("Vary", "Accept-Encoding, Authorization")


Ready = tuple[float, Hit, Hit, Hit]
"""The moment on the monotonic clock until which a hit in memory is sent this, and what: to a GET,
to a HEAD, and to whoever has it already."""

_NOTHING: Hit = ("", [], [])
_NEVER: Ready = (float("-inf"), _NOTHING, _NOTHING, _NOTHING)


class Reply:
    """What is sent for one response and content coding. Thread-safe.

    Attributes:
        cache_headers: what browsers and proxies are told about keeping it.
        etag: the entity tag of this coding, without quotes; another for each coding, since a
            strong tag stands for the very bytes.
        ready: what was last made ready to be sent.
    """

    __slots__ = (
        *("_content", "_validators"),
        *("body", "cache_headers", "coding", "etag", "quoted", "ready", "status"),
    )

    def __init__(
        self, response: StoredResponse, coding: str, body: bytes, cache_headers: Headers
    ) -> None:
        self.coding = coding
        self.cache_headers = cache_headers
        self.body = body
        self.etag = response.etag if coding == IDENTITY else f"{response.etag}-{coding}"
        self.quoted = f'"{self.etag}"'
        self.status = f"{response.status} {HTTPStatus(response.status).phrase}"
        self._content = [*response.headers, ("Content-Length", str(len(body)))]
        if coding != IDENTITY:
            self._content.append(("Content-Encoding", coding))
        self._validators = [*cache_headers, _VARY]
        if response.status == HTTPStatus.OK:
            self._validators.append(("ETag", self.quoted))
        self.ready: Ready = _NEVER

    def headers(self, *further: tuple[str, str], modified: bool = True) -> Headers:
        """The headers to send; without those of the content if nothing was modified."""
        return [*(self._content if modified else ()), *self._validators, *further]

    def make_ready(self, copy: Copy, now: float, dress: Dress, path: str) -> Ready:
        """Make what a hit in memory is sent during this second."""
        further = age_header(copy, now), cache_status(f"hit; {ttl(copy, now)}; detail=l1")
        headers = dress(path, self.headers(*further))
        unmodified = dress(path, self.headers(*further, modified=False))
        self.ready = (
            int(now) + 1.0,
            (self.status, headers, [self.body]),
            (self.status, headers, []),
            ("304 Not Modified", unmodified, []),
        )
        return self.ready


def make_replies(response: StoredResponse, policy: Policy, fresh: float) -> dict[str, Reply]:
    """Replies by content coding, of the codings that are at hand.

    Args:
        fresh: seconds for which the entry is fresh from its computation on.
    """
    headers = cache_headers(response, policy, fresh)
    replies = {IDENTITY: Reply(response, IDENTITY, response.body, headers)}
    if response.gzip is not None:
        replies["gzip"] = Reply(response, "gzip", response.gzip, headers)
    return replies


def cache_headers(response: StoredResponse, policy: Policy, fresh: float) -> Headers:
    """What browsers and proxies are told about keeping the response."""
    if response.status != HTTPStatus.OK:
        return [("Cache-Control", "no-store")]
    if policy.client_stale:
        late = f"stale-while-revalidate={policy.client_stale}, stale-if-error={policy.client_stale}"
        directives = f"public, max-age=0, {late}"
        return [("Cache-Control", directives), ("CDN-Cache-Control", directives)]
    if not policy.depends:  # nothing but time can make it invalid
        return [("Cache-Control", f"public, max-age={int(fresh)}")]
    return [("Cache-Control", "public, no-cache")]


def age_header(copy: Copy, now: float) -> tuple[str, str]:
    """Seconds since the entry was computed (RFC 9111, 5.1)."""
    return ("Age", str(max(int(now - copy.made), 0)))


def ttl(copy: Copy, now: float) -> str:
    """The parameter of Cache-Status; below 0 for what is expired."""
    return f"ttl={int((copy.expires - now) // 1)}"


def cache_status(text: str) -> tuple[str, str]:
    """RFC 9211."""
    return ("Cache-Status", f"portfolio; {text}")
