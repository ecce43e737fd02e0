"""Expired entries: served while nothing has changed, computed anew once, by somebody else."""

import threading
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import redis

from portfolio.caching.flask_adapter import cache_statistics, renew
from portfolio.caching.policy import CacheType, Policy
from portfolio.local.embedded import EmbeddedServers
from tests.waiting import until

from .mini import Mini, make_mini

TTL, STALE = 60, 600
PAGE = Policy("page", CacheType.API, TTL, ("item",), ("name", "deep"), jitter=0, stale=STALE)
SUM = Policy("sum", CacheType.STATISTICS, TTL, ("item",), ("above",), jitter=0, stale=STALE)
OUTER = Policy("outer", CacheType.STATISTICS, 600, ("item",), jitter=0, stale=600)
POLICIES = (PAGE, SUM, OUTER)

Sent = list[tuple[str, Mapping[str, Any]]]


@pytest.fixture
def sent() -> Sent:
    """What has been given to the workers."""
    return []


@pytest.fixture
def pair(servers: EmbeddedServers, item_database: str, sent: Sent) -> Iterator[tuple[Mini, Mini]]:
    """Two processes; the first one has workers that take what they are given and do nothing."""
    with redis.Redis.from_url(servers.redis_url) as client:
        client.flushdb()

    def send(policy: str, arguments: Mapping[str, Any]) -> bool:
        sent.append((policy, arguments))
        return True

    with (
        make_mini(servers, item_database, *POLICIES, send=send) as one,
        make_mini(servers, item_database, *POLICIES) as other,
    ):
        one.write("TRUNCATE item")
        one.write("INSERT INTO item VALUES (1, 10)")
        for mini in (one, other):
            mini.add(PAGE, "/pages/<name>/", lambda name, query_data=None: {"name": name})
        yield one, other


def status(mini: Mini, path: str = "/pages/a/") -> str:
    return mini.app.test_client().get(path).headers["Cache-Status"]


def expire(mini: Mini, path: str = "/pages/a/") -> None:
    status(mini, path)
    age(mini)
    assert "detail=stale" in status(mini, path)


def age(mini: Mini) -> None:
    """Entries are at the end of their ttl, and will do only while they are computed anew."""
    client = mini.cache.store.raw
    for name in client.scan_iter("{mini}:[as]*:*:*"):
        client.expire(name, STALE // 2)
    mini.cache.nearby.committed(None)


def test_an_expired_entry_is_served_and_renewed_by_the_workers(
    pair: tuple[Mini, Mini], sent: Sent
) -> None:
    one, _ = pair
    expire(one)
    for _ in range(5):
        assert "detail=stale" in status(one)
    until(lambda: sent == [("page", {"name": "a"})])
    assert one.computed == [{"name": "a"}], "nobody has waited for a computation"
    with one.app.app_context():
        renew("page", {"name": "a"})
        renew("page", {"name": "a"})
    assert one.computed == [{"name": "a"}] * 2, "what is fresh by now is left alone"
    until(lambda: "detail=l1" in status(one))
    assert len(sent) == 1


def test_without_workers_the_process_renews_it_itself(pair: tuple[Mini, Mini]) -> None:
    _, other = pair
    expire(other)
    until(lambda: "detail=l" in status(other))
    assert len(other.computed) >= 2


def test_many_processes_ask_once(pair: tuple[Mini, Mini], sent: Sent) -> None:
    one, other = pair
    expire(one)
    until(lambda: len(sent) == 1)
    for _ in range(20):
        assert "hit" in status(other)
    assert (len(one.computed), len(other.computed), len(sent)) == (1, 0, 1)


def test_what_was_invalidated_is_not_served_though_it_is_expired(
    pair: tuple[Mini, Mini],
) -> None:
    one, other = pair
    expire(one)
    other.write("UPDATE item SET value = 11 WHERE id = 1")
    until(lambda: "fwd=miss" in status(one))
    for _ in range(10):
        assert "stale" not in status(one)


def test_a_failed_renewal_leaves_what_there_is(pair: tuple[Mini, Mini]) -> None:
    _, other = pair
    failing = threading.Event()

    def show(name: str) -> dict[str, str]:
        if failing.is_set():
            raise RuntimeError("no answer")
        return {"name": name}

    other.add(PAGE, "/failing/<name>/", show, "failing")
    # Renewals find the first view of the policy; this one is asked by its own address.
    assert "stored" in status(other, "/failing/b/")
    failing.set()
    age(other)
    assert "detail=stale" in status(other, "/failing/b/")
    assert other.app.test_client().get("/failing/b/").json == {"name": "b"}


def test_nothing_expired_goes_into_another_value(pair: tuple[Mini, Mini]) -> None:
    one, _ = pair
    calls: list[int] = []

    @cache_statistics(SUM)
    def total(*, above: int) -> int:
        calls.append(above)
        return len(calls)

    @cache_statistics(OUTER)
    def outer() -> int:
        return total(above=1) * 100

    with one.app.app_context():
        assert total(above=1) == 1
        age(one)
        until(lambda: total(above=1) == 1 and one.cache.counters.counted()["sum:stale_hits"] > 0)
        assert outer() == 200, "computed with a fresh part"
        assert total(above=1) == 2


def test_functions_and_views_are_renewed_by_policy_and_arguments(
    pair: tuple[Mini, Mini],
) -> None:
    one, _ = pair
    calls: list[int] = []

    @cache_statistics(SUM)
    def total(*, above: int) -> int:
        calls.append(above)
        return above

    with one.app.app_context():
        renew("sum", {"above": 3})
        assert total(above=3) == 3
        assert calls == [3]
        renew("page", {"name": "a", "deep": [True, False]})
    assert one.computed == [{"name": "a"}]
    assert one.entered == ["/pages/a/"]
