"""`flask knowledge` as it is typed, and the tasks."""

import json
import threading
from collections.abc import Iterator

import pytest
from apiflask import APIFlask
from celery.contrib.testing.worker import start_worker
from flask.testing import FlaskCliRunner
from sqlalchemy import text

from portfolio.caching.flask_adapter import cache_extension
from portfolio.caching.postgres_adapter.relay import run_relay
from portfolio.cli.announcer import Announcer
from portfolio.extensions import celery, db
from portfolio.services.knowledge.jobs import describe_knowledge, plan_jobs
from tests.knowledge.conftest import Index
from tests.waiting import until


@pytest.fixture
def run(app: APIFlask) -> FlaskCliRunner:
    return app.test_cli_runner()


def test_the_status_tells_what_waits_and_what_was_done(
    run: FlaskCliRunner, sample: str, index: Index
) -> None:
    before = json.loads(run.invoke(args=["knowledge", "status", "--json"]).output)
    assert before["profiles"][sample]["waiting"] == before["profiles"][sample]["documents"] > 10
    (job,) = index()
    after = json.loads(run.invoke(args=["knowledge", "status", "--json"]).output)
    assert after["profiles"][sample]["waiting"] == 0
    assert after["embeddings"] == job["encoded"]
    assert after["jobs"][0]["state"] == "done"
    told = run.invoke(args=["knowledge", "status"]).output
    assert sample in told
    assert "done" in told


def test_a_rebuild_shows_a_bar_and_encodes_only_what_is_missing(
    app: APIFlask, run: FlaskCliRunner, sample: str, index: Index
) -> None:
    (job,) = index()
    told = run.invoke(args=["knowledge", "rebuild", "--profile", sample])
    assert told.exit_code == 0, told.output
    assert sample in told.output
    with app.app_context():
        latest = describe_knowledge()["jobs"][0]
    assert (latest["state"], latest["redis"], latest["encoded"]) == ("done", job["encoded"], 0)


def test_a_rebuild_of_nobody_is_refused(run: FlaskCliRunner) -> None:
    told = run.invoke(args=["knowledge", "rebuild", "--profile", "nobody"])
    assert told.exit_code == 1
    assert "no such profile" in told.output


def test_an_export_that_is_there_is_not_made_again(run: FlaskCliRunner) -> None:
    told = run.invoke(args=["knowledge", "export"])
    assert told.exit_code == 0, told.output
    assert "agrees with the reference" in told.output
    assert "Exporting" not in told.output


@pytest.fixture
def relay(app: APIFlask) -> Iterator[None]:
    """The relay and a worker, as threads of this process."""
    stop = threading.Event()
    cache = cache_extension(app)
    url = app.config["DATABASE_URL"].replace("postgresql+psycopg:", "postgresql:", 1)
    announcer = Announcer("portfolio.knowledge.plan", stop)
    relay = threading.Thread(
        target=run_relay, args=(url, cache.source, cache.store, stop, announcer.note)
    )
    with start_worker(celery, pool="solo", perform_ping_check=False, shutdown_timeout=60):
        announcer.start()
        relay.start()
        yield
        stop.set()
        relay.join()
        announcer.join()


def test_a_change_by_sql_is_embedded_by_the_workers(
    app: APIFlask, relay: None, sample: str
) -> None:
    def is_done() -> bool:
        with app.app_context():
            described = describe_knowledge()
        profile, jobs = described["profiles"][sample], described["jobs"]
        return profile["waiting"] == 0 and all(job["state"] == "done" for job in jobs)

    until(is_done, 60)
    with app.app_context():
        db.session.execute(text("UPDATE projects SET summary = 'It moors a zeppelin.'"))
        db.session.commit()
    assert not is_done()
    until(is_done, 60)
    with app.app_context():
        assert describe_knowledge()["jobs"][0]["encoded"] >= 2
        assert plan_jobs() == []
