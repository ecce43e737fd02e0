"""Flask-Caching's decorators, templates and signals, on the engine's store."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import redis
from flask import Flask, render_template_string
from flask_caching import (
    Cache,
    cache_memoize_hit,
    cache_memoize_miss,
    cache_view_hit,
    cache_view_miss,
    make_template_fragment_key,
)

from portfolio.caching.flask_adapter import cache_api_response, cache_extension
from portfolio.caching.policy import CacheType, Policy, PolicyTable
from portfolio.local.embedded import EmbeddedServers

PAGE = Policy("page", CacheType.API, 60, ("item",))


@pytest.fixture
def policies() -> PolicyTable:
    return PolicyTable(PAGE)


@pytest.fixture
def client(servers: EmbeddedServers) -> Iterator["redis.Redis"]:
    with redis.Redis.from_url(servers.redis_url) as client:
        yield client


def test_a_view_and_a_function_are_computed_once(app: Flask, cache: Cache) -> None:
    calls: list[Any] = []

    @app.get("/cached/")
    @cache.cached(timeout=30)
    def show_cached() -> str:
        calls.append("cached")
        return "text"

    @cache.memoize(30)
    def double(number: int) -> tuple[int, int]:
        calls.append(number)
        return number, number * 2

    visitor = app.test_client()
    assert [visitor.get("/cached/").text for _ in range(2)] == ["text", "text"]
    assert [double(2), double(2), double(3)] == [(2, 4), (2, 4), (3, 6)]
    cache.delete_memoized(double, 2)
    assert [double(2), double(3)] == [(2, 4), (3, 6)]
    cache.delete_memoized(double)
    assert [double(2), double(3)] == [(2, 4), (3, 6)]
    assert calls == ["cached", 2, 3, 2, 2, 3]


def test_a_template_fragment_is_kept_as_markup(app: Flask, cache: Cache) -> None:
    template = '{% cache 60, "greeting", language %}<b>{{ name }}</b>{% endcache %}'

    def render(language: str, name: str) -> str:
        # The fragment is put into a page that escapes whatever is not markup.
        return render_template_string(
            f"{{% autoescape true %}}{template}{{% endautoescape %}}", language=language, name=name
        )

    assert render("en", "<Ada>") == "<b>&lt;Ada&gt;</b>"
    assert render("en", "Bob") == "<b>&lt;Ada&gt;</b>"
    assert render("de", "Bob") == "<b>Bob</b>"
    cache.delete(make_template_fragment_key("greeting", vary_on=["en"]))
    assert render("en", "Eve") == "<b>Eve</b>"


def test_a_fragment_with_timeout_del_is_removed(app: Flask, cache: Cache) -> None:
    template = '{% cache timeout, "part" %}{{ text }}{% endcache %}'
    texts = [
        render_template_string(template, timeout=timeout, text=text)
        for timeout, text in ((60, "one"), (60, "two"), ("del", "three"), (60, "four"))
    ]
    assert texts == ["one", "one", "three", "four"]


def test_signals_tell_hits_from_misses(app: Flask) -> None:
    app.config["CACHE_ENABLE_SIGNALS"] = True
    cache, heard = Cache(app), []

    @app.get("/cached/")
    @cache.cached()
    def show_cached() -> str:
        return "text"

    @cache.memoize()
    def double(number: int) -> int:
        return number * 2

    def hear(name: str) -> Callable[..., None]:
        return lambda _sender, **told: heard.append((name, told["args"]))

    listeners = {
        signal: hear(name)
        for signal, name in (
            (cache_view_miss, "view miss"),
            (cache_view_hit, "view hit"),
            (cache_memoize_miss, "function miss"),
            (cache_memoize_hit, "function hit"),
        )
    }
    for signal, listener in listeners.items():
        signal.connect(listener)
    for _ in range(2):
        app.test_client().get("/cached/")
        double(4)
    for signal, listener in listeners.items():
        signal.disconnect(listener)
    assert heard == [
        ("view miss", ()),
        ("function miss", (4,)),
        ("view hit", ()),
        ("function hit", (4,)),
    ]


def test_clearing_removes_flask_cachings_own_values_and_no_others(
    app: Flask, cache: Cache, client: "redis.Redis"
) -> None:
    calls = []

    def show_page() -> dict[str, int]:
        calls.append(1)
        return {"calls": len(calls)}

    app.add_url_rule("/page/", view_func=cache_api_response(PAGE)(show_page))
    app.test_client().get("/page/")
    cache.set("mine", 1)
    assert cache.clear()
    assert cache.get("mine") is None
    assert not list(client.scan_iter("*flask:*"))
    app.test_client().get("/page/")
    assert calls == [1]


def test_whoever_clears_everything_clears_flask_cachings_values_too(cache: Cache) -> None:
    cache.set("mine", 1)
    cache_extension().engine.clear("all")
    assert cache.get("mine") is None
    assert cache.has("mine") is False


def test_adding_elects_one(app: Flask, cache: Cache) -> None:
    def add(number: int) -> bool:
        with app.app_context():
            return cache.add("leader", number)

    with ThreadPoolExecutor(16) as pool:
        elected = list(pool.map(add, range(64)))
    assert elected.count(True) == 1
    assert cache.get("leader") == elected.index(True)


def test_what_nobody_can_read_does_not_keep_a_new_value_out(
    cache: Cache, client: "redis.Redis"
) -> None:
    cache.set("leader", "old")
    cache_extension().engine.clear("all")
    assert list(client.scan_iter("*flask:leader"))
    assert cache.add("leader", "new")
    assert not cache.add("leader", "newer")
    assert cache.get("leader") == "new"


@pytest.mark.parametrize("timeout", [timedelta(milliseconds=200), timedelta(seconds=1), 1])
def test_a_short_life_is_short(cache: Cache, client: "redis.Redis", timeout: Any) -> None:
    with client.monitor() as heard:
        cache.set("brief", 1, timeout=timeout)
        told = (said["command"] for said in heard.listen())
        stored = next(command for command in told if re.match("SET .*flask:brief ", command))
    assert 200 <= int(stored.rpartition(" PX ")[2]) <= 1000


def test_every_value_has_an_end(cache: Cache, client: "redis.Redis") -> None:
    for number, timeout in enumerate((None, 0, 10**9)):
        cache.set(str(number), number, timeout=timeout)
    assert cache.get_many("0", "1", "2", "3") == [0, 1, 2, None]
    assert all(client.ttl(key) > 0 for key in client.scan_iter())
    cache.set("0", 1, timeout=-1)
    assert cache.get("0") is None


def test_several_are_removed_at_once(cache: Cache) -> None:
    cache.set_many({"a": 1, "b": 2, "c": 3})
    assert cache.delete_many("a", "b", "unknown") == ["a", "b", "unknown"]
    assert cache.get_dict("a", "b", "c") == {"a": None, "b": None, "c": 3}
    assert cache.delete("c") is True
    assert cache.delete("c") is False
