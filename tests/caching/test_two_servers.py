"""Processes that use different Redis servers, by a failover or by mistake, on one database."""

import dataclasses
from collections.abc import Iterator

import pytest
import redis

from portfolio.local.embedded import EmbeddedServers
from tests.waiting import until

from .conftest import Process, make_process

BOUND = 2.5


@pytest.fixture(params=[0, 1_000_000], ids=["redis", "memory"])
def memory(request: pytest.FixtureRequest) -> int:
    size: int = request.param
    return size


@pytest.fixture
def stranger(
    servers: EmbeddedServers, item_database: str, processes: tuple[Process, Process], memory: int
) -> Iterator[Process]:
    """A process that takes the durable Redis for the cache's."""
    mistaken = dataclasses.replace(servers, redis_url=servers.celery_broker_url)
    process = make_process(mistaken, item_database, memory)
    yield process
    process.close()
    with redis.Redis.from_url(servers.celery_broker_url) as client:
        for name in client.scan_iter(match="{test}:*"):
            client.delete(name)


def test_each_hears_of_the_others_changes(
    processes: tuple[Process, Process], stranger: Process
) -> None:
    ours, _other = processes
    assert [ours.row(1), stranger.row(1)] == [10, 10]
    for value in range(11, 13):
        stranger.write("UPDATE item SET value = :value WHERE id = 1", value=value)
        until(lambda value=value: ours.row(1) == value, BOUND)
        ours.write("UPDATE item SET value = -:value WHERE id = 1", value=value)
        until(lambda value=value: stranger.row(1) == -value, BOUND)


def test_whoever_looks_finds_the_other_server(
    processes: tuple[Process, Process], stranger: Process
) -> None:
    ours, other = processes
    own = ours.store.run_id()
    assert [ours.row(1), other.row(1)] == [10, 10]
    assert ours.source.outbox.find_other_server(own, 1.2) is None
    assert stranger.row(1) == 10
    assert ours.source.outbox.find_other_server(own, BOUND) in ("", stranger.store.run_id())
    until(lambda: ours.source.outbox.find_other_server(own, BOUND) == stranger.store.run_id())


def test_one_that_only_writes_is_heard_too(
    processes: tuple[Process, Process], stranger: Process
) -> None:
    """A command, say, whose settings name another server: nothing in it looks at the outbox."""
    ours, _other = processes
    assert ours.row(1) == 10
    for value in range(11, 13):
        stranger.write("UPDATE item SET value = :value WHERE id = 1", value=value)
        until(lambda value=value: ours.row(1) == value, BOUND)
