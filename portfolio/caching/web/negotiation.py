"""What a request may be sent: content codings (RFC 9110, 12.5.3) and preconditions (13)."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from werkzeug.http import parse_accept_header, parse_etags

IDENTITY = "identity"
PREFERENCE = ("br", "zstd", "gzip", IDENTITY)
"""Content codings, best first; where a client likes two as much, the first is taken."""

_ALIASES = {"x-gzip": "gzip"}


LONGEST_ACCEPT = 300
"""Characters of an `Accept-Encoding` that is taken seriously; browsers send thirty."""
_LONGEST_CONDITION = 8192
"""Characters of a precondition that is evaluated; longer ones are as if they were not there."""


def acceptable_codings(accepted: str) -> tuple[str, ...]:
    """The codings that a header `Accept-Encoding` allows, best first; may be empty."""
    # Before anything is remembered: what is remembered has to be short.
    return _codings(accepted) if len(accepted) <= LONGEST_ACCEPT else (IDENTITY,)


@lru_cache(maxsize=1000)
def _codings(accepted: str) -> tuple[str, ...]:
    weights: dict[str, float] = {}
    for name, quality in parse_accept_header(accepted):
        coding = _ALIASES.get(name.lower(), name.lower())
        weights[coding] = max(float(quality), weights.get(coding, 0.0))
    others = weights.get("*", 0.0)
    # Identity is acceptable unless it is refused, by name or by `*;q=0`; it is only a last resort
    # when nothing says how much it is liked.
    least = others if "*" in weights else 0.001
    liked = {coding: weights.get(coding, others) for coding in PREFERENCE}
    liked[IDENTITY] = weights.get(IDENTITY, least)
    codings = [coding for coding in PREFERENCE if liked[coding] > 0]
    return tuple(sorted(codings, key=lambda coding: -liked[coding]))


def meets_preconditions(environ: Mapping[str, Any], etag: str) -> int | None:
    """The status that preconditions of a GET or HEAD demand, 304 or 412; None to go on.

    There are no dates of modification here, so that conditions on them are passed over, as
    RFC 9110, 13.1.3 and 13.1.4, asks for.

    Args:
        etag: of the selected representation, without quotes; a strong one.
    """
    wanted = environ.get("HTTP_IF_MATCH")
    if wanted is not None and len(wanted) <= _LONGEST_CONDITION:
        tags = parse_etags(wanted)
        if not (tags.star_tag or etag in tags.as_set(include_weak=False)):
            return 412
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known is not None and len(known) <= _LONGEST_CONDITION:
        tags = parse_etags(known)
        if tags.star_tag or tags.contains_weak(etag):
            return 304
    return None
