"""Hears from Redis, on one RESP3 connection per process, which tags have been invalidated.

The listener never walks entries: each push gives its tag a sequence number, and whoever keeps a
copy of an entry compares. A reader fences itself: it reads what has arrived before it trusts, so
that no busy thread can make it late, and it trusts nothing unless Redis answered lately.
"""

import logging
import socket
import threading
import time
from collections import deque
from collections.abc import Iterable

import hiredis
import redis

from ..forks import after_fork
from .tracking import Tracking

logger = logging.getLogger(__name__)

DRAIN_INTERVAL = 0.001
"""Seconds between two looks at the socket; part of how late an invalidation may be seen."""
HEARTBEAT_INTERVAL = 0.5
BOUND = 2.0
"""Seconds after which a copy is not believed unless a heartbeat sent since then was answered."""
SILENCE = 5.0
"""Seconds without an answer to a heartbeat after which another connection is tried."""
_MOST_TAGS = 100_000
_CHUNK = 65536
_PING = hiredis.pack_command(("PING",))


class PushListener:
    """What this process knows of invalidations.

    Args:
        client: knows how to connect; the connection taken from it is used for nothing else.
        prefix: of the tags' Redis keys.

    Attributes:
        sequence: grows with everything that is heard, after it has been noted.
        fenced_until: up to this moment on the monotonic clock `fenced` would say yes without
            looking.
    """

    def __init__(self, client: "redis.Redis", prefix: str) -> None:
        self._tracking = Tracking(client, prefix)
        self._prefix = prefix
        self._reset()
        after_fork(self._reset)

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._reader = hiredis.Reader()
        self.sequence = 0
        self._floor = 0
        self._pushed: dict[str, int] = {}
        self._sent: deque[float] = deque()
        self._last_sent = 0.0
        self._alive = float("-inf")
        self._needed = float("-inf")
        self._drained = 0.0
        self.fenced_until = float("-inf")
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()

    def start(self) -> None:
        """Connect and listen, in the background; once in a process."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._listen, name="cache-push", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Listen no more."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        with self._lock:
            self._disconnect()

    def mark(self) -> int | None:
        """The present sequence number, to be noted before an entry's tokens are read.

        None while not listening: nothing read now may be kept.
        """
        return self.sequence if self._socket is not None else None

    def fenced(self, now: float | None = None) -> bool:
        """Read what has arrived; whether what is known is fresh enough to believe copies.

        Args:
            now: the monotonic clock in seconds, if the caller has just looked at it.
        """
        if now is None:
            now = time.monotonic()
        if now - self._drained > DRAIN_INTERVAL:
            with self._lock:
                if now - self._drained > DRAIN_INTERVAL:
                    self._turn(now)
        return now - self._alive < BOUND and self._alive >= self._needed

    def is_valid(self, tags: Iterable[str], mark: int) -> bool:
        """Whether none of the tags has been invalidated since `mark`."""
        # In this order: whoever raises the floor does so before it starts an empty table.
        pushed = self._pushed
        return mark >= self._floor and all(pushed.get(tag, 0) <= mark for tag in tags)

    def invalidate(self, tags: Iterable[str]) -> None:
        """This process itself invalidated the tags: its own copies are void at once."""
        with self._lock:
            self._note(tags)

    def fence(self) -> None:
        """Believe no copy before Redis has answered a heartbeat that is sent from now on.

        For a commit whose invalidation another process may have carried out.
        """
        with self._lock:
            self.fenced_until = float("-inf")
            self._needed = time.monotonic()
            self._beat(self._needed)

    def distrust(self) -> None:
        """Void every copy made so far."""
        with self._lock:
            self._raise_floor()

    def _listen(self) -> None:
        while not self._stop.is_set():
            if self._socket is None:
                self._connect()
            else:
                with self._lock:
                    self._turn(time.monotonic())
            self._stop.wait(HEARTBEAT_INTERVAL / 2)

    def _connect(self) -> None:
        try:
            connected, reader = self._tracking.connect()
        except redis.RedisError as error:
            logger.debug("push connection: %s", type(error).__name__)
            return
        with self._lock:
            self._socket, self._reader = connected, reader
            self._raise_floor()
            self._beat(time.monotonic())

    def _disconnect(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        self._sent.clear()
        self._alive = float("-inf")
        self._raise_floor()

    def _turn(self, now: float) -> None:
        """One look at the socket. Needs the lock."""
        self._take_in(now)
        # Only now: nobody may go past what is still being read.
        self._drained = now
        if self._alive >= self._needed:
            self.fenced_until = min(now + DRAIN_INTERVAL, self._alive + BOUND)

    def _take_in(self, now: float) -> None:
        if now - self._last_sent > HEARTBEAT_INTERVAL:
            self._beat(now)
        try:
            # The heartbeat may have found the connection broken.
            while self._socket is not None and self._receive(self._socket):
                pass
        except BlockingIOError:
            pass
        except OSError:
            self._disconnect()
            return
        try:
            self._read_messages()
        except hiredis.HiredisError:
            self._disconnect()
        if self._sent and now - self._sent[0] > SILENCE:
            # What lies between may have forgotten the connection without a word.
            self._disconnect()

    def _receive(self, connected: socket.socket) -> bool:
        """Read once; whether there may be more."""
        data = connected.recv(_CHUNK)
        if not data:
            raise ConnectionResetError("closed by the server")
        self._reader.feed(data)
        return len(data) == _CHUNK

    def _read_messages(self) -> None:
        while (message := self._reader.gets()) is not False:
            if isinstance(message, hiredis.PushNotification):
                if message[0] == b"invalidate":
                    self._hear(message[1])
            elif self._sent:
                self._alive = self._sent.popleft()

    def _hear(self, names: list[bytes] | None) -> None:
        if names is None:  # FLUSHALL, FLUSHDB
            self._raise_floor()
            return
        skip = len(self._prefix)
        self._note(name.decode(errors="replace")[skip:] for name in names)

    def _note(self, tags: Iterable[str]) -> None:
        if len(self._pushed) > _MOST_TAGS:
            self._raise_floor()
        number = self.sequence + 1
        for tag in tags:
            self._pushed[tag] = number
        # Last: whoever sees this number may take it that everything up to it has been noted.
        self.sequence = number

    def _raise_floor(self) -> None:
        self._floor = self.sequence + 1
        self._pushed = {}
        self.sequence = self._floor

    def _beat(self, now: float) -> None:
        if self._socket is None:
            return
        try:
            self._socket.send(_PING)
        except OSError:
            self._disconnect()
            return
        self._last_sent = now
        self._sent.append(now)
