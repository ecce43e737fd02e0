"""What tests of the front share: an application whose addresses it answers already."""

from collections.abc import Iterator

import pytest
import redis

from portfolio.caching.policy import CacheType, Policy
from portfolio.local.embedded import EmbeddedServers
from tests.waiting import until

from .mini import Mini, make_mini

ITEM = Policy("item_page", CacheType.API, 60, ("item:id={number}", "item:*"), ("number",))
TIMED = Policy("timed", CacheType.API, 60, (), jitter=0)
LATE = Policy("late", CacheType.API, 60, ("item",), client_stale=30)
BIG = Policy("big", CacheType.API, 60, ("item",))
TEXT = "the same words again and again, " * 200


@pytest.fixture
def mini(servers: EmbeddedServers, item_database: str, patience: float) -> Iterator[Mini]:
    with redis.Redis.from_url(servers.redis_url) as client:
        client.flushdb()
    policies = (ITEM, TIMED, LATE, BIG)
    with make_mini(servers, item_database, *policies, CACHE_TIMEOUT=patience) as mini:
        mini.write("TRUNCATE item")
        mini.write("INSERT INTO item VALUES (1, 10), (2, 20)")
        mini.add(ITEM, "/items/<int:number>/", lambda number: {"number": number})
        mini.add(TIMED, "/timed/", lambda: "text")
        mini.add(LATE, "/late/", lambda: "text")
        mini.add(BIG, "/big/", lambda: TEXT)
        yield mini


def open_door(mini: Mini, path: str) -> None:
    """Ask until Flask is not entered any more."""
    client = mini.app.test_client()

    def is_open() -> bool:
        mini.entered.clear()
        client.get(path)
        return not mini.entered

    until(is_open)


@pytest.fixture
def entered(mini: Mini, believing: None) -> list[str]:
    """Paths that Flask was entered for, since the front has answered them all."""
    for path in ("/items/1/", "/items/1/?utm=x", "/timed/", "/late/", "/big/"):
        open_door(mini, path)
    return mini.entered
