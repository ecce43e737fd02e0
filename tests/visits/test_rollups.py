"""Sums of visits are those of the events that there are, whatever happened in between."""

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from apiflask import APIFlask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from portfolio.extensions import db
from portfolio.services.visits import rollups
from portfolio.services.visits.keeping import erase_session
from portfolio.services.visits.rollups import roll_up
from portfolio.services.visits.writing import Event, write_events
from portfolio.vocabulary import EventKind
from tests.visits.conftest import Rows
from tests.visits.oracle import check_minutes, check_sums, empty, found
from tests.visits.test_writing import make_event

TODAY = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAYS = 3
SOME_KINDS = [kind for kind in EventKind if kind != EventKind.DOWNLOAD]


def moment(day: int, minute: int) -> str:
    return (TODAY.replace(hour=0) - timedelta(days=day) + timedelta(minutes=minute)).isoformat()


@st.composite
def some_event(draw: st.DrawFn) -> Event:
    """Of one of few visitors, who has one browser on a day, on one of the last days."""
    day, person = draw(st.integers(0, DAYS - 1)), draw(st.integers(0, 4))
    kind = draw(st.sampled_from(SOME_KINDS))
    return make_event(
        draw(st.integers(0, 30)) + 1000 * day + 100 * person,
        kind,
        10 * day + person,
        at=moment(day, draw(st.one_of(st.integers(0, 719), st.integers(670, 719)))),
        path=draw(st.sampled_from([None, "/", "/about"])),
        browser=("Firefox", "Chrome")[person % 2],
        country=(None, "DE")[person % 2],
        is_bot=person == 4,
        is_entrance=kind == "page_view" and draw(st.booleans()),
    )


class Killed(Exception):
    """A worker vanishes."""


def killed_after(steps: int, run: Callable[[], object], patch: pytest.MonkeyPatch) -> None:
    """Run until the transaction after so many is about to end: it is lost, the others stay."""
    held, begun = rollups._held, []

    def dying() -> Any:
        begun.append(1)
        if len(begun) > steps:
            raise Killed
        return held()

    with patch.context() as patched:
        patched.setattr(rollups, "_held", dying)
        try:
            run()
        except Killed:
            db.session.rollback()


ACTS = st.one_of(
    st.tuples(st.just("write"), st.lists(some_event(), min_size=1, max_size=6)),
    st.tuples(st.just("erase"), st.integers(0, 10 * DAYS)),
    st.tuples(st.just("run"), st.integers(-2, 2)),
    st.tuples(st.just("killed"), st.integers(0, 3)),
    st.tuples(st.just("rebuild"), st.just(0)),
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, max_size=10))
def test_sums_are_those_of_the_events_after_any_history(
    app: APIFlask, monkeypatch: pytest.MonkeyPatch, acts: list[tuple[str, Any]]
) -> None:
    monkeypatch.setattr(rollups, "AT_ONCE", 3)
    with app.app_context():
        empty()
        for act, detail in acts:
            if act == "write":
                write_events(detail)
            elif act == "erase":
                number = uuid.UUID(int=detail)
                if found(f"SELECT id FROM visitor_sessions WHERE id = '{number}'"):
                    erase_session(number)
            elif act == "run":
                # As on the day before, too: then it goes on, and is over in the end.
                roll_up(TODAY - (timedelta(minutes=30) if detail > 0 else timedelta(days=-detail)))
            elif act == "killed":
                killed_after(detail, lambda: roll_up(TODAY), monkeypatch)
            else:
                roll_up(TODAY, rebuild=True)
        roll_up(TODAY)
        check_sums()
        check_minutes(TODAY - timedelta(minutes=45))
        assert roll_up(TODAY) == {"events": 0, "days": 0}


def test_runs_at_once_with_writers_and_who_erases_lose_and_double_nothing(app: APIFlask) -> None:
    def write(part: int) -> None:
        with app.app_context():
            for number in range(part * 100, part * 100 + 100, 5):
                write_events(
                    [
                        make_event(each, session=each % 7, at=moment(0, each), path="/")
                        for each in range(number, number + 5)
                    ]
                )

    def run(_turn: int) -> None:
        with app.app_context():
            for _ in range(6):
                roll_up(TODAY)

    with ThreadPoolExecutor(4) as pool:
        jobs = [
            *(pool.submit(write, part) for part in range(3)),
            *map(pool.submit, [run] * 2, "ab"),
        ]
        for job in jobs:
            job.result()
    with app.app_context():
        erase_session(uuid.UUID(int=3))
        roll_up(TODAY)
        check_sums()
        (day,) = found("SELECT visitors, page_views FROM visitor_days")
        assert day["visitors"] == 6


def test_what_is_erased_while_its_day_is_summed_anew_is_seen_by_the_next_run(
    app: APIFlask,
) -> None:
    """The day is named already: who erases must not be taken for one that is done."""
    with app.app_context():
        write_events([make_event(each, session=each, path="/") for each in range(1, 4)])
        roll_up(TODAY)
        erase_session(uuid.UUID(int=1))
    erased, go = threading.Event(), threading.Event()

    def erase() -> None:
        with app.app_context():
            commit = db.session.commit

            def later() -> None:
                erased.set()
                go.wait(10)
                commit()

            db.session.commit = later  # type: ignore[method-assign]
            try:
                erase_session(uuid.UUID(int=2))
            finally:
                del db.session.commit

    eraser = threading.Thread(target=erase)
    eraser.start()
    assert erased.wait(10)
    runner = ThreadPoolExecutor(1)

    def run() -> None:
        with app.app_context():
            roll_up(TODAY)

    running = runner.submit(run)
    threading.Timer(0.3, go.set).start()
    eraser.join()
    running.result()
    runner.shutdown()
    with app.app_context():
        roll_up(TODAY)
        check_sums()
        assert found("SELECT visitors FROM visitor_days") == [{"visitors": 1}]


def test_sums_outlive_their_events_and_are_not_made_anew_without_them(
    make_app: Callable[..., APIFlask], rows: Rows
) -> None:
    app = make_app(VISITOR_DAYS="7")
    with app.app_context():
        old = make_event(1, session=1, at=(TODAY - timedelta(days=6)).isoformat(), path="/")
        write_events([old, make_event(2, session=2, at=moment(0, 0), path="/")])
        assert roll_up(TODAY) == {"events": 2, "days": 1}
        later = TODAY + timedelta(days=3)
        with db.engine.begin() as connection:
            connection.execute(text("DELETE FROM visitor_events WHERE at < '2026-11-16'"))
            connection.execute(text("DELETE FROM visitor_sessions WHERE day < '2026-11-16'"))
            connection.execute(text("INSERT INTO visitor_recounts VALUES ('2026-11-14')"))
        roll_up(later, rebuild=True)
    days = rows("SELECT day, visitors FROM visitor_days ORDER BY day")
    assert days == [
        {"day": date(2026, 11, 14), "visitors": 1},
        {"day": date(2026, 11, 20), "visitors": 1},
    ]
    assert rows("SELECT * FROM visitor_recounts") == []


def test_of_a_day_that_is_over_the_most_frequent_values_are_kept(
    app: APIFlask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portfolio.services.visits.sums.MOST_VALUES", 2)
    paths = ["/a", "/b", "/b", "/c", "/c", "/d"]
    with app.app_context():
        write_events(
            [
                make_event(number, session=number, path=path, referrer_host=f"{path[1]}.example")
                for number, path in enumerate(paths)
            ]
        )
        roll_up(TODAY + timedelta(days=1))
        pages = found("SELECT value FROM visitor_values WHERE dimension = 'page' ORDER BY 1")
        hosts = found("SELECT value FROM visitor_values WHERE dimension = 'referrer' ORDER BY 1")
    assert [row["value"] for row in pages] == ["/b", "/c"]
    assert [row["value"] for row in hosts] == ["b.example", "c.example"]


def test_the_command_tells_what_it_did_or_that_somebody_is_at_it(app: APIFlask) -> None:
    with app.app_context():
        write_events([make_event(1), make_event(2, at=datetime.now(UTC).isoformat())])
    run = app.test_cli_runner().invoke
    assert "2 events were new" in run(args=["visitors", "rollup"]).output
    assert "0 events were new" in run(args=["visitors", "rollup", "--rebuild"]).output
    with app.app_context(), db.engine.connect() as other:
        other.execute(text(f"SELECT pg_advisory_lock({rollups._ALONE})"))
        busy = run(args=["visitors", "rollup"])
        other.execute(text(f"SELECT pg_advisory_unlock({rollups._ALONE})"))
    assert (busy.exit_code, "a worker is at it" in busy.output) == (1, True)
