"""The bench's load, and the answers that it reads."""

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bench.load import LoadFailed, run_load
from bench.wire import Connection, request_bytes


class Server:
    """Answers on kept connections, and counts."""

    def __init__(self, answer: bytes, piece: int = 1_000_000) -> None:
        self.answered = 0
        self._answer = answer
        self._piece = piece
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._lock = threading.Lock()

    def run(self) -> None:
        while True:
            try:
                connected, _address = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connected,), daemon=True).start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self, connected: socket.socket) -> None:
        with connected:
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                while connected.recv(65536):
                    with self._lock:
                        self.answered += 1
                    for begin in range(0, len(self._answer), self._piece):
                        connected.sendall(self._answer[begin : begin + self._piece])
            except OSError:
                return


@contextmanager
def serving(answer: bytes, piece: int = 1_000_000) -> Iterator[Server]:
    server = Server(answer, piece)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.close()
        thread.join()


@pytest.mark.parametrize(("size", "piece"), [(5, 1), (500_000, 30_000)])
def test_an_answer_is_read_to_its_end_however_it_arrives(size: int, piece: int) -> None:
    body = b"h" * size
    answer = b'HTTP/1.1 200 OK\r\ncontent-length: %d\r\nETag: "x"\r\n\r\n' % size + body
    with serving(answer, piece) as server, Connection(server.port) as connection:
        for _ in range(3):
            read = connection.ask(request_bytes("/"))
            assert (read.status, read.body, read.header("etag")) == (200, body, '"x"')


@pytest.mark.parametrize("generator", ["wrk", "bench.generator"])
def test_the_load_is_what_the_server_saw(generator: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if generator == "wrk" and not shutil.which("wrk"):
        pytest.skip("wrk is not installed")
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n" + b"x" * 20000
    with serving(answer) as server:
        load = run_load(server.port, "/", 4, 1.0 if generator == "wrk" else 0.5)
        assert load.failures == 0
        # What was on its way at the end was answered, but is not counted.
        assert load.requests <= server.answered <= load.requests + 8
        assert load.requests > 10
        assert load.rate == pytest.approx(load.requests / load.seconds)


@pytest.mark.parametrize("seconds", [0.3, 1.0])
def test_errors_are_no_answers(seconds: float) -> None:
    with serving(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n") as server:
        load = run_load(server.port, "/", 2, seconds)
        assert load.failures >= load.requests > 0


def test_a_load_on_nothing_fails() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(LoadFailed):
        run_load(port, "/", 2, 0.2)
