"""What one process or psql writes, every web worker answers, at once."""

import subprocess
import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor

import httpx

from portfolio.caching.redis_adapter.push import DRAIN_INTERVAL
from portfolio.local.postgres_binaries import find_packaged_binaries

from .conftest import TOKEN, System, until

PATHS = (
    "/api/v1/projects/{slug}/",
    "/api/v1/projects/",
    "/api/v1/projects/featured/",
    "/",
)


def first_project(system: System) -> dict[str, object]:
    return system.ask("/api/v1/projects/featured/").json()["items"][0]


def test_a_patch_is_seen_everywhere_when_it_returns(sample: System) -> None:
    project = first_project(sample)
    for number in range(10):
        for path in PATHS:
            sample.ask_everyone(path.format(slug=project["slug"]), 4)
        title = f"Renamed {number}"
        patched = sample.ask(
            f"/api/v1/projects/{project['id']}/", "PATCH", token=TOKEN, json={"title": title}
        )
        assert patched.status_code == 200, patched.text
        # What has arrived is looked at once a millisecond.
        threading.Event().wait(10 * DRAIN_INTERVAL)
        for path in PATHS:
            for answer in sample.ask_everyone(path.format(slug=project["slug"]), 6):
                assert title in answer.text, (path, answer.headers["Cache-Status"])


def test_statistics_follow_a_write(sample: System) -> None:
    before = sample.ask("/api/v1/projects/stats/").json()
    project = first_project(sample)
    address = f"/api/v1/projects/{project['id']}/"
    assert sample.ask(address, "PATCH", token=TOKEN, json={"featured": False}).status_code == 200
    threading.Event().wait(10 * DRAIN_INTERVAL)
    for answer in sample.ask_everyone("/api/v1/projects/stats/"):
        assert answer.json()["featured"] == before["featured"] - 1


def test_a_hit_is_announced_and_validated(sample: System) -> None:
    sample.ask_everyone("/api/v1/projects/", 2)
    # Other codings, each with a tag of its own, come to be in each process in its own time.
    coding = {"Accept-Encoding": "gzip"}
    answer = sample.ask("/api/v1/projects/", headers=coding)
    assert answer.headers["Cache-Status"].startswith("portfolio; hit; ttl=")
    validator = {"If-None-Match": answer.headers["ETag"]}
    again = sample.ask("/api/v1/projects/", headers={**coding, **validator})
    assert (again.status_code, again.content) == (304, b"")


def test_psql_is_a_writer_like_any_other(sample: System) -> None:
    slug = first_project(sample)["slug"]
    psql = str(find_packaged_binaries() / "psql")
    for number in range(5):
        sample.ask_everyone(f"/api/v1/projects/{slug}/", 4)
        title = f"By hand {number}"
        statement = f"UPDATE projects SET title = '{title}' WHERE slug = '{slug}'"
        done = subprocess.run(
            [psql, sample.environment["DATABASE_URL"], "-c", statement],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout.strip() == "UPDATE 1", done.stderr
        until(lambda t=title: t in sample.ask(f"/api/v1/projects/{slug}/").text, 2)
        for answer in sample.ask_everyone(f"/api/v1/projects/{slug}/"):
            assert title in answer.text


def test_readers_under_load_see_what_was_committed_before_they_asked(sample: System) -> None:
    """But for the milliseconds of the push: here a tenth of the bound for when it fails."""
    project = first_project(sample)
    committed, stop, stale = deque([(0, 0.0)]), threading.Event(), []
    address = f"/api/v1/projects/{project['id']}/"
    sample.ask(address, "PATCH", token=TOKEN, json={"title": "Number 0"})

    def read(path: str) -> int:
        seen = 0
        with httpx.Client(base_url=sample.address, timeout=20, trust_env=False) as client:
            while not stop.is_set():
                heard = time.monotonic() - 0.25
                least = max(number for number, moment in list(committed) if moment <= heard)
                body = client.get(path).json()
                item = (
                    body
                    if "title" in body
                    else next(item for item in body["items"] if item["id"] == project["id"])
                )
                number = int(item["title"].removeprefix("Number "))
                seen += 1
                if number < least:
                    stale.append((path, number, least))
        return seen

    paths = [address, f"/api/v1/projects/{project['slug']}/", "/api/v1/projects/"] * 2
    with ThreadPoolExecutor(len(paths)) as pool:
        readers = [pool.submit(read, path) for path in paths]
        for number in range(1, 60):
            done = sample.ask(address, "PATCH", token=TOKEN, json={"title": f"Number {number}"})
            assert done.status_code == 200
            committed.append((number, time.monotonic()))
        stop.set()
        reads = [reader.result() for reader in readers]
    assert stale == []
    assert min(reads) > 20
