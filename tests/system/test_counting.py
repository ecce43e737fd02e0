"""The figures of the cache are those that a counting client arrives at."""

import json

from .conftest import TOKEN, System, until


def test_hits_and_misses_agree_with_the_answers(sample: System) -> None:
    profile = sample.ask("/api/v1/profiles/").json()["items"][0]
    # Of what nothing else asks for, no worker has figures that it has not told yet.
    path, policy = f"/api/v1/profiles/{profile['slug']}/resume.json", "resume_json"
    before = _figures(sample, policy)
    statuses = [answer.headers["Cache-Status"] for answer in sample.ask_everyone(path, 40)]
    hits = sum("; hit" in status for status in statuses)
    assert hits >= 38
    until(lambda: _figures(sample, policy)["hits"] == before["hits"] + hits)
    after = _figures(sample, policy)
    assert after["misses"] == before["misses"] + len(statuses) - hits
    assert after["hit_rate"] == after["hits"] / (after["hits"] + after["misses"])


def test_the_command_and_the_endpoint_say_the_same(sample: System) -> None:
    done = sample.run("flask", "cache", "stats", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["policies"].keys() == _stats(sample)["policies"].keys()
    table = sample.run("flask", "cache", "stats").stdout.splitlines()
    assert table[0].split()[:4] == ["policy", "type", "ttl", "entries"]
    assert len({line.index("api") for line in table if "  api" in line}) == 1, "columns align"


def test_clearing_says_how_many_and_a_type_leaves_the_others(sample: System) -> None:
    sample.run("flask", "cache", "clear")
    for path in ("/api/v1/projects/", "/api/v1/profiles/", "/api/v1/projects/stats/"):
        sample.ask(path)
    answer = sample.ask("/api/v1/cache/clear/", "POST", token=TOKEN, json={"cache_type": "api"})
    assert answer.json()["cleared"] == 3
    assert _stats(sample)["types"]["statistics"]["entries"] == 1
    wrong = sample.ask("/api/v1/cache/clear/", "POST", token=TOKEN, json={"cache_type": "nope"})
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["pointer"] == "#/cache_type"
    assert "project_list" in wrong.json()["errors"][0]["detail"]


def test_warming_leaves_nothing_to_compute(sample: System) -> None:
    sample.run("flask", "cache", "clear")
    warmed = json.loads(sample.run("flask", "cache", "warm", "--json").stdout)
    assert warmed["failed"] == {}
    assert warmed["warmed"] > 10
    for path in ("/", "/api/v1/projects/", "/api/v1/projects/stats/"):
        assert "hit" in sample.ask(path).headers["Cache-Status"]


def test_health_tells_what_is_wrong(sample: System) -> None:
    assert sample.run("flask", "cache", "health").returncode == 0
    sample.servers.redis_cache.suspend()
    try:
        done = sample.run("flask", "cache", "health", "--json")
    finally:
        sample.servers.redis_cache.resume()
    assert done.returncode == 1
    assert json.loads(done.stdout)["checks"]["store"]["healthy"] is False


def _stats(system: System) -> dict:
    return system.ask("/api/v1/cache/stats/", token=TOKEN).json()


def _figures(system: System, policy: str) -> dict:
    return _stats(system)["policies"][policy]
