"""Celery for real: a worker that is killed in the middle loses nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
from apiflask import APIFlask

from portfolio.cache_policy import PROJECT_FEATURED
from portfolio.caching import refresh
from portfolio.caching.flask_adapter import EXTENSION
from portfolio.local.program import Program
from portfolio.tasks import warming
from tests.waiting import until


@pytest.fixture
def worker_environment(environment: dict[str, str]) -> dict[str, str]:
    return {
        **environment,
        "CELERY_TASK_TIME_LIMIT": "5",
        "CELERY_VISIBILITY_TIMEOUT": "6",
    }


@contextmanager
def running_worker(environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    command = ("celery", "-A", "tests.tasks.slow_worker:celery", "worker", "--concurrency", "1")
    worker = subprocess.Popen(
        Program(
            "worker", (*command, "--without-mingle"), module=True, directory=Path.cwd()
        ).command(os.getpid()),
        env={**os.environ, **environment},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield worker
    finally:
        worker.send_signal(signal.SIGQUIT)
        try:
            worker.wait(10)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()


def test_a_task_whose_worker_is_killed_is_done_by_the_next(
    make_app: object, worker_environment: dict[str, str]
) -> None:
    with redis.Redis.from_url(worker_environment["REDIS_URL"], decode_responses=True) as marks:

        def said(word: str) -> int:
            return sum(mark.startswith(word) for mark in marks.lrange("marks", 0, -1))

        with running_worker(worker_environment) as worker:
            enqueue = "from tests.tasks.slow_worker import slow; slow.delay(300.0)"
            subprocess.run(
                [sys.executable, "-c", enqueue],
                env={**os.environ, **worker_environment},
                check=True,
            )
            until(lambda: said("begun") == 1)
            worker.kill()
            worker.wait()
        assert said("ended") == 0
        with running_worker(worker_environment):
            until(lambda: said("ended") == 1)
        assert said("begun") == 2


def test_an_expired_entry_is_computed_anew_by_the_worker(
    make_app: Callable[..., APIFlask],
    worker_environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (refresh, warming):  # a worker may take long to start
        monkeypatch.setattr(module, "AGAIN", 60.0)
    app = make_app()
    client, extension = app.test_client(), app.extensions[EXTENSION]
    counters = extension.counters

    def status() -> str:
        return client.get("/api/v1/projects/featured/").headers["Cache-Status"]

    def fills() -> int:
        return counters.totals()["project_featured"]["fills"]

    with running_worker(worker_environment):
        assert status().endswith("stored")
        (name,) = extension.store.raw.scan_iter("*:api:project_featured:*")
        extension.store.raw.expire(name, PROJECT_FEATURED.stale // 2)
        extension.nearby.committed(None)  # its copy is void: what is in Redis is read
        assert "detail=stale" in status()
        until(lambda: "detail=l" in status())
    until(lambda: fills() >= 2)
    assert counters.counted()["project_featured:fills"] == 1, "all others were the worker's"
