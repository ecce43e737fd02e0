"""What the owner sees of visitors, takes out, and does not keep for ever."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import redis
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import text

from portfolio.extensions import celery, db
from portfolio.services.visits.writing import write_events
from tests.api.conftest import Headers
from tests.visits.conftest import PAGE_VIEW, SESSIONS, Rows, Write, send
from tests.visits.test_writing import make_event

LINKEDIN = {"path": "/", "referrer": "https://www.linkedin.com/in/ines"}


@pytest.fixture
def seen(client: FlaskClient, write: Write) -> str:
    """The session of somebody who came from a site where jobs are filled."""
    told = send(client, {**PAGE_VIEW, **LINKEDIN}, {"kind": "duration", "duration_ms": 9})
    send(client, PAGE_VIEW, **{"User-Agent": "curl/8.5.0"})
    write()
    return str(told.get_json()["session"])


def test_sessions_are_listed_with_the_reason_why_one_may_be_a_recruiters(
    client: FlaskClient, reader: Headers, seen: str
) -> None:
    def listed(**query: Any) -> list[dict[str, Any]]:
        answer = client.get(SESSIONS, headers=reader, query_string=query)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.get_json()["total"] == len(answer.get_json()["items"])
        return list(answer.get_json()["items"])

    (session,) = listed()
    assert session["id"] == seen
    assert session["recruiter_reasons"] == ["company_referrer"]
    assert listed(recruiters="true") == [session]
    assert listed(recruiters="false") == []
    (bot,) = listed(bots="true")
    assert bot["device"] == "bot"
    assert client.get(SESSIONS).status_code == 401


def test_whoever_comes_three_times_a_day_may_be_a_recruiter(
    client: FlaskClient, rows: Rows, write: Write
) -> None:
    elsewhere = {"referrer": "https://news.example.org/"}
    for visit in range(3):
        assert rows("SELECT id FROM visitor_sessions WHERE recruiter_reasons <> '{}'") == []
        send(
            client,
            {**PAGE_VIEW, "path": f"/{visit}", **elsewhere},
            {**PAGE_VIEW, "referrer": "http://localhost/"},
        )
        write()
    (session,) = rows("SELECT visits, recruiter_reasons FROM visitor_sessions")
    assert session == {"visits": 3, "recruiter_reasons": ["repeated_visits"]}


def test_a_session_is_exported_and_erased_by_its_id(
    app: APIFlask, client: FlaskClient, reader: Headers, writer: Headers, rows: Rows, seen: str
) -> None:
    path = f"{SESSIONS}{seen}/"
    exported = client.get(path, headers=reader).get_json()
    assert {event["kind"] for event in exported["all_events"]} == {"page_view", "duration"}
    told = app.test_cli_runner().invoke(args=["visitors", "export", seen])
    assert json.loads(told.stdout) == exported

    assert client.delete(path, headers=reader).status_code == 403
    assert client.delete(path, headers=writer).status_code == 204
    assert client.delete(path, headers=writer).status_code == 404
    assert client.get(path, headers=reader).status_code == 404
    assert rows(f"SELECT * FROM visitor_events WHERE session_id = '{seen}'") == []
    assert len(rows()) == 1, "the other visitor's is there"
    assert rows("SELECT day FROM visitor_recounts") == [{"day": datetime.now(UTC).date()}]
    (other,) = rows("SELECT id FROM visitor_sessions")
    done = app.test_cli_runner().invoke(args=["visitors", "erase", str(other["id"])])
    assert (done.exit_code, rows()) == (0, [])
    again = app.test_cli_runner().invoke(args=["visitors", "erase", str(other["id"])])
    assert "There is no such session." in again.output


def test_what_waits_of_an_erased_session_is_not_written_any_more(
    client: FlaskClient, writer: Headers, rows: Rows, write: Write, environment: dict[str, str]
) -> None:
    session = send(client, PAGE_VIEW).get_json()["session"]
    write()
    send(client, {**PAGE_VIEW, "path": "/before"})
    with redis.Redis.from_url(environment["CELERY_BROKER_URL"]) as durable:
        for about in (session, "another"):
            durable.xadd("portfolio:events:apart", {"event": f'{{"session_id":"{about}"}}'})
        assert client.delete(f"{SESSIONS}{session}/", headers=writer).status_code == 204
        ((_place, kept),) = durable.xrange("portfolio:events:apart")
    assert b"another" in kept[b"event"]
    send(client, {**PAGE_VIEW, "path": "/after"})
    write()
    assert [row["path"] for row in rows()] == ["/after"]


def test_a_page_that_is_opened_again_begins_no_visit(
    app: APIFlask, client: FlaskClient, rows: Rows, write: Write
) -> None:
    send(client, PAGE_VIEW, PAGE_VIEW, PAGE_VIEW)
    write()
    send(client, PAGE_VIEW)
    write()
    send(client, {**PAGE_VIEW, "referrer": "https://news.example.org/"})
    write()
    assert rows("SELECT visits FROM visitor_sessions") == [{"visits": 2}]
    noon = [make_event(0, session=7, is_entrance=True)]
    noon += [make_event(at, session=7, is_entrance=True) for at in (29 * 60, 59 * 60)]
    with app.app_context():
        write_events(noon)
    begun = [row["is_entrance"] for row in rows() if row["at"].day == 20]
    assert begun == [True, False, True], "who was away for half an hour comes anew"


def test_of_pages_opened_at_once_the_first_told_is_the_entry(
    client: FlaskClient, rows: Rows, write: Write
) -> None:
    pages = [{**PAGE_VIEW, "path": f"/{number}", "utm_term": str(number)} for number in range(20)]
    send(client, *pages)
    write()
    (session,) = rows("SELECT entry_path, utm_term FROM visitor_sessions")
    assert session == {"entry_path": "/0", "utm_term": "0"}
    paths = [row["path"] for row in rows("SELECT path FROM visitor_events ORDER BY at")]
    assert paths == [page["path"] for page in pages]


def test_the_queue_is_told_on_a_terminal(app: APIFlask, client: FlaskClient) -> None:
    send(client, PAGE_VIEW, PAGE_VIEW)
    told = app.test_cli_runner().invoke(args=["visitors", "queue"]).output.split()
    assert told[:4] == ["waiting", "2", "room", "199,998"]
    told = app.test_cli_runner().invoke(args=["visitors", "queue", "--write"]).output.split()
    assert told[:2] == ["waiting", "0"]


def test_days_are_forgotten_whole_after_their_time(
    make_app: Callable[..., APIFlask], rows: Rows
) -> None:
    app, today = make_app(VISITOR_DAYS="7"), datetime.now(UTC).replace(hour=0, minute=0, second=0)
    days = [today - timedelta(days=ago) for ago in (0, 7, 8)]
    with app.app_context():
        for number, day in enumerate(days):
            late = (day + timedelta(hours=23, minutes=59)).isoformat()
            early = day.isoformat()
            write_events(
                [
                    make_event(2 * number, session=number, at=early),
                    make_event(2 * number + 1, session=number, at=late),
                ]
            )
        db.session.execute(
            text(
                "INSERT INTO contact_messages (name, email, message, created_at)"
                " VALUES ('a', 'a@b.example', 'x', now() - interval '366 days')"
            )
        )
        db.session.commit()
        with redis.Redis.from_url(app.config["CELERY_BROKER_URL"]) as durable:
            for day in reversed(days):
                place = f"{int(day.timestamp() * 1000)}-1"
                durable.xadd("portfolio:events:apart", {"event": "{}"}, id=place)
            done = celery.tasks["portfolio.visitors.forget"]()
            assert durable.xlen("portfolio:events:apart") == 2, "nor what could not be written"
    assert done == {"sessions": 1, "events": 2, "messages": 1}
    assert [row["at"].date() for row in rows()] == [
        day.date() for day in days[:2] for _ in range(2)
    ]
    assert rows("SELECT day FROM visitor_recounts") == [], "sums of whole days stay as they are"
