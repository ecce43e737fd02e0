"""Reports come from the cache while they are true, and are computed once however many ask."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
import redis
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import text

from portfolio.caching.flask_adapter import EXTENSION
from portfolio.extensions import db
from tests.api.conftest import Headers
from tests.jobs.conftest import ANALYSES, JOB
from tests.knowledge.conftest import Index


def post(client: FlaskClient, words: str = JOB, **members: Any) -> dict[str, Any]:
    answer = client.post(ANALYSES, json={"text": words, **members})
    assert answer.status_code == 201, answer.text
    return dict(answer.get_json())


def met(document: dict[str, Any]) -> set[str]:
    return {match["requirement"]["text"] for match in document["matched"]}


@pytest.fixture
def clients(make_app: Callable[..., APIFlask], sample: str, index: Index) -> list[FlaskClient]:
    """Of two processes, over a portfolio with its text embedded."""
    index()
    return [make_app().test_client(), make_app().test_client()]


def test_the_same_text_is_a_hit_with_the_same_report(clients: list[FlaskClient]) -> None:
    first = post(clients[0])
    assert first["cache"] == {"status": "miss", "tier": None}
    own = {"id", "access_token", "created_at", "finished_at", "cache"}
    for client in clients:
        again = post(client, f"\u200b{JOB}  \n")
        assert again["cache"]["status"] == "hit"
        kept = client.get(f"{ANALYSES}{again['id']}/", headers={"X-Analysis-Token": ""})
        assert kept.status_code == 404
        for name in first.keys() - own:
            assert str(again[name]) == str(first[name]), name
    assert post(clients[0], JOB.replace("Redis", "redis"))["cache"]["status"] == "miss"
    assert post(clients[0], profile=first["profile"])["cache"]["status"] == "hit"


def test_a_report_and_what_it_was_made_with_live_for_an_hour(
    app: APIFlask, clients: list[FlaskClient]
) -> None:
    post(clients[0])
    with redis.Redis.from_url(app.config["REDIS_URL"]) as cache:
        reports = [cache.ttl(key) for key in cache.scan_iter("*:job_report:*")]
    # A tenth of the hour at most is taken off at random.
    assert len(reports) == 1
    assert 3200 < reports[0] <= 3600


def test_an_edit_makes_older_reports_unreachable_in_every_process(
    clients: list[FlaskClient], writer: Headers, index: Index
) -> None:
    for client in clients:
        assert "Scala" not in met(post(client))
    edit = {"technologies": ["Scala"]}
    clients[0].patch("/api/v1/projects/plainmeter/", json=edit, headers=writer)
    for client in clients:
        changed = post(client)
        assert "Scala" in met(changed)
        # Until the new text is embedded, what is related may still be found better.
        assert changed["versions"]["indexing"]
        assert changed["cache"]["status"] == "miss"
    index()
    assert post(clients[0])["cache"]["status"] == "miss"
    assert post(clients[1])["cache"] == {"status": "hit", "tier": "l2"}


def test_an_edit_by_hand_counts_too(app: APIFlask, clients: list[FlaskClient]) -> None:
    assert "Scala" not in met(post(clients[0]))
    with app.app_context():
        db.session.execute(text("UPDATE projects SET technologies = ARRAY['Scala']"))
        db.session.commit()
    assert "Scala" in met(post(clients[0]))


def test_what_many_ask_for_at_once_is_computed_once(
    make_app: Callable[..., APIFlask], clients: list[FlaskClient]
) -> None:
    apps = [make_app(), make_app()]
    start, reports = threading.Barrier(8), []

    def ask(app: APIFlask) -> None:
        client = app.test_client()
        start.wait()
        reports.append(post(client))

    threads = [threading.Thread(target=ask, args=(apps[number % 2],)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({str(report["matched"]) for report in reports}) == 1
    assert len({report["access_token"] for report in reports}) == 8
    counted = [app.extensions[EXTENSION].counters.counted() for app in apps]
    assert sum(each.get("job_report:fills", 0) for each in counted) == 1
