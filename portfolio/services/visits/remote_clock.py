"""What time it is on a Redis, as far as its answers tell."""

import time
from typing import Any

import redis

_GOOD_FOR = 10.0
"""Seconds after which clocks may have run apart."""
_MICROSECONDS = 1_000_000


class RemoteClock:
    """Goes after the Redis's clock by as long as an answer took, and never before it."""

    def __init__(self, server: "redis.Redis") -> None:
        self._redis = server
        self._ahead, self._noted = 0.0, float("-inf")

    def at(self, moment: float) -> int:
        """What the Redis says then, in microseconds, at a moment of time.monotonic.

        It is asked if it has told no time lately.
        """
        if time.monotonic() - self._noted > _GOOD_FOR:
            told: Any = self._redis.time()
            self.note(told[0] * _MICROSECONDS + told[1])
        return int((moment + self._ahead) * _MICROSECONDS)

    def note(self, told: int) -> None:
        """An answer with this time has just come."""
        now = time.monotonic()
        ahead = told / _MICROSECONDS - now
        # Of several answers, the fastest was the closest.
        if ahead >= self._ahead or now - self._noted > _GOOD_FOR:
            self._ahead, self._noted = ahead, now

    def forget(self) -> None:
        """Somebody may have set one of the clocks."""
        self._noted = float("-inf")
