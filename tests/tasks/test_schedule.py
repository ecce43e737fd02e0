"""The beat table and the tasks it names."""

from collections.abc import Callable

from apiflask import APIFlask

from portfolio.cache_policy import POLICIES
from portfolio.caching.flask_adapter import cache_extension
from portfolio.extensions import celery
from portfolio.tasks.schedule import beat_schedule


def test_every_entry_is_a_registered_task(app: APIFlask) -> None:
    assert celery.conf.beat_schedule
    for entry in celery.conf.beat_schedule.values():
        assert entry["task"] in celery.tasks


def test_intervals_are_shorter_than_the_shortest_life() -> None:
    table = POLICIES.with_lifetimes({"project_statistics": 100, "home_page": 50})
    schedule = beat_schedule(table)
    statistics = table["project_statistics"]
    assert schedule["refresh-statistics"]["schedule"] < statistics.ttl * (1 - statistics.jitter)
    assert schedule["warm-hot-endpoints"]["schedule"] < 50 * 0.9
    visits = table["visitor_statistics"]
    assert schedule["refresh-visits"]["schedule"] < visits.ttl * (1 - visits.jitter)


def test_every_task_may_run_twice(app: APIFlask) -> None:
    """At-least-once delivery: the second run changes nothing."""
    given = {
        "portfolio.warming.renew": {"policy": "project_list", "arguments": {"featured": True}},
        "portfolio.knowledge.index": {"job": "00000000-0000-4000-8000-000000000000"},
        "portfolio.matching.analyse": {"analysis": "00000000-0000-4000-8000-000000000000"},
    }
    own = [name for name in celery.tasks if name.startswith("portfolio.")]
    assert len(own) >= 4
    with app.app_context():
        for name in own:
            for _ in range(2):
                celery.tasks[name](**given.get(name, {}))


def test_statistics_are_renewed_before_they_expire(
    app: APIFlask, make_app: Callable[..., APIFlask]
) -> None:
    client = app.test_client()
    client.get("/api/v1/projects/stats/")
    with app.app_context():
        fills = cache_extension().counters.totals()["project_statistics"]["fills"]
        celery.tasks["portfolio.statistics.refresh"]()
        assert cache_extension().counters.totals()["project_statistics"]["fills"] == fills + 1
    with make_app().app_context():
        assert client.get("/api/v1/projects/stats/").status_code == 200
