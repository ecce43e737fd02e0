"""The script that tells of visits: small, kept by browsers for good, and heard by the server."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, Route

from portfolio.blueprints.scripts import VISITS_SCRIPT
from tests.pages.browser import ADDRESS, CHROMIUM
from tests.visits.conftest import EVENTS, Rows, Write
from tests.visits.conftest import rows as rows
from tests.visits.conftest import write as write
from tests.waiting import until

with_browser = pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed")


def test_the_script_is_small_and_kept_for_good(client: FlaskClient) -> None:
    answer = client.get(VISITS_SCRIPT)
    assert answer.content_type == "text/javascript; charset=utf-8"
    assert len(answer.data) < 2048
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    older = client.get("/static/visits-0123456789abcdef.js")
    assert (older.data, older.headers["Cache-Control"]) == (answer.data, "no-store")


class Tab:
    """A tab whose requests the application answers; `told` are the events that were sent."""

    def __init__(self, page: Page, client: FlaskClient) -> None:
        self.page, self._client = page, client
        self.told: list[dict[str, Any]] = []
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.route("**/*", self._route)

    def hear(self, events: int) -> list[dict[str, Any]]:
        """Wait until so many were sent since this was asked last, and forget them."""
        until(lambda: self.page.wait_for_timeout(10) or len(self.told) >= events)
        heard, self.told = self.told, []
        return heard

    def _route(self, route: Route) -> None:
        asked = route.request
        path, headers = asked.url.removeprefix(ADDRESS), asked.all_headers()
        agent = {"User-Agent": headers["user-agent"].replace("Headless", "")}
        sent: dict[str, Any] = {}
        if path == EVENTS:
            self.told += json.loads(asked.post_data or "")["events"]
            sent = {"data": asked.post_data, "content_type": headers["content-type"]}
        with self._client.open(path, method=asked.method, headers=agent, **sent) as answer:
            assert answer.status_code in (200, 202), answer.text
            route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.data)


@pytest.fixture
def tab(browser: Browser, published: FlaskClient) -> Iterator[Tab]:
    context = browser.new_context()
    tab = Tab(context.new_page(), published)
    yield tab
    context.close()
    assert tab.complaints == []


@pytest.mark.browser
@with_browser
def test_a_visit_in_a_browser_is_counted(app: APIFlask, tab: Tab, rows: Rows, write: Write) -> None:
    page = tab.page
    page.goto(f"{ADDRESS}/?utm_source=letter&token=secret", referer="https://news.example.org/a")
    page.evaluate("document.addEventListener('click', event => event.preventDefault())")
    page.get_by_role("link", name="JSON of Tidegauge").click()
    page.get_by_role("link", name="Résumé", exact=True).click()
    page.evaluate(
        "Object.defineProperty(document, 'hidden', { value: true });"
        "window.dispatchEvent(new Event('visibilitychange'))"
    )
    told = tab.hear(4)
    assert [event["kind"] for event in told] == [
        *("page_view", "project_view", "download"),
        "duration",
    ]
    assert "secret" not in json.dumps(told)
    write()
    (session,) = rows("SELECT * FROM visitor_sessions")
    assert (session["page_views"], session["project_views"], session["downloads"]) == (1, 1, 1)
    assert (session["browser"], session["utm_source"]) == ("Chrome", "letter")
    assert session["duration_ms"] > 0
    known = rows(
        "SELECT count(project_id) AS projects, count(profile_id) AS people FROM visitor_events"
    )
    assert known == [{"projects": 1, "people": 4}]
    page.reload()
    page.evaluate("document.addEventListener('auxclick', event => event.preventDefault())")
    for button in ("middle", "right"):
        page.get_by_role("link", name="JSON of Tidegauge").click(button=button)
    again, followed = tab.hear(2)
    assert again["referrer"] == ADDRESS, "from here, and not from elsewhere a second time"
    assert followed["kind"] == "project_view"


@pytest.mark.browser
@with_browser
def test_who_does_not_want_to_be_counted_tells_nothing(tab: Tab) -> None:
    tab.page.add_init_script(
        "Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })"
    )
    tab.page.goto(ADDRESS)
    tab.page.wait_for_load_state("networkidle")
    assert tab.told == []
