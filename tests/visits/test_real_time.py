"""What happens now is told from sums and from what is not summed yet, as from events alone."""

import uuid
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from apiflask import APIFlask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.caching.flask_adapter import refreshing
from portfolio.services.visits.keeping import erase_session
from portfolio.services.visits.real_time import real_time_visits
from portfolio.services.visits.rollups import roll_up
from portfolio.services.visits.writing import write_events
from tests.api.conftest import Headers
from tests.visits.oracle import check_minutes, check_sums, empty, found
from tests.visits.test_rollups import TODAY, moment
from tests.visits.test_writing import make_event

MINUTE = timedelta(minutes=1)


def check_now() -> None:
    """Count everything again from single events."""
    with refreshing():
        told = real_time_visits()
    minutes = [datetime.fromisoformat(row["minute"]) for row in told["by_minute"]]
    assert len(minutes) == 31
    assert {later - one for one, later in pairwise(minutes)} == {MINUTE}
    events = [row for row in found("SELECT * FROM visitor_events") if not row["is_bot"]]
    views = [row for row in events if row["kind"] == "page_view"]
    of_minute = Counter(row["at"].replace(second=0, microsecond=0) for row in views)
    assert [row["page_views"] for row in told["by_minute"]] == [of_minute[one] for one in minutes]
    since = minutes[0] - minutes[0].minute % 5 * MINUTE
    of_page = Counter(row["path"] for row in views if row["at"] >= since and row["path"])
    assert told["pages"] == [
        {"name": name, "count": of_page[name]}
        for name in sorted(of_page, key=lambda name: (-of_page[name], name))
    ]
    lately = datetime.now(UTC) - 5 * MINUTE
    assert told["visitors"] == len({row["session_id"] for row in events if row["at"] > lately})
    assert told["page_views"] == sum(row["at"] > lately for row in views)


def ago(seconds: int) -> str:
    """Today or yesterday."""
    return (datetime.now(UTC) - timedelta(seconds=seconds)).isoformat()


some_events = st.lists(
    st.tuples(
        # Not about five minutes: what is compared is counted a moment later.
        st.one_of(st.integers(0, 270), st.integers(330, 3000)),
        st.sampled_from(["page_view", "project_view"]),
        st.integers(1, 4),
        st.sampled_from([None, "/", "/about", "/projects"]),
    ),
    min_size=1,
    max_size=8,
)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("write"), some_events),
        st.tuples(st.just("erase"), st.integers(1, 4)),
        st.tuples(st.just("run"), st.booleans()),
    ),
    max_size=10,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=acts)
def test_what_happens_now_is_what_the_events_say(
    app: APIFlask, acts: list[tuple[str, Any]]
) -> None:
    with app.app_context():
        empty()
        written = 0
        for act, detail in acts:
            if act == "write":
                for seconds, kind, person, path in detail:
                    written += 1
                    more = {"path": path, "is_bot": person == 4}
                    write_events([make_event(written, kind, person, at=ago(seconds), **more)])
            elif act == "erase":
                number = uuid.UUID(int=detail)
                if found(f"SELECT id FROM visitor_sessions WHERE id = '{number}'"):
                    erase_session(number)
                    roll_up()
            else:
                roll_up(rebuild=detail)
            check_now()


def test_who_is_there_now_is_told_over_http(
    app: APIFlask, client: FlaskClient, reader: Headers
) -> None:
    with app.app_context():
        write_events([make_event(1, at=ago(1200), path="/", session=1)])
        roll_up()
        write_events([make_event(2, at=ago(60), path="/", session=2)])
    told = client.get("/api/v1/visitors/real-time/", headers=reader).get_json()
    assert (told["visitors"], told["page_views"]) == (1, 1)
    assert sum(row["page_views"] for row in told["by_minute"]) == 2
    assert told["pages"] == [{"name": "/", "count": 2}]


def test_what_happened_before_midnight_is_known_now_before_its_day_is_summed_anew(
    app: APIFlask,
) -> None:
    midnight = TODAY.replace(hour=0)
    seen = []

    def look(done: int, of: int) -> None:
        check_minutes(midnight - timedelta(minutes=44))
        seen.append((done, of))

    with app.app_context():
        write_events([make_event(1, at=moment(1, 1439), path="/")])
        roll_up(midnight - timedelta(seconds=10))
        write_events([make_event(2, at=moment(1, 1439), session=2, path="/")])
        roll_up(midnight + timedelta(seconds=20), progress=look)
        check_sums()
    assert seen == [(0, 1), (1, 1)]


def test_who_sums_every_day_anew_begins_with_the_one_that_goes_on(app: APIFlask) -> None:
    seen = []

    def look(done: int, _of: int) -> None:
        seen.append(done)
        if done:
            check_minutes(TODAY - timedelta(minutes=45))

    with app.app_context():
        write_events([make_event(each, session=each, at=moment(each, 719)) for each in range(3)])
        roll_up(TODAY)
        write_events([make_event(3, session=3, at=moment(0, 719), path="/")])
        roll_up(TODAY, rebuild=True, progress=look)
        check_sums()
    assert seen == [0, 1, 2, 3]
