"""What visitors invent takes a bounded place; what somebody writes into Redis is never believed."""

import pickle
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import redis

from portfolio.cache_policy import POLICIES
from portfolio.caching.policy import SLOTS

from .conftest import System, until
from .test_drills_http import clear, paths, shared

PREFIX = "{system}:"


@pytest.fixture
def cache(sample: System) -> Iterator["redis.Redis"]:
    with redis.Redis.from_url(sample.environment["REDIS_URL"]) as client:
        yield client


def invented(number: int) -> str:
    """Addresses that anyone can make up, one after the other of each kind."""
    kinds = (
        f"/api/v1/projects/?search=word{number}",
        f"/api/v1/projects/?page={number % 9000 + 1}&page_size={number % 100 + 1}",
        f"/api/v1/projects/?technology=thing-{number}&search=x",
        f"/api/v1/projects/?profile=nobody-{number}",
        f"/api/v1/projects/featured/?page={number % 9000 + 1}",
        f"/api/v1/projects/stats/?profile=nobody-{number}",
        f"/api/v1/projects/no-such-project-{number}/",
        f"/api/v1/projects/00000000-0000-4000-8000-{number:012x}/",
        f"/api/v1/profiles/no-such-profile-{number}/",
        f"/api/v1/profiles/?page={number % 9000 + 1}",
        f"/?utm_source={number}",
        f"/api/v1/projects/?utm_source={number}",
    )
    return kinds[number % len(kinds)]


def ask_invented(system: System, times: int) -> set[int]:
    """The statuses of so many different addresses."""

    def ask(first: int) -> set[int]:
        with httpx.Client(base_url=system.address, timeout=20, trust_env=False) as client:
            return {client.get(invented(n)).status_code for n in range(first, times, 4)}

    with ThreadPoolExecutor(4) as pool:
        return set().union(*pool.map(ask, range(4)))


def names(cache: "redis.Redis", pattern: str = "*") -> list[str]:
    return [key.decode() for key in cache.scan_iter(f"{PREFIX}{pattern}", count=1000)]


def check_bounds(sample: System, cache: "redis.Redis", times: int) -> None:
    clear(sample)
    ordinary = {path: shared(sample.ask(path)) for path in paths(sample) if "page_size" not in path}
    room = cache.info("memory")["used_memory"]
    assert ask_invented(sample, times) == {200, 404}
    for policy in POLICIES.values():
        taken = names(cache, f"{policy.type}:{policy.name}:*")
        assert len(taken) <= SLOTS + len(ordinary), f"{policy.name}: one place for each address"
    assert cache.info("memory")["used_memory"] - room < 20_000_000
    # Tags of what does not exist fade after a moment.
    until(lambda: not any("no-such" in name or "0000-" in name for name in names(cache, "tag:*")))
    assert all(cache.pttl(key) != -1 for key in names(cache))
    for path, expected in ordinary.items():
        for answer in sample.ask_everyone(path, 4):
            assert "hit" in answer.headers["Cache-Status"], f"{path} was pushed out"
            assert shared(answer) == expected


def test_thousands_of_addresses_take_a_bounded_place(sample: System, cache: "redis.Redis") -> None:
    check_bounds(sample, cache, 2400)


@pytest.mark.soak
def test_ten_thousand_addresses_take_no_more(sample: System, cache: "redis.Redis") -> None:
    check_bounds(sample, cache, 10_000)


class Bomb:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return print, ("a pickle was loaded",)


def flip_a_bit(data: bytes) -> bytes:
    damaged = bytearray(data)
    damaged[random.randrange(len(damaged))] ^= 1 << random.randrange(8)
    return bytes(damaged)


@pytest.mark.parametrize("how", ["bits", "swapped", "shortened", "pickle", "nothing", "type"])
def test_what_was_tampered_with_is_computed_anew(
    sample: System, cache: "redis.Redis", how: str
) -> None:
    asked = paths(sample)
    clear(sample)
    clean = {path: shared(sample.ask(path)) for path in asked}
    entries = {key: cache.get(key) or b"" for key in names(cache, "api:*")}
    entries |= {key: cache.get(key) or b"" for key in names(cache, "statistics:*")}
    assert len(entries) >= len(asked) - 1
    others = [*list(entries.values())[1:], next(iter(entries.values()))]
    for (key, data), other in zip(entries.items(), others, strict=True):
        forged = {
            "bits": flip_a_bit(data),
            "swapped": other,
            "shortened": data[: len(data) // 2],
            "pickle": pickle.dumps(Bomb()),
            "nothing": b"",
            "type": None,
        }[how]
        if forged is None:
            cache.unlink(key)
            cache.lpush(key, "a list")
        else:
            cache.set(key, forged, keepttl=True)
    # The workers' own copies are void with their connections: everything is read from Redis.
    for kind in ("normal", "pubsub"):
        cache.execute_command("CLIENT", "KILL", "TYPE", kind, "SKIPME", "yes")
    for path in asked:
        for answer in sample.ask_everyone(path, 4):
            assert shared(answer) == clean[path], (path, answer.headers["Cache-Status"])
