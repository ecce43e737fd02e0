"""What the owner sees of visitors, takes out, and does not keep for ever."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
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
    for visit in range(3):
        assert rows("SELECT id FROM visitor_sessions WHERE recruiter_reasons <> '{}'") == []
        send(
            client,
            {**PAGE_VIEW, "path": f"/{visit}"},
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
        done = celery.tasks["portfolio.visitors.forget"]()
    assert done == {"sessions": 1, "events": 2, "messages": 1}
    assert [row["at"].date() for row in rows()] == [
        day.date() for day in days[:2] for _ in range(2)
    ]
    assert rows("SELECT day FROM visitor_recounts") == [], "sums of whole days stay as they are"
