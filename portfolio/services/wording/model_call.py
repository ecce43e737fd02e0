"""One call of a language model's server, by a thread that nobody waits for longer than agreed.

No limit of a socket holds while a name is being resolved or a header comes byte by byte.
"""

import queue
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import httpx

_LARGEST = 1024 * 1024
"""Bytes of a reply, with all that surrounds its words."""


class ModelFailure(Exception):
    """There is no usable reply.

    Attributes:
        reason: a word for it.
        wait: seconds to leave the server alone; None to count it as one failure.
        sent: whether the server may have begun to work, and so to charge.
        is_its_own: whether it tells of the server's health.
    """

    def __init__(
        self,
        reason: str,
        *,
        wait: float | None = None,
        sent: bool = True,
        is_its_own: bool = True,
    ) -> None:
        super().__init__(reason)
        self.reason, self.wait, self.sent, self.is_its_own = reason, wait, sent, is_its_own


class ModelCall(threading.Thread):
    """Talks to the server; what is heard is status and headers, bytes, then None.

    Args:
        places: one of them is given back at the end.
    """

    def __init__(
        self,
        connected: Callable[[], httpx.Client],
        request: dict[str, Any],
        deadline: float,
        places: threading.BoundedSemaphore,
    ) -> None:
        super().__init__(name="language-model", daemon=True)
        self._heard: queue.SimpleQueue[httpx.Response | bytes | ModelFailure | None]
        self._heard = queue.SimpleQueue()
        self._deadline = deadline
        self._connected, self._request, self._places = connected, request, places
        self._left = threading.Event()
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None

    def begin(self) -> None:
        """Start; raises ModelFailure when there can be no more threads."""
        try:
            self.start()
        except RuntimeError:
            self._places.release()
            raise ModelFailure("busy", sent=False, is_its_own=False) from None

    def leave(self) -> None:
        """Nobody listens any more: it ends at once, or without an answer by its own time limits."""
        self._left.set()
        with self._lock:
            if self._socket is not None:
                with suppress(OSError):
                    # Not as TLS would have it, which another thread is in the midst of.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def hear(self) -> httpx.Response | bytes | None:
        """What comes next; raises ModelFailure, also when the time is over."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            # Also when something has come: reading all of it takes time, too.
            raise ModelFailure("timeout")
        try:
            heard = self._heard.get(timeout=left)
        except queue.Empty:
            raise ModelFailure("timeout") from None
        if isinstance(heard, ModelFailure):
            raise heard
        return heard

    def run(self) -> None:
        """Say what is heard, until the end or until nobody listens."""
        try:
            self._listen()
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            self._heard.put(ModelFailure("unreachable", sent=False))
        except httpx.TimeoutException:
            self._heard.put(ModelFailure("silent"))
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, OSError, RuntimeError):
            # RuntimeError: closed by another thread.
            self._heard.put(ModelFailure("broken"))
        finally:
            self._heard.put(None)
            self._places.release()

    def _listen(self) -> None:
        with self._connected().stream(**self._request) as response:
            stream = response.extensions["network_stream"]
            self._keep(stream.get_extra_info("socket"))
            try:
                self._pass_on(response)
            finally:
                self._keep(None)

    def _keep(self, opened: socket.socket | None) -> None:
        with self._lock:
            self._socket = opened

    def _pass_on(self, response: httpx.Response) -> None:
        self._heard.put(response)
        size = 0
        for data in response.iter_raw():
            size += len(data)
            if size > _LARGEST:
                self._heard.put(ModelFailure("too_long"))
                return
            if self._left.is_set() or time.monotonic() > self._deadline:
                return
            self._heard.put(data)
