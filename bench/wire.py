"""HTTP/1.1 on one kept connection, with as little as possible between the clock and the socket."""

import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_BODILESS = (204, 304)


@dataclass(frozen=True)
class Answer:
    """A response as it came."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str | None:
        """The value of a header, if it was sent."""
        found = re.search(rb"\r\n" + name.encode() + rb": *([^\r\n]*)", self.head, re.IGNORECASE)
        return found[1].decode("latin-1") if found else None

    @property
    def headers(self) -> list[tuple[str, str]]:
        """All of them, in order."""
        lines = self.head.decode("latin-1").split("\r\n")[1:]
        pairs = (line.partition(":") for line in lines if line)
        return [(name, value.strip()) for name, _, value in pairs]

    @property
    def is_hit(self) -> bool:
        """Whether the answer says that it came from the cache."""
        return "; hit" in (self.header("Cache-Status") or "")


def request_bytes(
    path: str,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
) -> bytes:
    """A request, ready to be sent."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


class Connection:
    """One kept connection to a server on this machine; not for several threads at once."""

    def __init__(self, port: int, timeout: float = 30) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def ask(self, request: bytes) -> Answer:
        """Send a request and take in the whole answer.

        Raises:
            OSError: the connection is gone, or nothing came in time.
        """
        self._socket.sendall(request)
        data = self._socket.recv(65536)
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head, body = data[: end + 2], data[end + 4 :]
        status = int(head[9:12])
        length = _LENGTH.search(head)
        if length is None and status not in _BODILESS:
            raise ConnectionError("the answer does not say how long it is")
        wanted = int(length[1]) if length and status not in _BODILESS else 0
        while len(body) < wanted:
            body += self._more()
        return Answer(status, head, body)

    def _more(self) -> bytes:
        data = self._socket.recv(65536)
        if not data:
            raise ConnectionError("the server closed the connection")
        return data
