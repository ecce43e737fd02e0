"""Comparing on the page at /match/, in a real browser and over a real server."""

import threading
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, Route
from werkzeug.serving import make_server

from portfolio.extensions import db
from portfolio.models import JobAnalysis
from portfolio.services.matching.making import run_analysis
from tests.pages.browser import IN_A_BROWSER, WORST_CONTRAST

pytestmark = IN_A_BROWSER
JOB = """Backend <blink>Engineer</blink>

Requirements
- 3+ years of experience with Python
- PostgreSQL <img src=x onerror="document.title='taken'">
- Elasticsearch

Nice to have
- Scala
"""


@pytest.fixture
def app(make_app: Callable[..., APIFlask]) -> APIFlask:
    return make_app(JOB_RATE_LIMIT="4 per hour")


@pytest.fixture
def address(app: APIFlask, published: FlaskClient) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Page]:
    """A tab at the page; whatever the browser complains of, or asks elsewhere, fails."""
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda sent: sent.url.startswith(address) or complaints.append(f"asked {sent.url}"),
    )
    page.goto(f"{address}/")
    page.get_by_role("link", name="Compare with a job description").click()
    page.get_by_label("Job description").wait_for()
    yield page
    context.close()
    assert complaints == []


def told(tab: Page, words: str) -> str:
    """What the page says, once it says this."""
    tab.get_by_role("status").filter(has_text=words).wait_for()
    return tab.get_by_role("status").inner_text()


def paste(tab: Page, text: str) -> None:
    """Paste and send by keyboard alone."""
    tab.get_by_label("Job description").focus()
    tab.keyboard.insert_text(text)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.id") == "file"
    # A file field may have several stops.
    while tab.evaluate("document.activeElement.type") != "submit":
        tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")


def test_a_pasted_description_is_compared(tab: Page, published: FlaskClient) -> None:
    paste(tab, JOB)
    told(tab, "The report is below.")
    assert tab.evaluate("document.activeElement.className") == "report"
    assert tab.evaluate("performance.getEntriesByType('navigation').length") == 1
    report = tab.get_by_role("article", name="Match report")
    shown = report.inner_text()
    assert "100 * sum(weight * credit) / sum(weight)" in shown
    for heading in ("Met (", "Missing (2)", "What to do"):
        assert report.get_by_role("heading", name=heading).count() == 1
    assert tab.locator(".missing strong").all_inner_texts() == ["Elasticsearch", "Scala"]
    assert "Python" in tab.locator(".matched strong").first.inner_text()
    quote = tab.locator(".matched").first.locator(".quotes li").first
    source = published.get(str(quote.locator("a").get_attribute("href")))
    assert source.status_code == 200
    assert quote.locator("q").inner_text().strip("\u201c\u201d") in source.text
    # What came from the description is text.
    assert "<img src=x" in shown
    assert report.locator("img, blink").count() == 0
    assert tab.title() != "taken"
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        assert tab.evaluate(WORST_CONTRAST)["ratio"] >= 4.5
    tab.keyboard.press("Tab")
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    tab.set_viewport_size({"width": 320, "height": 900})
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # On paper, also when the screen is dark.
    tab.emulate_media(media="print")
    assert not tab.locator("form, .actions, .foot").first.is_visible()
    assert tab.evaluate(WORST_CONTRAST)["ratio"] >= 7
    assert tab.evaluate("getComputedStyle(document.querySelector('li.matched')).breakInside") == (
        "avoid"
    )


def test_a_report_is_shared_and_deleted(tab: Page, app: APIFlask, published: FlaskClient) -> None:
    paste(tab, JOB)
    told(tab, "below")
    tab.get_by_role("button", name="Make a link").press("Enter")
    told(tab, "Whoever has this link")
    link = str(tab.locator(".told a").get_attribute("href"))
    assert tab.evaluate("document.activeElement.href").endswith(link)
    assert published.get(link).status_code == 200
    tab.get_by_role("button", name="Delete").press("Enter")
    told(tab, "Description and report are deleted.")
    assert not tab.locator(".report").is_visible()
    assert tab.evaluate("document.activeElement.id") == "text"
    assert published.get(link).status_code == 404
    with app.app_context():
        assert db.session.query(JobAnalysis).count() == 0


def test_a_file_is_compared_by_a_task(tab: Page, app: APIFlask) -> None:
    def work(route: Route) -> None:
        # Here a task takes its turn between two questions for the status.
        with app.app_context():
            run_analysis(UUID(route.request.url.split("/")[-2]))
        route.continue_()

    tab.get_by_label("Or a file").set_input_files(
        {"name": "job.txt", "mimeType": "application/pdf", "buffer": JOB.encode()}
    )
    tab.route("**/job-analyses/*/", work)
    tab.get_by_role("button", name="Compare").press("Enter")
    assert told(tab, "turn") == "Waiting for its turn\u2026"
    told(tab, "The report is below.")
    assert "Elasticsearch" in tab.locator(".report").inner_text()


def fulfilling(answer: dict[str, Any]) -> Callable[[Route], None]:
    return lambda route: route.fulfill(**answer)


def test_what_goes_wrong_is_told(tab: Page, app: APIFlask) -> None:
    paste(tab, "Too short")
    told(tab, "at least 50 characters")
    assert tab.evaluate("document.activeElement.id") == "text"
    picture = {"name": "job.pdf", "mimeType": "application/pdf", "buffer": b"\x89PNG\r\n\x1a\n" * 9}
    tab.get_by_label("Or a file").set_input_files(picture)
    tab.get_by_role("button", name="Compare").press("Enter")
    assert "The file " in told(tab, "file")
    tab.get_by_label("Or a file").set_input_files([])
    answers: list[tuple[dict[str, Any], str]] = [
        ({"status": 503, "body": "{}"}, "in a moment"),
        ({"status": 429, "headers": {"Retry-After": "90"}}, "90 seconds"),
        ({"status": 500, "body": "no JSON"}, "try again later"),
        ({"status": 201, "body": "no JSON"}, "try again later"),
    ]
    for answer, words in answers:
        tab.unroute_all()
        tab.route("**/job-analyses/", fulfilling(answer))
        tab.get_by_label("Job description").fill("")
        paste(tab, JOB)
        told(tab, words)
    assert not tab.locator(".report").is_visible()


def test_without_scripts_it_says_so(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/match/")
    assert not page.get_by_label("Job description").is_visible()
    assert page.get_by_text("This form needs JavaScript.").is_visible()
    context.close()


def test_with_nobody_published_there_is_nothing_to_compare_with(client: FlaskClient) -> None:
    assert "Nothing published yet" in client.get("/match/").text
