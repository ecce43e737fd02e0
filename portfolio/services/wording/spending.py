"""How many tokens the language model may still use today, counted over all processes.

What a call may use at most is counted before it begins. So whatever happens to a call, and to
whoever makes it, no more than allowed is used.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import cast

import redis

from portfolio.caching.redis_adapter.clients import impatient_client
from portfolio.services.pausing import Pause

logger = logging.getLogger(__name__)

_KEPT = 3 * 24 * 3600
_PATIENCE = 0.3
_REST = 5.0
"""Seconds for which a Redis that is away is not asked again."""

Clock = Callable[[], datetime]


class SpendingUnknown(Exception):
    """The durable Redis is away: nothing may be spent."""


class SpendingLimit(Exception):
    """What is allowed for today is used up."""


class Spending:
    """The tokens of each UTC day, in the durable Redis.

    Args:
        prefix: of the installation's keys.
        limit: most tokens of a day.
    """

    def __init__(
        self, url: str, prefix: str, limit: int, clock: Clock = lambda: datetime.now(UTC)
    ) -> None:
        self._redis = impatient_client(url, _PATIENCE)
        self._prefix, self._limit, self._clock = prefix, limit, clock
        self._pause = Pause()

    def reserve(self, tokens: int) -> str:
        """Count them as used.

        Returns:
            the name of the sum that they were added to.

        Raises:
            SpendingLimit: so many are not left.
            SpendingUnknown: the sum cannot be had.
        """
        if self._pause.remaining:
            raise SpendingUnknown
        key = self._key()
        if self._add(key, tokens) > self._limit:
            self._add(key, -tokens)
            raise SpendingLimit
        return key

    def settle(self, key: str, reserved: int, used: int) -> None:
        """Put right what was counted; if that fails, it stays the larger number."""
        if used == reserved or (used < reserved and self._pause.remaining):
            return
        try:
            self._add(key, used - reserved)
        except SpendingUnknown:
            logger.warning("language model: %d tokens too many stay counted", reserved - used)

    def used(self) -> int:
        """Tokens of today; raises SpendingUnknown."""
        try:
            return int(cast(bytes | None, self._redis.get(self._key())) or 0)
        except (redis.RedisError, OSError, ValueError) as error:
            raise SpendingUnknown from error

    def close(self) -> None:
        """Close the connections."""
        self._redis.close()

    def _key(self) -> str:
        return f"{self._prefix}:llm:tokens:{self._clock():%Y-%m-%d}"

    def _add(self, key: str, tokens: int) -> int:
        pipeline = self._redis.pipeline(transaction=True)
        pipeline.incrby(key, tokens)
        pipeline.expire(key, _KEPT)
        try:
            total, _expires = pipeline.execute()
        except (redis.RedisError, OSError) as error:
            if self._pause.note_failure(wait=_REST):
                logger.warning("language model: not asked, spending cannot be counted: %s", error)
            raise SpendingUnknown from error
        return int(total)
