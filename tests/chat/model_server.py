"""A server on loopback that speaks the protocol of OpenAI, or something else, as a test wants."""

import json
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self


@dataclass
class Exchange:
    """One request, and the connection to answer it on."""

    server: "ModelServer"
    path: str
    headers: dict[str, str]
    body: Any
    connection: Any
    keeps_open: bool = False

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def head(self, status: str = "200 OK", kind: str = "text/event-stream", **more: str) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
        self.send("\r\n".join([*lines, "", ""]).encode())

    def say(self, *texts: str) -> None:
        for text in texts:
            chunk = {"choices": [{"delta": {"content": text}, "finish_reason": None}]}
            self.send(b"data: " + json.dumps(chunk).encode() + b"\n\n")

    def end(self, tokens: int | None = 120, finish: str = "stop") -> None:
        chunks: list[Any] = [{"choices": [{"delta": {}, "finish_reason": finish}]}]
        if tokens is not None:
            chunks.append({"choices": [], "usage": {"total_tokens": tokens}})
        for chunk in chunks:
            self.send(b"data: " + json.dumps(chunk).encode() + b"\n\n")
        self.send(b"data: [DONE]\n\n")

    def hang(self) -> None:
        """Until the test is over, or the client has gone."""
        self.connection.settimeout(60)
        with suppress(OSError):
            self.connection.recv(1)
        self.server.left.set()


Behaviour = Callable[[Exchange], None]


def reply(*texts: str, tokens: int | None = 120, finish: str = "stop") -> Behaviour:
    """An ordinary stream."""

    def behave(exchange: Exchange) -> None:
        exchange.head()
        exchange.say(*texts)
        exchange.end(tokens, finish)

    return behave


def document(value: Any, status: str = "200 OK", **headers: str) -> Behaviour:
    """JSON in one piece."""

    def behave(exchange: Exchange) -> None:
        exchange.head(status, "application/json", **headers)
        exchange.send(json.dumps(value).encode())

    return behave


def raw(data: bytes) -> Behaviour:
    """Any bytes at all."""
    return lambda exchange: exchange.send(data)


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """One after the other; the last one for good."""
    left: Iterable[Behaviour] = iter(behaviours[:-1])
    return lambda exchange: next(iter(left), behaviours[-1])(exchange)


class ModelServer:
    """Started at once, gone at the end of `with`.

    Attributes:
        seen: what was asked.
        left: set when a client goes while the server hangs.
    """

    def __init__(self, behave: Behaviour | None = None, tls: ssl.SSLContext | None = None) -> None:
        self.behave = behave or reply("They wrote the scheduler in Rust [1].")
        self.seen: list[Exchange] = []
        self.left = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.model = self
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    block_on_close = False
    model: ModelServer


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        while (first := self.rfile.readline().decode()) and self._exchange(first).keeps_open:
            pass

    def _exchange(self, first: str) -> Exchange:
        server: ModelServer = self.server.model  # type: ignore[attr-defined]
        _method, path, _version = first.split()
        headers = {}
        while line := self.rfile.readline().strip().decode():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        body = json.loads(self.rfile.read(int(headers["content-length"])))
        exchange = Exchange(server, path, headers, body, self.connection)
        server.seen.append(exchange)
        with suppress(OSError):
            server.behave(exchange)
        return exchange
