"""Keeps a failing store from being asked: the first failure opens, a background probe closes."""

import logging
import threading
from collections.abc import Callable

from .forks import after_fork

logger = logging.getLogger(__name__)

FIRST_RETRY = 0.1
"""Seconds before the first probe; doubled up to the breaker's retry interval."""


class StoreUnavailable(Exception):
    """The store did not answer, or is not to be trusted yet."""


class Breaker:
    """Open after one failure; closed again by a thread whose probe succeeds, never by a request.

    A store that merely hiccuped is back after a tenth of a second; one that stays away is asked
    once every `retry_interval` seconds, by nobody who has a visitor waiting.

    Attributes:
        is_open: whether the store is to be left alone.
    """

    def __init__(self, probe: Callable[[], None], retry_interval: float) -> None:
        self._probe = probe
        self._retry_interval = retry_interval
        self._reset()
        after_fork(self._reset)

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self.is_open = False
        self._doubted = False
        self._closed = threading.Event()
        self._probing: threading.Thread | None = None

    def close(self) -> None:
        """Probe no more."""
        self._closed.set()
        if self._probing is not None:
            self._probing.join()

    def check(self) -> None:
        """Raises StoreUnavailable while open."""
        if self.is_open:
            raise StoreUnavailable("the cache store is being left alone after a failure")

    def trip(self, reason: object) -> None:
        """Open, and start probing; a probe that is under way does not close what is open."""
        with self._lock:
            self._doubted = True
            if self.is_open:
                return
            self.is_open = True
            logger.warning("cache store unavailable: %s", reason)
            self._probing = threading.Thread(
                target=self._probe_until_well, name="cache-probe", daemon=True
            )
            self._probing.start()

    def _probe_until_well(self) -> None:
        wait = min(FIRST_RETRY, self._retry_interval)
        while not self._closed.wait(wait):
            self._doubted = False
            try:
                self._probe()
            except StoreUnavailable:
                wait = min(wait * 2, self._retry_interval)
            except Exception:  # probing must go on whatever it meets: nothing else closes this
                logger.warning("cache store probe failed", exc_info=True)
                wait = self._retry_interval
            else:
                if self._close_unless_doubted():
                    return
                wait = min(FIRST_RETRY, self._retry_interval)

    def _close_unless_doubted(self) -> bool:
        # A commit that could not tell the store, because it was still being left alone, may have
        # come after the probe looked at what is to be told.
        with self._lock:
            if self._doubted:
                return False
            self.is_open = False
        logger.warning("cache store available again")
        return True
