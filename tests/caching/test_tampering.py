"""Corrupt, foreign and tampered entries are misses: no error, no code, no wrong value."""

import pickle
import random
from collections.abc import Iterator

import pytest
import redis

from portfolio.caching.sweep import count_entries, sweep
from portfolio.local.embedded import EmbeddedServers
from tests.waiting import until

from .conftest import ROW, Process


@pytest.fixture
def client(servers: EmbeddedServers) -> Iterator["redis.Redis"]:
    with redis.Redis.from_url(servers.redis_url) as client:
        yield client


def name_of(process: Process, number: int) -> str:
    return process.store.name(ROW.key(process.source.epoch(), {"id": number}).name)


def test_flipped_bits(process: Process, client: "redis.Redis") -> None:
    process.row(1)
    stored = client.get(name_of(process, 1))
    assert stored is not None
    random.seed(20)
    for _ in range(300):
        damaged = bytearray(stored)
        damaged[random.randrange(len(damaged))] ^= 1 << random.randrange(8)
        client.set(name_of(process, 1), bytes(damaged), ex=60)
        assert process.row(1) == 10
    assert len(process.computed) == 301


def test_entries_under_each_others_keys(process: Process, client: "redis.Redis") -> None:
    process.row(1)
    process.row(2)
    one, two = (client.get(name_of(process, number)) for number in (1, 2))
    assert one is not None
    assert two is not None
    client.set(name_of(process, 1), two, ex=60)
    client.set(name_of(process, 2), one, ex=60)
    assert [process.row(1), process.row(2)] == [10, 20]


class Bomb:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return pytest.fail, ("a pickle was loaded",)


@pytest.mark.parametrize(
    "payload", [pickle.dumps(Bomb()), b"", b"\x80", b"null", b"\xc1" * 9, b"\x93\x01\x02\x03"]
)
def test_foreign_payloads(process: Process, client: "redis.Redis", payload: bytes) -> None:
    process.row(1)
    client.set(name_of(process, 1), payload, ex=60)
    assert process.row(1) == 10
    assert process.row(1) == 10
    assert process.computed == [1, 1]


def test_a_key_of_another_redis_type(process: Process, client: "redis.Redis") -> None:
    client.lpush(name_of(process, 1), "x")
    assert process.row(1) == 10


def test_a_forged_token_is_no_token_of_ours(process: Process, client: "redis.Redis") -> None:
    process.row(1)
    client.set(process.store.tag_name("item:id=1"), b"forged", ex=60)
    assert process.row(1) == 10
    assert process.computed == [1, 1]


def test_sweep_removes_only_what_no_read_would_accept(
    process: Process, client: "redis.Redis"
) -> None:
    process.row(1)
    process.row(2)
    process.total()
    client.set(name_of(process, 3), b"rubbish", ex=60)
    process.write("UPDATE item SET value = 11 WHERE id = 1")
    assert sweep(process.engine) == (4, 3)
    assert count_entries(process.engine) == {"row": 1, "total": 0, "report": 0}
    process.computed.clear()
    assert process.row(2) == 20
    assert process.computed == []


def test_clearing_a_type_leaves_the_others(process: Process) -> None:
    process.row(1)
    process.row(2)
    process.total()
    assert process.engine.clear("query") == 2
    process.computed.clear()
    process.total()
    process.row(1)
    assert process.computed == [1]


def test_every_key_expires(process: Process, client: "redis.Redis") -> None:
    process.row(1)
    process.total()
    lives = {key: client.ttl(key) for key in client.scan_iter()}
    assert lives
    assert all(0 < life <= 7 * 24 * 3600 for life in lives.values())
    assert all(key.startswith(b"{test}:") for key in lives)


def test_a_tag_of_another_redis_type_is_healed(process: Process, client: "redis.Redis") -> None:
    process.row(1)
    name = process.store.tag_name("all")
    client.unlink(name)
    client.lpush(name, "x")
    assert [process.row(1), process.row(1), process.row(1)] == [10, 10, 10]
    assert process.computed == [1, 1]


def test_what_does_not_exist_leaves_no_tags_for_long(
    process: Process, client: "redis.Redis"
) -> None:
    def fail() -> None:
        raise LookupError("no such row")

    process.row(1)
    before = set(client.scan_iter())
    for number in range(1000, 1050):
        with pytest.raises(LookupError):
            process.engine.fetch(ROW, {"id": number}, fail)
    until(lambda: {key for key in client.scan_iter() if b":lease:" not in key} == before)


def test_health_notices_triggers_that_do_not_always_fire(process: Process) -> None:
    assert process.source.outbox.silent_tables(["item", "other"]) == ["other"]
    process.write("ALTER TABLE item ENABLE TRIGGER USER")
    try:
        assert process.source.outbox.silent_tables(["item"]) == ["item"]
    finally:
        for event in ("insert", "update", "delete", "truncate"):
            process.write(f"ALTER TABLE item ENABLE ALWAYS TRIGGER cache_{event}")


def test_a_failure_voids_nothing_that_others_share(process: Process) -> None:
    """The first one to ask after a clear makes the shared tags too; its 404 must leave them."""

    def fail() -> None:
        process.row(1)
        raise LookupError("no such row")

    with pytest.raises(LookupError):
        process.engine.fetch(ROW, {"id": 1000}, fail)
    process.row(1)
    assert process.computed == [1]
