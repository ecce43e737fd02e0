"""A slow computation holds up few threads: hits go on, and who comes too late is told so."""

import threading
from collections.abc import Iterator

import pytest
import redis

from portfolio.caching.flight import FlightTimeout, SingleFlight
from portfolio.caching.policy import CacheType, Policy
from portfolio.caching.waiting import TooManyWaiting
from portfolio.local.embedded import EmbeddedServers
from tests.waiting import until

from .mini import Mini, make_mini

SLOW = Policy("slow", CacheType.QUERY, 60, ("item",), ("name",))
INNER = Policy("inner", CacheType.QUERY, 60, ("item",))
LIMIT = 4


@pytest.fixture
def mini(servers: EmbeddedServers, item_database: str) -> Iterator[Mini]:
    with redis.Redis.from_url(servers.redis_url) as client:
        client.flushdb()
    with make_mini(servers, item_database, SLOW, INNER, CACHE_WAITING_LIMIT=LIMIT) as mini:
        mini.write("TRUNCATE item")
        yield mini


def test_only_so_many_wait_and_hits_go_on(mini: Mini) -> None:
    engine, go = mini.cache.engine, threading.Event()
    assert engine.fetch(SLOW, {"name": "known"}, lambda: "value").value == "value"

    def compute() -> str:
        go.wait(20)
        return "slow"

    values: list[str] = []

    def ask(name: str) -> None:
        values.append(engine.fetch(SLOW, {"name": name}, compute).value)

    # Two compute, two wait for one of them.
    threads = [threading.Thread(target=ask, args=(name,)) for name in ("a", "b", "a", "a")]
    for thread in threads:
        thread.start()
    try:
        until(lambda: mini.cache.engine._filler._room._places._value == 0)
        for name in ("a", "c"):
            with pytest.raises(TooManyWaiting):
                engine.fetch(SLOW, {"name": name}, compute)
        assert engine.fetch(SLOW, {"name": "known"}, lambda: "other").value == "value"
    finally:
        go.set()
        for thread in threads:
            thread.join()
    assert values == ["slow"] * 4
    assert engine.fetch(SLOW, {"name": "c"}, compute).value == "slow"


def test_a_value_within_a_value_takes_no_second_place(mini: Mini) -> None:
    engine = mini.cache.engine
    together = threading.Barrier(LIMIT)

    def compute() -> int:
        together.wait(20)
        return int(engine.fetch(INNER, {}, lambda: 1).value)

    values: list[int] = []
    threads = [
        threading.Thread(
            target=lambda name=str(number): values.append(
                engine.fetch(SLOW, {"name": name}, compute).value
            )
        )
        for number in range(LIMIT)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert values == [1] * LIMIT


def test_a_failure_is_shared_for_a_moment_and_no_longer() -> None:
    flights, calls = SingleFlight(1), []

    def fail() -> None:
        calls.append(1)
        raise LookupError("once")

    for _ in range(50):
        with pytest.raises(LookupError) as caught:
            flights.run("key", fail)
    assert calls == [1]
    depth, frame = 0, caught.tb
    while frame is not None:
        depth, frame = depth + 1, frame.tb_next
    assert depth < 10, "the traceback does not grow with those who share it"
    with pytest.raises(LookupError):
        flights.run("other", fail)
    until(lambda: flights._failed.clear() is None)
    with pytest.raises(LookupError):
        flights.run("key", fail)
    assert len(calls) == 3


def test_who_waits_too_long_is_told() -> None:
    flights, go = SingleFlight(0.05), threading.Event()
    thread = threading.Thread(target=lambda: flights.run("key", lambda: go.wait(20)))
    thread.start()
    try:
        until(lambda: bool(flights._flights))
        with pytest.raises(FlightTimeout):
            flights.run("key", lambda: True)
    finally:
        go.set()
        thread.join()
