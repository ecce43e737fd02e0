"""The pages in a real browser: they fit, can be read, walked by keyboard, and printed."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, Route

from portfolio.services.tokens import create_token
from portfolio.vocabulary import Scope
from tests.pages.browser import ADDRESS, IN_A_BROWSER, WORST_CONTRAST, pass_on
from tests.services.pictures import encoded, gradient
from tests.visits.conftest import EVENTS

RESUME = "/api/v1/profiles/tamsin-orrelund/resume.html"

pytestmark = IN_A_BROWSER


@pytest.fixture
def pictured(app: APIFlask, published: FlaskClient) -> FlaskClient:
    """The sample with an image at its first project."""
    with app.app_context():
        headers = {"Authorization": f"Bearer {create_token('owner', Scope.WRITE)}"}
    project = published.get("/api/v1/projects/featured/").json["items"][0]["slug"]
    body = {"file": (BytesIO(encoded(gradient(900, 600))), "a.png"), "alt": "A red corner"}
    path = f"/api/v1/projects/{project}/images/"
    assert published.post(path, data=body, headers=headers).status_code == 201
    return published


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["/", RESUME])
def tab(
    request: pytest.FixtureRequest, scheme: str, browser: Browser, pictured: FlaskClient
) -> Iterator[Page]:
    """A tab at a page, answered by the application; whatever the browser complains of fails."""
    context = browser.new_context(color_scheme=scheme)
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))

    def answer(route: Route) -> None:
        if not route.request.url.startswith(ADDRESS):
            complaints.append(f"asked elsewhere: {route.request.url}")
            route.abort()
            return
        pass_on(route, pictured)

    tab.route("**/*", answer)
    tab.route(f"**{EVENTS}", lambda route: route.fulfill(status=202))
    tab.goto(ADDRESS + request.param)
    yield tab
    context.close()
    assert complaints == []


@pytest.mark.parametrize("width", [320, 820, 1320])
def test_nothing_sticks_out(tab: Page, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_text_stands_out_from_its_background(tab: Page) -> None:
    worst = tab.evaluate(WORST_CONTRAST)
    assert worst["ratio"] >= 4.5, worst


@pytest.mark.parametrize("tab", ["/"], indirect=True)
def test_the_first_key_leads_to_the_content(tab: Page) -> None:
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert tab.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"


def test_focus_is_visible_on_every_link(tab: Page) -> None:
    links = tab.locator("a").count()
    for _ in range(links):
        tab.keyboard.press("Tab")
        style = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style == "solid"


@pytest.mark.parametrize("tab", ["/"], indirect=True)
@pytest.mark.parametrize(("width", "chosen"), [(320, 320), (1320, 900)])
def test_an_image_is_shown_as_large_as_needed(tab: Page, width: int, chosen: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    tab.reload()
    image = tab.get_by_alt_text("A red corner")
    image.scroll_into_view_if_needed()
    tab.wait_for_function("document.images[0].complete")
    assert image.evaluate("image => image.naturalWidth") > 0
    assert image.evaluate("image => image.loading") == "lazy"
    ratio = image.evaluate("image => image.clientWidth / image.clientHeight")
    assert ratio == pytest.approx(16 / 9, rel=0.02)
    shown, copies = image.evaluate("image => [image.currentSrc, image.srcset]")
    assert f"{shown.removeprefix(ADDRESS)} {chosen}w" in copies.split(", ")


@pytest.mark.parametrize("tab", [RESUME], indirect=True)
def test_on_paper_it_is_black_on_white_and_nothing_is_torn(tab: Page) -> None:
    tab.emulate_media(media="print")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert tab.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
    assert tab.evaluate(WORST_CONTRAST)["ratio"] >= 7
    assert not tab.locator("nav").is_visible()
    for part in (".entry", ".brief li"):
        style = f"getComputedStyle(document.querySelector('{part}')).breakInside"
        assert tab.evaluate(style) == "avoid"
    assert tab.pdf(prefer_css_page_size=True).startswith(b"%PDF")
