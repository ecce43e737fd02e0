"""What anyone may invent: kept briefly, in a fixed number of places, beside everything else."""

from collections.abc import Iterator
from typing import Any

import pytest
import redis

from portfolio.caching.policy import BRIEF_TTL, SLOTS, CacheType, Policy, PolicyError
from portfolio.local.embedded import EmbeddedServers
from tests.waiting import until

from .conftest import Process
from .mini import Mini, make_mini

FIND = Policy("find", CacheType.QUERY, 600, ("item",), ("status", "text"), free=("text",), jitter=0)
PAGE = Policy(
    "page",
    CacheType.API,
    600,
    ("item:id={number}", "item:*"),
    ("number",),
    jitter=0,
    stale=600,
    error_ttl=20,
)


@pytest.fixture
def mini(servers: EmbeddedServers, item_database: str) -> Iterator[Mini]:
    with redis.Redis.from_url(servers.redis_url) as client:
        client.flushdb()
    with make_mini(servers, item_database, FIND, PAGE) as mini:
        mini.write("TRUNCATE item")
        mini.write("INSERT INTO item VALUES (1, 10)")

        def show(number: int) -> dict[str, Any]:
            query = f"SELECT value FROM item WHERE id = {number}"
            value = mini.db.session.connection().exec_driver_sql(query).scalar()
            if value is None:
                raise LookupError(number)
            return {"value": value}

        mini.add(PAGE, "/items/<int:number>/", show)
        yield mini


@pytest.fixture
def client(servers: EmbeddedServers) -> Iterator["redis.Redis"]:
    with redis.Redis.from_url(servers.redis_url) as client:
        yield client


def find(mini: Mini, **arguments: str) -> str:
    def compute() -> str:
        mini.computed.append(arguments)
        return repr(arguments)

    value: str = mini.cache.engine.fetch(FIND, arguments, compute).value
    return value


def test_invented_arguments_share_a_fixed_number_of_places(
    mini: Mini, client: "redis.Redis"
) -> None:
    for number in range(3 * SLOTS):
        assert find(mini, text=f"invented {number}") == repr({"text": f"invented {number}"})
    find(mini, status="open")
    names = list(client.scan_iter("{mini}:query:find:*", count=1000))
    slots = [name for name in names if b":find:s" in name]
    assert len(slots) <= SLOTS
    assert len(names) == len(slots) + 1
    assert all(0 < client.ttl(name) <= BRIEF_TTL for name in slots)
    mini.computed.clear()
    assert find(mini, status="open") == repr({"status": "open"})
    assert not mini.computed, "what is asked for by a fixed value is still there"


def test_what_took_another_ones_place_is_not_its_value(mini: Mini) -> None:
    epoch = mini.cache.source.epoch()
    by_place: dict[str, str] = {}
    for number in range(10_000):
        text = f"text {number}"
        place = FIND.key(epoch, {"text": text}).name
        if place in by_place:
            break
        by_place[place] = text
    other = by_place[place]
    with make_mini_without_memory(mini) as process:
        for _ in range(3):
            assert find(process, text=text) == repr({"text": text})
            assert find(process, text=other) == repr({"text": other})
        assert process.cache.counters.counted()["find:errors"] == 0


def make_mini_without_memory(mini: Mini) -> Any:
    servers = type("Servers", (), {})()
    servers.redis_url = mini.app.config["REDIS_URL"]
    servers.celery_broker_url = mini.app.config["CACHE_LEDGER_URL"]
    database = mini.app.config["SQLALCHEMY_DATABASE_URI"]
    return make_mini(servers, database, FIND, PAGE, CACHE_MEMORY=0)


def test_that_there_is_nothing_is_remembered_until_something_comes(
    mini: Mini, client: "redis.Redis"
) -> None:
    visitor = mini.app.test_client()
    for _ in range(3):
        answer = visitor.get("/items/7/")
        assert (answer.status_code, answer.json) == (404, {"error": "no such thing"})
        assert answer.headers["Cache-Control"] == "no-store"
    assert len(mini.computed) == 1
    (name,) = client.scan_iter("{mini}:api:page:*")
    assert 0 < client.ttl(name) <= PAGE.error_ttl
    mini.write("INSERT INTO item VALUES (7, 70)")
    assert visitor.get("/items/7/").json == {"value": 70}
    assert client.ttl(f"{{mini}}:{PAGE.key(mini.cache.source.epoch(), {'number': 7}).name}") > 600


def test_a_row_that_goes_is_gone_and_one_that_comes_is_there(mini: Mini) -> None:
    visitor = mini.app.test_client()
    for value in range(20):
        assert visitor.get("/items/1/").json == {"value": 10 + value}
        mini.write("DELETE FROM item WHERE id = 1")
        assert [visitor.get("/items/1/").status_code for _ in range(2)] == [404, 404]
        mini.write(f"INSERT INTO item VALUES (1, {11 + value})")
    assert len(mini.computed) == 40


def test_thousands_of_addresses_of_nothing_leave_little(mini: Mini, client: "redis.Redis") -> None:
    visitor = mini.app.test_client()
    visitor.get("/items/1/")
    for number in range(1000, 2500):
        assert visitor.get(f"/items/{number}/").status_code == 404
    until(
        lambda: (
            not any(
                b"item:id=" in name and name[-4:] != b"id=1"
                for name in client.scan_iter("{mini}:tag:*", count=1000)
            )
        )
    )
    assert len(list(client.scan_iter("{mini}:api:page:s*", count=1000))) <= SLOTS
    assert mini.cache.nearby._brief.size <= 1_000_000 / 8
    assert "hit" in visitor.get("/items/1/").headers["Cache-Status"]


def test_a_policy_cannot_call_free_what_it_does_not_name() -> None:
    with pytest.raises(PolicyError, match="does not name text"):
        Policy("p", CacheType.QUERY, 60, ("item",), ("status",), free=("text",))


def test_no_entry_of_the_engine_is_without_an_end(process: Process, client: "redis.Redis") -> None:
    process.row(1)
    process.total()
    names = list(client.scan_iter("{test}:*"))
    assert names
    assert all(client.pttl(name) > 0 for name in names)
