"""Telling a webhook something, by a thread that nobody waits for longer than agreed.

No limit of a socket holds while a header comes byte by byte; of the body nothing is read.
"""

import socket
import threading
from contextlib import suppress
from typing import Any

import httpx


class Delivery(threading.Thread):
    """One request.

    Attributes:
        status: of the answer, if there was one.
        failure: a word for why there is none.
    """

    def __init__(self, address: str, body: dict[str, object], timeout: float) -> None:
        super().__init__(name="webhook", daemon=True)
        self.status: int | None = None
        self.failure = "too slow"
        self._address, self._body, self._timeout = address, body, timeout
        self._left = threading.Event()
        self._socket: socket.socket | None = None

    def deliver(self) -> int | None:
        """The status of the answer, or None when none came in time."""
        self.start()
        self.join(self._timeout)
        if self.is_alive():
            self._leave()
            return None
        return self.status

    def run(self) -> None:
        """Send it, and take note of how the answer begins."""
        with suppress(OSError, RuntimeError):  # closed by the other thread
            try:
                self._send()
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                self.failure = type(error).__name__

    def _send(self) -> None:
        request: dict[str, Any] = {"json": self._body, "extensions": {"trace": self._keep_socket}}
        with (
            httpx.Client(timeout=self._timeout, trust_env=False) as client,
            client.stream("POST", self._address, **request) as response,
        ):
            self.status = response.status_code

    def _keep_socket(self, event: str, told: dict[str, Any]) -> None:
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._socket = told["return_value"].get_extra_info("socket")
            if self._left.is_set():
                self._leave()

    def _leave(self) -> None:
        self._left.set()
        if self._socket is not None:
            with suppress(OSError):
                # Not as TLS would have it, which another thread is in the midst of.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
