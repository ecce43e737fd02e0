"""Leaving a server alone for some seconds after it has failed, so that visitors need not wait."""

import os
import threading
import time
from collections.abc import Callable

FAILURES = 2
"""In a row; then it is left alone."""
PAUSE = 30.0
LONGEST_PAUSE = 600.0


class Pause:
    """Counts failures of one process.

    After a pause a single failure begins the next one.

    Args:
        clock: seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._reset()
        os.register_at_fork(after_in_child=self._reset)

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._failures = 0
        self._until = 0.0

    @property
    def remaining(self) -> float:
        """Seconds for which it is not to be asked; 0 when it may be."""
        with self._lock:
            return max(0.0, self._until - self._clock())

    def note_success(self) -> None:
        """It answered."""
        with self._lock:
            self._failures = 0

    def note_failure(self, *, wait: float | None = None) -> bool:
        """It failed.

        Args:
            wait: seconds for which it asked to be left alone, or which are known to be in vain.

        Returns:
            whether a pause begins with this failure.
        """
        with self._lock:
            self._failures += 1
            if wait is None and self._failures < FAILURES:
                return False
            length = PAUSE if wait is None else min(max(wait, 1.0), LONGEST_PAUSE)
            begins = self._until <= self._clock()
            self._until = max(self._until, self._clock() + length)
            return begins
