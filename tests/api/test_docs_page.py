"""The documentation page in a real browser: whole, without another server or a warning."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from playwright.sync_api import Request, sync_playwright
from werkzeug.serving import make_server

CHROMIUM = Path("/usr/bin/chromium")


def test_its_files_are_served_from_here(client: FlaskClient) -> None:
    page = client.get("/api/v1/docs/").text
    assert "http://" not in page
    assert "https://" not in page
    for name, kind in {"swagger-ui.css": "text/css", "swagger-ui-bundle.js": "javascript"}.items():
        with client.get(f"/api/v1/docs/assets/{name}") as answer:
            assert answer.status_code == 200
            assert kind in answer.content_type
            assert "max-age" in answer.headers["Cache-Control"]
            tag = answer.headers["ETag"]
        path = f"/api/v1/docs/assets/{name}"
        with client.get(path, headers={"If-None-Match": tag}) as answer:
            assert answer.status_code == 304
    assert client.get("/api/v1/docs").status_code == 308


@pytest.fixture
def address(app: APIFlask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed")
def test_it_shows_every_operation_and_calls_them(address: str) -> None:
    asked: list[str] = []
    said: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page()
        page.on("request", note)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{address}/api/v1/docs")
        page.wait_for_selector(".opblock")
        assert page.locator(".opblock").count() >= 15
        assert "Portfolio API" in page.locator(".info").inner_text()
        page.locator("#operations-Projects-list_projects .opblock-summary-control").click()
        page.locator("#operations-Projects-list_projects button.execute").click()
        answer = page.locator("#operations-Projects-list_projects .live-responses-table")
        answer.wait_for()
        assert '"total": 0' in answer.inner_text()
        browser.close()
    assert all(url.startswith((address, "data:")) for url in asked), asked
    assert said == []
