"""A load generator for machines without wrk: one thread, kept connections, epoll.

`python -m bench.generator PORT PATH CONNECTIONS SECONDS` prints what `bench/load.py` reads.
"""

import re
import selectors
import socket
import sys
import time

from bench.figures import percentile
from bench.wire import request_bytes

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class _Exchange:
    """One connection and the answer that is arriving on it."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent = 0.0
        self.missing = -1
        self.failed = False
        self._head = b""

    def send(self, request: bytes) -> None:
        self.missing, self._head = -1, b""
        self.sent = time.perf_counter()
        self.socket.send(request)

    def take(self) -> bool:
        """Read what has arrived; whether the answer is complete."""
        data = self.socket.recv(262_144)
        if not data:
            raise ConnectionError("the server closed the connection")
        if self.missing < 0:
            data = self._head + data
            end = data.find(b"\r\n\r\n")
            if end < 0:
                self._head = data
                return False
            self.failed = not b"200" <= data[9:12] < b"400"
            length = _LENGTH.search(data, 0, end + 2)
            self.missing = (int(length[1]) if length else 0) - (len(data) - end - 4)
        else:
            self.missing -= len(data)
        return self.missing <= 0


def main(port: int, path: str, connections: int, seconds: float) -> None:
    """Ask as fast as it is answered, for so long."""
    request = request_bytes(path)
    selector = selectors.DefaultSelector()
    for _ in range(connections):
        exchange = _Exchange(port)
        selector.register(exchange.socket, selectors.EVENT_READ, exchange)
        exchange.send(request)
    times: list[float] = []
    failures = 0
    begin = time.perf_counter()
    while (now := time.perf_counter()) - begin < seconds:
        for key, _events in selector.select(0.1):
            if key.data.take():
                times.append(time.perf_counter() - key.data.sent)
                failures += key.data.failed
                key.data.send(request)
    p99 = percentile(times, 0.99) if times else 0.0
    micros = round((now - begin) * 1e6)
    print(f"bench {len(times)} {micros} {failures} {round(p99 * 1e6)}")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
