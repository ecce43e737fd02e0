"""Flask-Caching's decorators while the store is away, and what they may answer afterwards."""

import threading
from collections.abc import Callable, Iterator

import pytest
import redis
from flask import Flask
from flask_caching import Cache

from portfolio.caching.flask_adapter import cache_extension
from portfolio.local.embedded import EmbeddedServers

from .conftest import IMPATIENT


@pytest.fixture
def without_store(servers: EmbeddedServers) -> Iterator[Callable[[], None]]:
    """Suspends the cache Redis at once; what it returns brings it back, and waits for it."""
    servers.redis_cache.suspend()
    back = False

    def resume() -> None:
        nonlocal back
        servers.redis_cache.resume()
        back = True
        pause, store = threading.Event(), cache_extension().store
        for _ in range(1000):
            if store.available:
                return
            pause.wait(0.01)
        pytest.fail("the store was never used again")

    yield resume
    if not back:
        servers.redis_cache.resume()


@pytest.fixture
def store_with_a_value(cache: Cache) -> None:
    cache.set("value", "old")


@IMPATIENT
def test_everything_is_computed_while_the_store_is_away(
    app: Flask, cache: Cache, without_store: Callable[[], None]
) -> None:
    calls = []

    @app.get("/view/")
    @cache.cached(30)
    def view() -> str:
        calls.append("view")
        return "text"

    @cache.memoize(30, cache_none=True)
    def function(number: int) -> None:
        calls.append(number)

    for _ in range(2):
        assert app.test_client().get("/view/").text == "text"
        function(1)
    assert calls == ["view", 1] * 2
    assert cache.clear() is False
    assert cache.add("value", 1) is False
    assert cache.delete_many("a", "b") == []
    without_store()
    assert app.test_client().get("/view/").text == "text"
    assert app.test_client().get("/view/").text == "text"
    assert len(calls) == 5


@pytest.mark.parametrize(
    "remove",
    [
        lambda cache: cache.delete("value"),
        lambda cache: cache.delete_many("value"),
        lambda cache: cache.clear(),
        lambda cache: cache.set("value", "new"),
        lambda cache: cache.set_many({"value": "new"}),
    ],
    ids=["delete", "delete_many", "clear", "set", "set_many"],
)
@pytest.mark.usefixtures("store_with_a_value")
@IMPATIENT
def test_what_was_removed_meanwhile_does_not_come_back(
    cache: Cache, without_store: Callable[[], None], remove: Callable[[Cache], object]
) -> None:
    # The store is known to be away: the removal is not even sent, where it might arrive late.
    assert cache.get("value") is None
    assert not remove(cache)
    without_store()
    assert cache.get("value") is None


@pytest.mark.usefixtures("store_with_a_value")
@IMPATIENT
def test_nor_when_the_process_that_removed_it_is_gone(
    app: Flask, servers: EmbeddedServers, item_database: str, without_store: Callable[[], None]
) -> None:
    removing = Cache(app)
    assert removing.get("value") is None
    assert removing.delete("value") is False
    cache_extension().store.close()  # it will never find out that the store is back
    servers.redis_cache.resume()
    # Whoever moves the outbox next: the relay, or a process that starts.
    told: list[str] = []
    cache_extension().source.outbox.flush(told.extend)
    assert told == ["flask"]


def test_old_data_in_a_restarted_store_is_not_believed(
    cache: Cache, servers: EmbeddedServers
) -> None:
    @cache.memoize(60)
    def function() -> str:
        return next(answers)

    answers = iter(["old", "new", "newer"])
    assert function() == "old"
    with redis.Redis.from_url(servers.redis_url) as client:
        old = {key: client.dump(key) for key in client.scan_iter()}
    cache.delete_memoized(function)
    assert function() == "new"
    servers.redis_cache.kill()
    servers.redis_cache.start()
    with redis.Redis.from_url(servers.redis_url) as client:
        for key, data in old.items():
            client.restore(key, 60_000, data)
    assert function() == "newer"
