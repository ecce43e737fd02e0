"""Numbers of visits are those of the events, at a cost that does not grow with them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import text

from portfolio.extensions import celery, db
from portfolio.schemas.period import known_zones
from portfolio.services.visits.rollups import roll_up
from portfolio.services.visits.statistics import LISTS
from portfolio.services.visits.writing import write_events
from tests.api.conftest import Headers, Make
from tests.visits.conftest import Rows
from tests.visits.test_writing import make_event

VISITORS = "/api/v1/visitors/"
ALL = ("stats/", "real-time/", "engagement/", "funnel/")
PERIOD = {"from": "2026-11-18", "to": "2026-11-20"}
Show = Callable[..., dict[str, Any]]


@pytest.fixture
def show(app: APIFlask, client: FlaskClient, reader: Headers) -> Show:
    """The answer of an address, once all that was written is summed."""

    def ask(name: str, **query: Any) -> dict[str, Any]:
        with app.app_context():
            roll_up()
        answer = client.get(f"{VISITORS}{name}", headers=reader, query_string=query)
        assert answer.status_code == 200, answer.text
        return dict(answer.get_json())

    return ask


def at(moment: str, number: int, kind: str = "page_view", session: int = 1, **more: Any) -> Any:
    return make_event(number, kind, session, at=f"2026-11-{moment}Z", **more)


@pytest.fixture
def visited(app: APIFlask, make_profile: Make, make_project: Make) -> None:
    """Three days: one person on two of them, who does all there is, two others, and a bot."""
    make_profile()
    make_project("a", profile="ines-calder")
    seen = {"path": "/", "is_entrance": True}
    with app.app_context():
        write_events(
            [
                at("18T09:10:00", 1, session=1, country="DE", referrer_host="x.example", **seen),
                at("18T09:50:00", 2, session=1, country="DE", path="/about"),
                at("18T09:51:00", 3, "project_view", session=1, country="DE", project="a"),
                at("18T09:52:00", 4, "chat_start", session=1, country="DE"),
                at("18T09:53:00", 5, "job_match", session=1, country="DE"),
                at("18T09:54:00", 6, "contact", session=1, country="DE"),
                at("18T09:55:00", 7, "duration", session=1, country="DE", duration_ms=90_000),
                at("18T23:40:00", 8, session=2, browser="Chrome", **seen),
                at("20T00:10:00", 9, session=3, **seen),
                at("20T00:20:00", 10, "duration", session=3, duration_ms=30_000),
                at("20T00:20:00", 11, session=4, is_bot=True, **seen),
            ]
        )


def test_the_numbers_are_those_of_the_events(show: Show, visited: None) -> None:
    told = show("stats/", **PERIOD)
    assert (told["visitor_days"], told["sessions"], told["visits"], told["bots"]) == (3, 3, 3, 1)
    assert (told["page_views"], told["project_views"], told["chat_starts"]) == (4, 1, 1)
    assert (told["bounces"], told["bounce_rate"], told["recruiters"]) == (2, 0.6667, 1)
    assert told["stays"] == {"visitors": 2, "mean_seconds": 60.0, "mean_page_seconds": 60.0}
    assert [(day["visitors"], day["page_views"]) for day in told["by_day"]] == [
        (2, 3),
        (0, 0),
        (1, 1),
    ]
    hours = {row["hour"]: row["page_views"] for row in told["by_hour"] if row["page_views"]}
    assert hours == {9: 2, 23: 1, 0: 1}
    assert told["pages"] == [{"name": "/", "count": 3}, {"name": "/about", "count": 1}]
    assert told["browsers"] == [{"name": "Firefox", "count": 2}, {"name": "Chrome", "count": 1}]
    assert told["countries"] == [{"name": "DE", "count": 1}]
    assert told["referrers"] == [{"name": "x.example", "count": 1}]
    assert told["projects"] == [{"name": "a", "count": 1}]


def test_hours_and_days_are_those_of_the_time_zone_half_hours_included(
    show: Show, visited: None
) -> None:
    told = show("stats/", **PERIOD, time_zone="Asia/Kolkata")
    views = {row["day"]: row["page_views"] for row in told["by_day"] if row["page_views"]}
    assert views == {"2026-11-18": 2, "2026-11-19": 1, "2026-11-20": 1}
    hours = {row["hour"]: row["page_views"] for row in told["by_hour"] if row["page_views"]}
    assert hours == {14: 1, 15: 1, 5: 2}, "09:10 is 14:40, and 09:50 is 15:20"
    west = show("stats/", **PERIOD, time_zone="America/New_York")
    assert [day["page_views"] for day in west["by_day"]] == [3, 1, 0]


def test_interest_is_scored_as_the_formula_says(show: Show, visited: None) -> None:
    told = show("engagement/", **PERIOD)
    points = {part["name"]: part["points"] for part in told["parts"]}
    # The first: 8 for pages, 3 for 1.5 minutes, 5, 10, 15 and 10; the others 4, and 4 + 1.
    assert told["score"] == round((51 + 4 + 5) / 3, 1)
    assert points["pages"] == round(16 / 3, 2)
    assert sum(part["most"] for part in told["parts"]) == 100
    assert [day["score"] for day in told["by_day"]] == [27.5, None, 5.0]


def test_the_funnel_counts_sessions_and_not_events(show: Show, visited: None) -> None:
    told = show("funnel/", **PERIOD)
    counts = [(step["step"], step["sessions"], step["share"]) for step in told["steps"]]
    others = ("project", "chat", "job_match", "contact")
    assert counts == [("visit", 3, 1.0), *((step, 1, 0.3333) for step in others)]
    empty = show("funnel/", **{"from": "2026-01-01", "to": "2026-01-02"})
    assert {step["share"] for step in empty["steps"]} == {None}


def test_counts_may_be_opened_and_names_never(
    make_app: Callable[..., APIFlask], app: APIFlask, visited: None, reader: Headers
) -> None:
    assert {app.test_client().get(f"{VISITORS}{name}").status_code for name in ALL} == {401}
    opened = make_app(VISITOR_COUNTS_PUBLIC="true")
    with opened.app_context():
        write_events([at("18T09:10:00", 50, path="/secret")])
        roll_up()
    client = opened.test_client()
    told = {name: client.get(f"{VISITORS}{name}", query_string=PERIOD) for name in ALL}
    assert {answer.status_code for answer in told.values()} == {200}
    assert told["stats/"].get_json()["page_views"] == 5
    assert {told["stats/"].get_json()[name] for name in LISTS.values()} == {None}
    assert "secret" not in "".join(answer.text for answer in told.values())
    named = client.get(f"{VISITORS}stats/", query_string=PERIOD, headers=reader).get_json()
    assert {"name": "/secret", "count": 1} in named["pages"]
    wrong = client.get(f"{VISITORS}stats/", headers={"Authorization": "Bearer nobody"})
    assert wrong.status_code == 401


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"from": "2026-02-01", "to": "2026-01-01"}, "from"),
        ({"from": "2024-01-01", "to": "2026-01-01"}, "from"),
        ({"from": "2026-02-30"}, "from"),
        ({"days": "367"}, "days"),
        ({"time_zone": "Nowhere/Here"}, "time_zone"),
    ],
)
def test_ranges_that_make_no_sense_are_refused(
    client: FlaskClient, reader: Headers, query: dict[str, str], parameter: str
) -> None:
    answer = client.get(f"{VISITORS}stats/", headers=reader, query_string=query)
    assert answer.status_code == 422
    assert [each["parameter"] for each in answer.get_json()["errors"]] == [parameter]


def test_days_are_counted_from_either_end(show: Show) -> None:
    def days(**query: str) -> tuple[str, str]:
        told = show("funnel/", **query)
        return told["first_day"], told["last_day"]

    assert days(to="2026-03-01", days="2") == ("2026-02-28", "2026-03-01")
    assert days(**{"from": "2026-02-28", "days": "2"}) == ("2026-02-28", "2026-03-01")
    first, last = days(days="1", time_zone="Pacific/Kiritimati")
    assert first == last == (datetime.now(UTC) + timedelta(hours=14)).date().isoformat()


def test_every_time_zone_that_is_accepted_is_known_to_the_database(app: APIFlask) -> None:
    with app.app_context():
        known = set(db.session.scalars(text("SELECT name FROM pg_timezone_names")))
    assert known_zones() <= known


def test_they_are_kept_five_minutes_and_made_ready_before_they_end(
    app: APIFlask, show: Show, visited: None, rows: Rows
) -> None:
    query = {"days": "366"}
    before = show("stats/", **query)["page_views"]
    usual = show("stats/")["page_views"]
    with app.app_context():
        write_events([make_event(99, session=99, at=datetime.now(UTC).isoformat())])
    assert show("stats/", **query)["page_views"] == before
    assert show("stats/")["page_views"] == usual
    with app.app_context():
        celery.tasks["portfolio.statistics.refresh_visits"]()
    assert show("stats/")["page_views"] == usual + 1
