"""The thread that adds what a process has counted to the sums of all, once a second and at exit."""

import atexit
import logging
import threading
from collections.abc import Callable

from .forks import after_fork

logger = logging.getLogger(__name__)

FOLD_INTERVAL = 1.0
"""Seconds between two additions of a process's counts to the sums."""

Fold = Callable[[], bool]
"""Adds what is new; False when it has to be kept for later."""


class Folding:
    """Calls its folds in order; after one that failed the others wait too: they have one server.

    The thread begins with the first count of a process, and anew after a fork.
    """

    def __init__(self, *folds: Fold) -> None:
        self._folds = list(folds)
        self._reset()
        after_fork(self._reset)
        atexit.register(self.close)

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = threading.Event()

    def join(self, fold: Fold) -> None:
        """Fold this one too."""
        self._folds.append(fold)

    def start(self) -> None:
        """Make sure that the thread runs."""
        if self._thread is None:
            with self._lock:
                if self._thread is None:
                    self._thread = threading.Thread(
                        target=self._fold_forever, name="cache-counters", daemon=True
                    )
                    self._thread.start()

    def close(self) -> None:
        """Fold a last time and stop."""
        self._closed.set()
        self._fold()

    def _fold(self) -> bool:
        return all(fold() for fold in self._folds)

    def _fold_forever(self) -> None:
        healthy = True
        while not self._closed.wait(FOLD_INTERVAL):
            folded = self._fold()
            if healthy and not folded:
                logger.warning("counters cannot be added up now; keeping them")
            healthy = folded
