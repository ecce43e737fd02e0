"""With Redis hung, dead, emptied, full or restored, every read is answered and none is stale."""

import pytest
import redis

from portfolio.caching.breaker import StoreUnavailable
from portfolio.local.embedded import EmbeddedServers
from tests.waiting import until

from .conftest import IMPATIENT, ROW, Process


@IMPATIENT
def test_a_hung_store_costs_one_time_limit_and_then_nothing(
    servers: EmbeddedServers, process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    process.row(1)
    waits, trip = [], process.store.breaker.trip
    monkeypatch.setattr(
        process.store.breaker, "trip", lambda reason: (waits.append(reason), trip(reason))
    )
    servers.redis_cache.suspend()
    try:
        for _ in range(50):
            assert process.row(1) == 10
    finally:
        servers.redis_cache.resume()
    assert not process.store.available
    assert len(waits) == 1, "the hung store was asked again and again"
    until(lambda: process.store.available)


@IMPATIENT
def test_what_changed_while_the_store_hung_is_fresh_afterwards(
    servers: EmbeddedServers, processes: tuple[Process, Process]
) -> None:
    one, other = processes
    one.row(1)
    servers.redis_cache.suspend()
    try:
        one.write("UPDATE item SET value = 11 WHERE id = 1")
        assert one.row(1) == 11
        assert other.row(1) == 11
    finally:
        servers.redis_cache.resume()
    until(lambda: one.store.available and other.store.available)
    assert [one.row(1), other.row(1)] == [11, 11]
    one.computed.clear()
    assert one.row(1) == 11
    assert one.computed == [], "cached again"


def test_a_dead_store_fails_no_write_and_no_read(
    servers: EmbeddedServers, process: Process
) -> None:
    process.row(1)
    servers.redis_cache.kill()
    try:
        process.write("UPDATE item SET value = 11 WHERE id = 1")
        assert process.row(1) == 11
    finally:
        servers.redis_cache.start()
    until(lambda: process.store.available)
    assert process.row(1) == 11


def test_a_store_restored_from_an_old_dump_is_not_believed(
    servers: EmbeddedServers, processes: tuple[Process, Process]
) -> None:
    one, other = processes
    assert other.row(1) == 10
    with redis.Redis.from_url(servers.redis_url) as client:
        dump = {key: client.dump(key) for key in client.scan_iter()}
        assert dump
        one.write("UPDATE item SET value = 11 WHERE id = 1")
        servers.redis_cache.restart()
        for key, value in dump.items():
            client.restore(key, 60_000, value, replace=True)
    assert other.row(1) == 11
    until(lambda: other.store.available)
    assert other.row(1) == 11


def test_an_emptied_store_is_filled_again(servers: EmbeddedServers, process: Process) -> None:
    process.row(1)
    with redis.Redis.from_url(servers.redis_url) as client:
        client.flushall()
    assert [process.row(1), process.row(1)] == [10, 10]
    assert process.computed == [1, 1]


def test_a_full_store_that_evicts_nothing_still_invalidates(
    servers: EmbeddedServers, process: Process
) -> None:
    process.row(1)
    with redis.Redis.from_url(servers.redis_url) as client:
        before = client.config_get("maxmemory"), client.config_get("maxmemory-policy")
        client.config_set("maxmemory-policy", "noeviction")
        client.config_set("maxmemory", "1mb")
        try:
            process.write("UPDATE item SET value = 11 WHERE id = 1")
            assert process.row(1) == 11
            assert process.row(1) == 11
            assert process.store.available, "a full store is no reason to stop reading from it"
        finally:
            for setting in before:
                for name, value in setting.items():
                    client.config_set(name, value)


def test_killed_connections_are_no_outage_for_the_caller(
    servers: EmbeddedServers, process: Process
) -> None:
    process.row(1)
    with redis.Redis.from_url(servers.redis_url) as client:
        client.execute_command("CLIENT KILL TYPE normal SKIPME yes")
    assert process.row(1) == 10


@IMPATIENT
def test_invalidating_a_store_that_is_away_says_so(
    servers: EmbeddedServers, process: Process
) -> None:
    servers.redis_cache.suspend()
    try:
        with pytest.raises(StoreUnavailable):
            process.engine.invalidate(ROW.tag)
        with pytest.raises(StoreUnavailable):
            process.engine.clear("all")
    finally:
        servers.redis_cache.resume()
    until(lambda: process.store.available)


def test_connections_that_are_closed_are_replaced_however_often(
    servers: EmbeddedServers, process: Process
) -> None:
    process.row(1)
    with redis.Redis.from_url(servers.redis_url) as client:
        for _ in range(150):
            client.client_kill_filter(_type="normal", skipme=True)
            assert process.row(1) == 10
            assert process.store.available
    assert process.computed == [1]
