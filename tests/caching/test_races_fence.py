"""Two readers at the fence at once: neither goes past a push that the other is still reading."""

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from select import select
from typing import Any

import pytest
import redis

from portfolio.caching.redis_adapter import push
from portfolio.caching.redis_adapter.push import PushListener
from portfolio.local.embedded import EmbeddedServers
from tests.waiting import until


@pytest.fixture
def listener(servers: EmbeddedServers) -> Iterator[PushListener]:
    with redis.Redis.from_url(servers.redis_url) as client:
        listener = PushListener(client, "{fence}:tag:")
        listener.start()
        until(listener.fenced)
        yield listener
        listener.stop()


@pytest.mark.usefixtures("believing")
def test_nobody_believes_a_copy_while_its_push_is_being_read(
    servers: EmbeddedServers, listener: PushListener, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, go_on = threading.Event(), threading.Event()
    receive = listener._receive

    def receive_slowly(connected: Any) -> bool:
        reading.set()
        assert go_on.wait(5)
        return receive(connected)

    with redis.Redis.from_url(servers.redis_url) as client, ThreadPoolExecutor(2) as pool:
        client.set("{fence}:tag:a", "token", ex=60)
        listener.fence()
        until(listener.fenced)
        mark = listener.mark()
        assert mark is not None
        monkeypatch.setattr(listener, "_receive", receive_slowly)
        client.unlink("{fence}:tag:a")
        assert select([listener._socket], [], [], 5)[0], "the push has arrived"

        first = pool.submit(listener.fenced)
        assert reading.wait(5)
        second = pool.submit(lambda: listener.fenced() and listener.is_valid(["a"], mark))
        threading.Event().wait(0.05)  # nothing can tell that the second one waits
        go_on.set()
        assert first.result(5)
        assert not second.result(5)


def test_a_connection_that_breaks_at_a_heartbeat_is_replaced(
    listener: PushListener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sending finds it broken before receiving does."""
    assert listener._socket is not None
    listener._socket.shutdown(socket.SHUT_RDWR)
    monkeypatch.setattr(push, "HEARTBEAT_INTERVAL", 0.0)
    threading.Event().wait(2 * push.DRAIN_INTERVAL)
    assert not listener.fenced()
    until(listener.fenced)


def test_a_connection_that_says_nonsense_is_replaced(listener: PushListener) -> None:
    mark = listener.mark()
    assert mark is not None
    listener._reader.feed(b"nonsense\r\n")
    until(lambda: not listener.fenced() or not listener.is_valid(["a"], mark))
    until(listener.fenced)
    assert not listener.is_valid(["a"], mark)
