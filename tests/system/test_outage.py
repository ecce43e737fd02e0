"""With the cache Redis hung or dead every endpoint goes on answering; nothing is old afterwards."""

import time

import httpx
import pytest

from .conftest import TOKEN, System, until

PATHS = (
    "/",
    "/api/v1/profiles/",
    "/api/v1/projects/",
    "/api/v1/projects/featured/",
    "/api/v1/projects/stats/",
    "/live/",
    "/ready/",
)


@pytest.mark.parametrize("how", ["suspend", "kill"])
def test_every_endpoint_answers_without_its_cache(sample: System, how: str) -> None:
    redis = sample.servers.redis_cache
    project = sample.ask("/api/v1/projects/featured/").json()["items"][0]
    address = f"/api/v1/projects/{project['id']}/"
    normal = _slowest(sample)
    getattr(redis, how)()
    try:
        without = _slowest(sample)
        done = sample.ask(address, "PATCH", token=TOKEN, json={"title": f"While away: {how}"})
        assert done.status_code == 200
        # A worker that has not noticed the outage believes its copies for the stated bound.
        until(lambda: all(how in answer.text for answer in sample.ask_everyone(address, 6)), 2.5)
        for path in (address, "/api/v1/projects/"):
            for answer in sample.ask_everyone(path, 6):
                assert f"While away: {how}" in answer.text
        cleared = sample.ask(
            "/api/v1/cache/clear/", "POST", token=TOKEN, json={"cache_type": "all"}
        )
        assert cleared.status_code == 503
        assert cleared.headers["Retry-After"]
        stats = sample.ask("/api/v1/cache/stats/", token=TOKEN).json()
        assert stats["store"] is None
    finally:
        redis.resume() if how == "suspend" else redis.start()
    # One limit for finding out, in each of two workers, and the work of an answer.
    limit = float(sample.environment["CACHE_TIMEOUT"])
    assert without < normal + 2 * limit + 1
    until(lambda: _is_hit(sample.ask("/api/v1/projects/")))
    for answer in sample.ask_everyone(address):
        assert f"While away: {how}" in answer.text


def _is_hit(answer: httpx.Response) -> bool:
    return "hit" in answer.headers["Cache-Status"]


def _slowest(system: System) -> float:
    slowest = 0.0
    for path in PATHS * 2:
        start = time.perf_counter()
        answer = system.ask(path)
        slowest = max(slowest, time.perf_counter() - start)
        assert answer.status_code == 200, (path, answer.text)
    return slowest


@pytest.mark.parametrize("how", ["suspend", "kill"])
def test_the_database_away_is_a_503_that_says_when_to_come_back(sample: System, how: str) -> None:
    unasked = f"/api/v1/projects/?search=never-asked-before-{how}"
    # A process that has not come back from an outage before this one keeps nothing.
    until(lambda: all(map(_is_hit, sample.ask_everyone("/api/v1/projects/"))))
    getattr(sample.servers.postgres, how)()
    try:
        assert sample.ask("/api/v1/projects/").status_code == 200, "it is in the cache"
        answer = sample.ask(unasked)
        assert answer.status_code == 503
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["Retry-After"]
    finally:
        postgres = sample.servers.postgres
        postgres.resume() if how == "suspend" else postgres.start()
    until(lambda: sample.ask(unasked).status_code == 200)
