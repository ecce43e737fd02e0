"""Tells the workers that something has changed, without making those wait who noticed it."""

import threading

from portfolio.extensions import enqueue

INTERVAL = 0.25
"""Seconds between two tasks at least: the second of two quick changes shares the third's."""


class Announcer(threading.Thread):
    """Enqueues a task after each note, one for many notes in quick succession.

    Args:
        task: its name.
        stop: ends the thread.
    """

    def __init__(self, task: str, stop: threading.Event) -> None:
        super().__init__(name="announcer", daemon=True)
        self._task = task
        self._ended = stop
        self._noted = threading.Event()

    def note(self) -> None:
        """Something has changed."""
        self._noted.set()

    def run(self) -> None:
        """Until `stop` is set."""
        while not self._ended.is_set():
            if self._noted.wait(1):
                self._noted.clear()
                enqueue(self._task, expires=60)
                self._ended.wait(INTERVAL)
