"""Who announces a body and does not send it holds up nobody."""

import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import httpx

from tests.waiting import until

from .conftest import THREADS, TOKEN, System

SENDERS = 300
PLACES = 2 * int(THREADS) // 4
BODY = b'{"cache_type": "embeddings"}'
HEAD = (
    "POST /api/v1/cache/clear/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    f"Authorization: Bearer {TOKEN}\r\nContent-Length: {len(BODY)}\r\n\r\n"
)


@contextmanager
def senders(system: System, number: int) -> Iterator[list[socket.socket]]:
    """Connections on which a body has begun."""
    parts = urlsplit(system.address)
    with ExitStack() as stack:
        opened = []
        for _ in range(number):
            connection = socket.create_connection((parts.hostname, parts.port), timeout=30)
            opened.append(stack.enter_context(connection))
            connection.sendall(HEAD.encode() + BODY[:3])
        yield opened


def answer_to(sender: socket.socket) -> bytes:
    """All that comes until the server hangs up."""
    return b"".join(iter(lambda: sender.recv(65536), b""))


def answered(waiting: list[socket.socket]) -> list[socket.socket]:
    """Those to whom something came."""
    with selectors.DefaultSelector() as selector:
        for one in waiting:
            selector.register(one, selectors.EVENT_READ)
        ready = {key.fileobj for key, _ in selector.select(0)}
    return [one for one in waiting if one in ready]


def clear(system: System) -> httpx.Response:
    headers = {"Content-Type": "application/json"}
    path = "/api/v1/cache/clear/"
    return system.ask(path, "POST", token=TOKEN, headers=headers, content=BODY)


def test_senders_who_go_silent_hold_up_nobody(sample: System) -> None:
    path = "/api/v1/projects/stats/"
    sample.ask_everyone(path)
    with senders(sample, SENDERS) as silent:
        begun = time.monotonic()
        for _ in range(20):
            assert sample.ask(path).status_code == 200
            assert sample.ask("/live/").status_code == 200
            assert clear(sample).status_code in (200, 503)
        assert time.monotonic() - begun < 5
        until(lambda: clear(sample).status_code == 200, 10)
        answers = [answer_to(sender) for sender in answered(silent)]
    statuses = Counter(answer.split()[1] for answer in answers)
    assert set(statuses) == {b"503", b"408"}
    assert statuses[b"503"] >= SENDERS - PLACES
    refused = next(answer for answer in answers if b" 503 " in answer)
    assert b"retry-after: 1\r\n" in refused
    assert b"application/problem+json" in refused


def test_a_body_that_comes_in_pieces_is_read(system: System) -> None:
    with senders(system, 1) as (sender,):
        for byte in BODY[3:]:
            sender.sendall(bytes([byte]))
        assert sender.recv(65536).startswith(b"HTTP/1.1 200 ")
