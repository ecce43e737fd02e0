"""A response as it is stored: what of it may be shared, and its gzip form."""

import gzip
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

STORED_HEADERS = ("Content-Type", "Content-Language", "Link", "Content-Security-Policy")
"""The only headers that are kept with a response; the rest is made anew for each answer."""

EXTENSION_CODE = 32
"""What a stored response is marked with in the codec's msgpack."""

_CODED = re.compile("-(br|zstd|gzip)$")
_LEAST = 256
"""Bytes below which a body is not compressed: headers alone take more."""


def entity_tag(body: bytes) -> str:
    """The opaque part of a body's strong entity tag (RFC 9110, 8.8.3), without quotes."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def without_coding(tag: str) -> str:
    """The entity tag of the same content when it is not encoded."""
    return _CODED.sub("", tag)


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """A response without anything that belongs to one visitor. Never changes.

    Attributes:
        gzip: the body under the content coding gzip; None where that is no shorter.
        etag: the entity tag of `body`, without quotes.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    gzip: bytes | None
    etag: str

    @classmethod
    def of(cls, status: int, headers: Iterable[tuple[str, str]], body: bytes) -> "StoredResponse":
        """Make it from a response; of the headers only STORED_HEADERS are taken."""
        kept = tuple((name, value) for name, value in headers if name in STORED_HEADERS)
        return cls(status, kept, body, _gzip_if_shorter(body), entity_tag(body))


def gzipped(body: bytes) -> bytes:
    """The body in gzip, the same bytes each time."""
    return gzip.compress(body, compresslevel=6, mtime=0)


def _gzip_if_shorter(body: bytes) -> bytes | None:
    if len(body) < _LEAST:
        return None
    packed = gzipped(body)
    return packed if len(packed) < len(body) else None


def to_plain(response: StoredResponse) -> list[Any]:
    """For the codec."""
    headers = [list(header) for header in response.headers]
    return [response.status, headers, response.body, response.gzip, response.etag]


def from_plain(plain: list[Any]) -> StoredResponse:
    """For the codec; raises ValueError or TypeError for anything else."""
    status, headers, body, packed, etag = plain
    pairs = tuple((str(name), str(value)) for name, value in headers)
    return StoredResponse(int(status), pairs, body, packed, str(etag))
