"""The cache Redis loses its connections, dies, comes back with old data, or is full."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import redis

from .conftest import System
from .traffic import BOUND, SOON, Traffic


@pytest.fixture
def cache(sample: System) -> Iterator["redis.Redis"]:
    with redis.Redis.from_url(sample.environment["REDIS_URL"]) as client:
        yield client


def test_connections_are_killed_again_and_again(sample: System, cache: "redis.Redis") -> None:
    with Traffic(sample).running() as traffic:
        for _ in range(25):
            traffic.more()
            kill_connections(cache)
    traffic.settle()


def test_the_last_write_falls_together_with_a_kill(sample: System, cache: "redis.Redis") -> None:
    """No later write makes up for an invalidation that a process has missed."""
    traffic = Traffic(sample)
    traffic.write()
    with ThreadPoolExecutor(1) as pool:
        for delay in range(20):
            traffic.settle()
            writing = pool.submit(traffic.write)
            threading.Event().wait(delay / 1000)
            kill_connections(cache)
            writing.result()
            traffic.last_answers()
    assert traffic.wrong == []


def kill_connections(cache: "redis.Redis") -> None:
    for kind in ("normal", "pubsub"):
        cache.execute_command("CLIENT", "KILL", "TYPE", kind, "SKIPME", "yes")


def test_it_dies_and_comes_back_empty(sample: System) -> None:
    server = sample.servers.redis_cache
    with Traffic(sample).running() as traffic:
        for _ in range(4):
            traffic.more(200)
            server.kill()
            traffic.more(200)
            server.start()
    traffic.settle()


@pytest.fixture
def dump(cache: "redis.Redis") -> Iterator[Callable[[], None]]:
    """Writes what Redis holds into the file that it reads when it starts."""
    folder = cache.config_get("dir")["dir"]
    file = Path(folder) / cache.config_get("dbfilename")["dbfilename"]
    yield cache.save
    file.unlink(missing_ok=True)


def test_it_dies_and_comes_back_with_old_data(
    sample: System, cache: "redis.Redis", dump: Callable[[], None]
) -> None:
    """Nobody writes afterwards, so nothing but distrust makes the old data invalid."""
    server = sample.servers.redis_cache
    traffic = Traffic(sample)
    for _ in range(3):
        traffic.write()
        traffic.settle()
        dump()
        traffic.write()
        traffic.settle()
        traffic.bound = 0
        with traffic.running(writing=False):
            traffic.more()
            server.kill()
            traffic.more()
            server.start()
            assert cache.dbsize() > 0, "it has read the dump"
            traffic.more(300)
        traffic.bound = BOUND


@pytest.fixture(params=["noeviction", "volatile-lru", "allkeys-lfu"])
def full(request: pytest.FixtureRequest, cache: "redis.Redis") -> Iterator[str]:
    """Redis takes nothing more, by one policy or another."""
    before = cache.config_get("maxmemory*")
    cache.config_set("maxmemory-policy", request.param)
    cache.config_set("maxmemory", "1")
    yield request.param
    for name in ("maxmemory", "maxmemory-policy"):
        cache.config_set(name, before[name])


@pytest.mark.usefixtures("full")
def test_it_is_full(sample: System, cache: "redis.Redis") -> None:
    with pytest.raises(redis.OutOfMemoryError):
        cache.set("anything", "x")
    with Traffic(sample, bound=SOON).running() as traffic:
        traffic.more(300)
    for path in ("/", "/api/v1/profiles/", "/api/v1/projects/stats/", "/api/v1/projects/?page=2"):
        assert all(answer.status_code == 200 for answer in sample.ask_everyone(path, 4))


def test_it_is_full_now_and_then(sample: System, cache: "redis.Redis") -> None:
    before = cache.config_get("maxmemory")["maxmemory"]
    try:
        with Traffic(sample, bound=SOON).running() as traffic:
            for _ in range(8):
                cache.config_set("maxmemory", "1")
                traffic.more()
                cache.config_set("maxmemory", before)
                traffic.more()
    finally:
        cache.config_set("maxmemory", before)
    traffic.settle()
