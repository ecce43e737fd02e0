"""How often one visitor may ask: rates counted in the durable Redis, or here while it is away.

Only views that are decorated are counted; what the cache's fast door answers never comes by.
"""

import hashlib
import re
import time
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import redis
from flask import Flask, Response, current_app, request
from flask_limiter import Limiter, RateLimitExceeded

from portfolio.errors import TooManyRequests, answer_problem
from portfolio.security import may_read_private
from portfolio.services.visits.salts import salt_or_stand_in

_PREFIX = 64
"""Bits of an IPv6 address that one household or server has to itself."""
_WITH_PORT = re.compile(r"(?:([\d.]+)|\[([^\]]+)\])(?::\d+)?")
"""How some proxies write an address."""


def client_key() -> str:
    """Stands for the visitor's address until midnight UTC; the address itself is kept nowhere.

    What is left of it in Redis or in its files says nothing when the day's salt is gone.
    """
    address = find_client(
        request.remote_addr or "",
        request.headers.getlist("X-Forwarded-For"),
        current_app.config["TRUSTED_PROXIES"],
    )
    today = datetime.now(UTC).date()
    secret = hashlib.sha256(current_app.config["SECRET_KEY"].encode()).digest()
    key = salt_or_stand_in(today) + secret
    made = hashlib.blake2b(f"{today} {address}".encode(), key=key, person=b"limits", digest_size=12)
    return made.hexdigest()


def find_client(peer: str, forwarded: list[str], trusted: tuple[str, ...]) -> str:
    """The address, or of IPv6 the network, of who asks.

    Each proxy puts the address of who came to it behind those it was told, so the list is read
    from its end, for as long as who wrote it is trusted.

    Args:
        peer: the address at the other end of the connection.
        forwarded: values of X-Forwarded-For, which anybody may have written.
        trusted: addresses or networks of proxies.
    """
    networks = [ip_network(network) for network in trusted]
    address = _parse(peer)
    for told in reversed(",".join(forwarded).split(",")):
        before = _parse(_without_port(told.strip()))
        if before is None or address is None or not any(address in each for each in networks):
            break
        address = before
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _PREFIX), strict=False))
    return str(address or "unknown")


def is_trusted(peer: str, trusted: tuple[str, ...]) -> bool:
    """Whether who is at the other end of the connection is one of our proxies."""
    address = _parse(peer)
    return address is not None and any(address in ip_network(each) for each in trusted)


def limit_rates(app: Flask) -> None:
    """Count for this application, and tell who asks too often when to come back."""
    limiter.init_app(app)
    app.register_error_handler(RateLimitExceeded, answer_too_often)


def _parse(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _without_port(text: str) -> str:
    found = _WITH_PORT.fullmatch(text)
    return found[1] or found[2] if found else text


def answer_too_often(error: RateLimitExceeded) -> Response:
    """The response for who asks too often."""
    wait = str(seconds_left())
    rate = error.description.replace(" per 1 ", " per ")
    detail = f"One visitor may send {rate}."
    return answer_problem(TooManyRequests(detail, headers={"Retry-After": wait}))


def seconds_left() -> int:
    """After how many seconds the visitor who asked too often may ask again."""
    limit = limiter.current_limit
    try:
        return max(1, int(limit.reset_at - time.time())) if limit else 1
    except redis.RedisError:
        return 1


limiter = Limiter(
    client_key,
    in_memory_fallback_enabled=True,
    # Of two that find Redis away at the same moment, the extension forgives only one.
    swallow_errors=True,
)

limit_questions = limiter.shared_limit(
    lambda: str(current_app.config["CHAT_RATE_LIMIT"]),
    scope="chat",
    exempt_when=may_read_private,
)
"""Decorates the views by which visitors ask."""

limit_analyses = limiter.shared_limit(
    lambda: str(current_app.config["JOB_RATE_LIMIT"]),
    scope="job-analyses",
    exempt_when=may_read_private,
)
"""Decorates the views by which visitors have job descriptions matched."""

limit_events = limiter.limit(lambda: str(current_app.config["EVENT_RATE_LIMIT"]))
"""Decorates the view by which browsers tell of visits."""

limit_contact = limiter.limit(
    lambda: str(current_app.config["CONTACT_RATE_LIMIT"]), exempt_when=may_read_private
)
"""Decorates the view by which visitors write to the owner."""
