"""Bodies of requests: how many threads wait for one at once, and for how long.

A body is read by the thread that answers, which a sender who goes silent would hold for ever.
"""

import io
import threading
from time import monotonic
from typing import TYPE_CHECKING

from portfolio.caching.forks import after_fork
from portfolio.edge.silence import Wait, hang_up
from portfolio.errors import RequestTimeout, ServiceUnavailable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from _typeshed.wsgi import WSGIEnvironment

PATIENCE = 10.0
"""Seconds of silence after which a sender is given up."""
HURRY = 1.0
"""The same while every place is taken."""
LOOK_INTERVAL = 0.5
FIRST_SECONDS = 20.0
LEAST_RATE = 1000
"""Bytes that are to arrive in each second after the first ones."""


class BodyRoom:
    """Lets at most `limit` requests wait for their bodies, and gives up those who send nothing."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._reset()
        after_fork(self._reset)

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._waiting: set[Wait] = set()
        self._watching: threading.Thread | None = None

    def enter(self, wait: Wait) -> None:
        """Take a place.

        Raises:
            ServiceUnavailable: all are taken.
        """
        with self._lock:
            if len(self._waiting) >= self._limit:
                raise ServiceUnavailable("Too many bodies of requests are being waited for.")
            self._waiting.add(wait)
            if self._watching is None:
                self._watching = threading.Thread(
                    target=self._watch_forever, name="silent-bodies", daemon=True
                )
                self._watching.start()

    def leave(self, wait: Wait) -> None:
        """Give the place back, if it was not yet."""
        with self._lock:
            self._waiting.discard(wait)

    def _watch_forever(self) -> None:
        never = threading.Event()
        while not never.wait(LOOK_INTERVAL):
            with self._lock:
                waits = list(self._waiting)
            patience = PATIENCE if len(waits) < self._limit else HURRY
            late = [wait for wait in waits if monotonic() - wait.since > patience]
            if late:
                hang_up(late, patience)


class Body(io.RawIOBase):
    """Stands for `wsgi.input`. It takes a place when it is first read, until all is there.

    The server returns from a read when all that was asked for has come. So each read asks for as
    much as has come before: whoever sends a byte now and then is found out in twice the time.
    """

    def __init__(self, environ: "WSGIEnvironment", room: BodyRoom) -> None:
        super().__init__()
        self._stream = environ["wsgi.input"]
        length = environ.get("CONTENT_LENGTH") or ""
        self._length = int(length) if length.isdecimal() else 0
        self._room = room
        self._wait = Wait(environ.get("REMOTE_ADDR", ""), environ.get("SERVER_PORT", ""))
        self._begun: float | None = None
        self._taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Raises ServiceUnavailable when too many wait, RequestTimeout when too little comes."""
        view = memoryview(buffer).cast("B")
        now = self._wait.since = monotonic()
        if self._begun is None:
            self._begun = now
            self._room.enter(self._wait)
        elif now - self._begun > FIRST_SECONDS + self._taken / LEAST_RATE:
            raise RequestTimeout("The body comes too slowly.")
        data = self._stream.read(min(len(view), max(self._taken, 1)))
        if self._wait.given_up or (not data and self._taken < self._length):
            raise RequestTimeout("The body did not come.")
        view[: len(data)] = data
        self._taken += len(data)
        if not data or self._taken == self._length:
            self.leave()
        return len(data)

    def leave(self) -> None:
        """Wait no more."""
        self._room.leave(self._wait)


def has_body(environ: "WSGIEnvironment") -> bool:
    """Whether the request says that it has one."""
    return (
        environ.get("CONTENT_LENGTH", "0") not in ("0", "") or "HTTP_TRANSFER_ENCODING" in environ
    )
