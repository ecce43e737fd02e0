"""What one process hears of invalidations, and when it believes its copies."""

import os
from collections.abc import Callable, Iterator

import pytest
import redis

from portfolio.caching.redis_adapter import push
from portfolio.caching.redis_adapter.push import PushListener
from portfolio.local.embedded import EmbeddedServers
from tests.waiting import until

from .chaos_store import Gate, Talk


@pytest.fixture
def client(servers: EmbeddedServers) -> Iterator["redis.Redis"]:
    with redis.Redis.from_url(servers.redis_url) as client:
        yield client


@pytest.fixture
def listener(client: "redis.Redis") -> Iterator[PushListener]:
    listener = PushListener(client, "{push}:tag:")
    listener.start()
    until(listener.fenced)
    yield listener
    listener.stop()


def test_an_invalidated_tag_voids_what_was_marked_before(
    listener: PushListener, client: "redis.Redis"
) -> None:
    client.set("{push}:tag:a", "token", ex=60)
    client.set("{push}:tag:b", "token", ex=60)
    listener.fence()
    until(listener.fenced)
    mark = listener.mark()
    assert mark is not None
    assert listener.is_valid(["a", "b"], mark)
    client.unlink("{push}:tag:a")
    until(lambda: listener.fenced() and not listener.is_valid(["a"], mark))
    assert listener.is_valid(["b"], mark)
    later = listener.mark()
    assert later is not None
    assert listener.is_valid(["a"], later)


def test_none_of_thousands_is_lost(listener: PushListener, client: "redis.Redis") -> None:
    mark = listener.mark()
    assert mark is not None
    for number in range(3000):
        client.set(f"{{push}}:tag:{number}", "x", ex=60)
    client.unlink(*(f"{{push}}:tag:{number}" for number in range(3000)))
    listener.fence()
    until(listener.fenced)
    assert not any(listener.is_valid([str(number)], mark) for number in range(3000))


def test_emptying_the_server_voids_everything(
    listener: PushListener, client: "redis.Redis"
) -> None:
    mark = listener.mark()
    assert mark is not None
    client.flushall()
    until(lambda: listener.fenced() and not listener.is_valid(["any"], mark))


def test_a_killed_connection_voids_everything_and_comes_back(
    listener: PushListener, client: "redis.Redis"
) -> None:
    mark = listener.mark()
    assert mark is not None
    client.execute_command("CLIENT KILL TYPE pubsub")
    client.execute_command("CLIENT KILL TYPE normal SKIPME yes")
    until(lambda: not listener.is_valid(["any"], mark))
    until(listener.fenced)


def test_nothing_is_believed_of_a_server_that_hangs(
    servers: EmbeddedServers, listener: PushListener
) -> None:
    servers.redis_cache.suspend()
    try:
        until(lambda: not listener.fenced())
    finally:
        servers.redis_cache.resume()
    until(listener.fenced)


@pytest.mark.usefixtures("believing")
def test_a_fence_waits_for_an_answer_sent_after_it(
    servers: EmbeddedServers, listener: PushListener
) -> None:
    servers.redis_cache.suspend()
    try:
        assert listener.fenced()
        listener.fence()
        assert not listener.fenced()
    finally:
        servers.redis_cache.resume()
    until(listener.fenced)


@pytest.mark.usefixtures("believing")
def test_a_child_process_starts_anew(listener: PushListener) -> None:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write, b"1" if listener.mark() is None and not listener.fenced() else b"0")
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(read, 1) == b"1"
    os.close(read)
    os.close(write)
    assert listener.fenced(), "the parent goes on"


def test_a_connection_that_falls_silent_is_replaced(
    servers: EmbeddedServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(push, "SILENCE", 0.3)
    gate = Gate(servers.redis_url)
    with redis.Redis.from_url(gate.url) as client:
        listener = PushListener(client, "{push}:tag:")
        listener.start()
        until(listener.fenced)
        mark = listener.mark()
        assert mark is not None
        gate.fall_silent()
        until(lambda: listener.mark() is None or not listener.is_valid([], mark))
        until(listener.fenced)
        listener.stop()
    gate.close()


class Splitter:
    """Sends half a push together with the first answer on a connection, the rest with the next."""

    def __init__(self, name: bytes) -> None:
        push = b">2\r\n$10\r\ninvalidate\r\n*1\r\n$%d\r\n%s\r\n" % (len(name), name)
        self._halves = [push[:-6], push[-6:]]

    def to(self, talk: Talk) -> Callable[[bytes], bytes]:
        """What becomes of the server's answers."""
        return lambda data: self._join(data) if talk.hears_invalidations else data

    def _join(self, data: bytes) -> bytes:
        match len(self._halves):
            case 2:
                return data + self._halves.pop(0)
            case 1:
                return self._halves.pop() + data
        return data


def test_a_push_cut_in_two_behind_the_first_answer_is_heard(servers: EmbeddedServers) -> None:
    gate = Gate(servers.redis_url, Splitter(b"{push}:tag:abc"))
    with redis.Redis.from_url(gate.url) as client:
        listener = PushListener(client, "{push}:tag:")
        listener.start()
        until(listener.fenced)
        assert not listener.is_valid(["abc"], 1), "not heard"
        assert listener.is_valid(["other"], 1), "the connection was lost"
        listener.stop()
    gate.close()
