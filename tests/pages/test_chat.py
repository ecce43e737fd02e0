"""Asking on the page at /, in a real browser: by keyboard, as text, and when it goes wrong."""

from collections.abc import Iterator
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, Route

from tests.pages.browser import ADDRESS, IN_A_BROWSER, WORST_CONTRAST, pass_on
from tests.visits.conftest import EVENTS

pytestmark = IN_A_BROWSER


@pytest.fixture
def app(make_app: Any) -> APIFlask:
    made: APIFlask = make_app(CHAT_RATE_LIMIT="3 per hour")
    return made


class Tab:
    """A tab at the page.

    Attributes:
        bodies: what was asked.
        answer: what is answered instead of asking the application.
    """

    def __init__(self, page: Page, client: FlaskClient) -> None:
        self.page, self._client = page, client
        self.bodies: list[Any] = []
        self.answer: dict[str, Any] | None = None
        page.route("**/*", self._route)
        page.route(f"**{EVENTS}", lambda route: route.fulfill(status=202))
        page.goto(ADDRESS)

    def ask(self, question: str) -> str:
        """Asks by keyboard alone; what is shown of it."""
        shown = self.page.locator(".exchange").count()
        self.page.get_by_label("Your question").focus()
        self.page.keyboard.type(question)
        self.page.keyboard.press("Enter")
        last = self.page.locator(".exchange").nth(shown)
        last.wait_for()
        return last.inner_text()

    def _route(self, route: Route) -> None:
        request = route.request
        assert request.url.startswith(ADDRESS)
        if request.method == "POST":
            self.bodies.append(request.post_data_json)
            if self.answer is not None:
                route.fulfill(**self.answer)
                return
        pass_on(route, self._client)


@pytest.fixture
def tab(browser: Browser, published: FlaskClient) -> Iterator[Tab]:
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield Tab(page, published)
    context.close()
    assert errors == []


def test_a_question_is_answered_with_its_sources(tab: Tab, published: FlaskClient) -> None:
    shown = tab.ask("What is Tidegauge?")
    quotes = tab.page.locator(".quotes q").all_inner_texts()
    assert quotes
    assert "What is Tidegauge?" in shown
    address = tab.page.locator(".quotes a").first.get_attribute("href")
    assert published.get(str(address)).status_code == 200
    assert tab.page.get_by_label("Your question").input_value() == ""
    assert tab.page.evaluate(WORST_CONTRAST)["ratio"] >= 4.5
    tab.page.set_viewport_size({"width": 320, "height": 900})
    assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_questions_follow_one_another(tab: Tab) -> None:
    tab.ask("What is Tidegauge?")
    tab.ask("And what did she use there?")
    assert "conversation_id" not in tab.bodies[0]
    assert tab.bodies[1]["conversation_id"]
    assert tab.page.locator(".exchange").count() == 2


def test_markup_is_shown_as_text(tab: Tab) -> None:
    evil = "<img src=x onerror=\"document.title='taken'\"><b>bold</b>"
    place = {"quote": evil, "title": evil, "url": "javascript:alert(1)", "source_type": "work"}
    answer = {"answer": evil, "citations": [place], "access_token": None, "conversation_id": None}
    tab.answer = {"json": answer}
    shown = tab.ask(evil)
    assert shown.count("<b>bold</b>") == 4
    assert tab.page.locator(".exchange img, .exchange b, .exchange a").count() == 0
    assert tab.page.title() != "taken"


def test_errors_are_told(tab: Tab) -> None:
    for _ in range(3):
        tab.ask("Hello")
    assert "Please ask again in" in tab.ask("Hello")
    assert tab.page.get_by_label("Your question").input_value() == "Hello"
    for answer, told in [
        ({"status": 503, "body": "{}"}, "in a moment"),
        ({"status": 500, "body": "no JSON"}, "try again later"),
        ({"status": 200, "body": "no JSON"}, "try again later"),
    ]:
        tab.answer = answer
        tab.page.get_by_label("Your question").fill("")
        assert told in tab.ask("Hello")


def test_without_scripts_there_is_no_form(browser: Browser, published: FlaskClient) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = Tab(context.new_page(), published)
    assert not tab.page.get_by_label("Your question").is_visible()
    context.close()
