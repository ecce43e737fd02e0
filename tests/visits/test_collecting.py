"""Events on their way: taken in, kept while nobody writes, refused when they make no sense."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from portfolio.vocabulary import EVENTS_AT_ONCE
from tests.api.conftest import Headers, Make
from tests.visits.conftest import CONTACT, EVENTS, FIREFOX, MESSAGE, PAGE_VIEW, Rows, Write, send

SESSIONS = "SELECT * FROM visitor_sessions"


def test_a_visit_is_summed_in_a_session(client: FlaskClient, rows: Rows, write: Write) -> None:
    came = {**PAGE_VIEW, "referrer": "https://www.news.example.org/tides?q=1", "utm_source": "x"}
    first = send(client, {**PAGE_VIEW, "path": "/later", "referrer": "http://localhost/"}, came)
    assert first.status_code == 202
    assert first.get_json()["accepted"] == 2
    length = {"kind": "duration", "duration_ms": 4000, "path": "/"}
    second = send(client, {**came, "path": "/again"}, length, {"kind": "download"})
    assert second.get_json()["session"] == first.get_json()["session"]
    assert rows() == [], "nobody has written it yet"
    assert write() == {"written": 5, "apart": 0}

    (session,) = rows(SESSIONS)
    assert str(session["id"]) == first.get_json()["session"]
    assert (session["events"], session["page_views"], session["downloads"]) == (5, 3, 1)
    assert (session["visits"], session["duration_ms"]) == (2, 4000), "one page came from this site"
    told = {event["path"]: event for event in rows() if event["kind"] == "page_view"}
    assert told["/"]["referrer_host"] == "news.example.org", "of the address, only the host"
    assert told["/later"]["referrer_host"] is None
    assert (session["browser"], session["system"], session["device"]) == (
        *("Firefox", "Linux"),
        "desktop",
    )
    assert session["day"] == session["first_seen"].date()


def test_the_entry_is_the_earliest_page_however_late_it_is_told(
    client: FlaskClient, rows: Rows, write: Write
) -> None:
    send(client, {**PAGE_VIEW, "path": "/second"})
    write()
    send(client, {**PAGE_VIEW, "path": "/first", "age_ms": 60_000, "utm_source": "letter"})
    write()
    send(client, {**PAGE_VIEW, "path": "/third"})
    write()
    (session,) = rows(SESSIONS)
    assert (session["entry_path"], session["utm_source"]) == ("/first", "letter")
    assert session["entry_at"] == session["first_seen"] < session["last_seen"]
    send(client, {"kind": "download", "age_ms": 86_400_000})
    write()
    (session,) = rows(SESSIONS)
    midnight = session["first_seen"].replace(hour=0, minute=0, second=0, microsecond=0)
    assert session["first_seen"] == midnight, "no event is of another day than its visitor"


def test_what_is_sent_again_counts_once(
    client: FlaskClient, rows: Rows, write: Write, counts: Write
) -> None:
    event = {**PAGE_VIEW, "id": str(uuid.uuid4())}
    for _ in range(2):
        assert send(client, event, event).get_json()["accepted"] == 1
        send(client, {**event, "age_ms": 5})
        write()
    assert len(rows()) == rows(SESSIONS)[0]["events"] == 1
    assert counts() == {"queued": 6, "written": 1, "again": 5}


def test_projects_are_known_by_their_slugs_and_drafts_are_not(
    client: FlaskClient, make_profile: Make, make_project: Make, rows: Rows, write: Write
) -> None:
    profile = make_profile(visibility="public")
    shown = make_project("Shown", visibility="public")
    make_project("Hidden", visibility="draft")
    for project in ("shown", "hidden", "invented"):
        send(client, {"kind": "project_view", "project": project, "profile": profile["slug"]})
    write()
    known = [event["project_id"] and str(event["project_id"]) for event in rows()]
    assert sorted(known, key=str) == sorted([shown["id"], None, None], key=str)
    assert {str(event["profile_id"]) for event in rows()} == {profile["id"]}


@pytest.mark.parametrize("header", ["DNT", "Sec-GPC"])
def test_who_does_not_want_to_be_counted_is_counted_nowhere(
    client: FlaskClient, rows: Rows, write: Write, counts: Write, header: str
) -> None:
    answer = send(client, PAGE_VIEW, **{header: "1"})
    assert (answer.status_code, answer.get_json()) == (202, {"accepted": 0, "session": None})
    client.post("/api/v1/conversations/", json={}, headers={header: "1", "User-Agent": FIREFOX})
    client.post(CONTACT, json=MESSAGE, headers={header: "1", "User-Agent": FIREFOX})
    write()
    assert counts() == {}
    assert rows() == rows(SESSIONS) == []
    assert len(rows("SELECT * FROM contact_messages")) == 1, "what was written arrives all the same"


def test_pages_of_other_sites_count_nothing_unless_they_are_ours(
    make_app: Callable[..., APIFlask], rows: Rows, write: Write
) -> None:
    client = make_app(CORS_ORIGINS="https://mine.example").test_client()
    foreign = {"Sec-Fetch-Site": "cross-site"}
    for origin in ("https://other.example", "https://mine.example.other.example", "null", "//["):
        answer = send(client, PAGE_VIEW, **foreign, Origin=origin)
        assert (answer.status_code, answer.get_json()["accepted"]) == (202, 0)
    send(client, {**PAGE_VIEW, "path": "/a"}, **foreign, Origin="https://mine.example")
    send(client, {**PAGE_VIEW, "path": "/b"}, **{"Sec-Fetch-Site": "same-origin"}, Origin="null")
    write()
    assert sorted(event["path"] for event in rows()) == ["/a", "/b"]


def test_the_server_notes_chats_matches_and_messages(
    client: FlaskClient, make_profile: Make, reader: Headers, rows: Rows, write: Write
) -> None:
    make_profile(visibility="public")
    headers = {"User-Agent": FIREFOX, "Prefer": "respond-async"}
    description = {"text": "Backend engineer with three years of Python and PostgreSQL wanted."}
    for path, body in (
        ("/api/v1/conversations/", {}),
        ("/api/v1/job-analyses/", description),
        (CONTACT, MESSAGE),
        ("/api/v1/job-analyses/", {"text": ""}),
    ):
        client.post(path, json=body, headers=headers)
        client.post(path, json=body, headers=headers | reader)
    write()
    (session,) = rows(SESSIONS)
    assert session["events"] == 3, "the owner's own doings are none"
    assert (session["chat_starts"], session["job_matches"], session["contacts"]) == (1, 1, 1)
    assert session["recruiter_reasons"] == ["job_analysis"]


def test_events_are_checked(client: FlaskClient, counts: Write) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"kind": "page_view", "path": "/?secret=1"}, "/path"),
        ({"kind": "page_view", "path": "x" * 501}, "/path"),
        ({"kind": "wink"}, "/kind"),
        ({"kind": "page_view", "address": "203.0.113.9"}, "/address"),
        ({"kind": "page_view", "age_ms": 86_400_001}, "/age_ms"),
        ({"kind": "page_view", "duration_ms": 1}, ""),
        ({"kind": "duration"}, ""),
        ({"kind": "page_view", "utm_term": "x" * 101}, "/utm_term"),
    ]
    for event, pointer in wrong:
        answer = send(client, PAGE_VIEW, event)
        assert answer.status_code == 422, event
        found = [each["pointer"] for each in answer.get_json()["errors"]]
        assert found == [f"#/events/1{pointer}"]
    assert counts() == {}, "of a batch, all counts or nothing"


def test_a_body_is_bounded_and_json_whatever_its_type(client: FlaskClient) -> None:
    assert send(client, *[PAGE_VIEW] * EVENTS_AT_ONCE).status_code == 202
    assert send(client, *[PAGE_VIEW] * (EVENTS_AT_ONCE + 1)).status_code == 422
    assert send(client).status_code == 422
    assert client.post(EVENTS, json={"events": [PAGE_VIEW]}).status_code == 202
    assert client.post(EVENTS, data="hello", content_type="text/plain").status_code == 400
    assert client.post(EVENTS, data="a=b", content_type="text/html").status_code == 415
    assert client.post(CONTACT, data="{}", content_type="text/plain").status_code == 415


def test_who_sends_too_often_is_told(make_app: Callable[..., APIFlask]) -> None:
    client = make_app(EVENT_RATE_LIMIT="2 per hour").test_client()
    assert [send(client, PAGE_VIEW).status_code for _ in range(3)] == [202, 202, 429]


def test_hosts_are_such_as_there_are(client: FlaskClient, rows: Rows, write: Write) -> None:
    told = {
        "https://\uff47\uff4f\uff4f\uff47\uff4c\uff45.example/": "google.example",
        "https://b\u00fccher.example/": "xn--bcher-kva.example",
        "https://exa mple.com<b>/": None,
        "https://a..b/": None,
        "http://192.0.2.7:8080/": "192.0.2.7",
        "http://[2001:db8::7]/": "2001:db8::7",
    }
    send(client, *({**PAGE_VIEW, "referrer": each} for each in told))
    write()
    found = rows("SELECT referrer_host FROM visitor_events ORDER BY at")
    assert [row["referrer_host"] for row in found] == list(told.values())
