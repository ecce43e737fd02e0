"""Redis clients that give up: nothing is tried twice, nobody waits longer than they are told."""

from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry


def impatient_client(url: str, timeout: float, **options: Any) -> redis.Redis:
    """A client; redis-py's own would go on trying for seconds, while somebody waits.

    Args:
        timeout: seconds for connecting and for each answer.
    """
    return redis.Redis.from_url(url, **impatience(timeout), **options)


def impatience(timeout: float) -> dict[str, Any]:
    """The options that make a client so."""
    return {
        "socket_timeout": timeout,
        "socket_connect_timeout": timeout,
        "retry": Retry(NoBackoff(), 0),
    }
