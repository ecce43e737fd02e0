"""An application that serves the sample portfolio, and a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, sync_playwright

from tests.pages.browser import CHROMIUM, FLAGS

SAMPLE = Path(__file__).parents[2] / "portfolio/local/sample.json"


@pytest.fixture
def published(app: APIFlask) -> FlaskClient:
    """A client of an application whose database holds the sample."""
    result = app.test_cli_runner().invoke(args=["portfolio", "import", str(SAMPLE)])
    assert result.exit_code == 0, result.output
    return app.test_client()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
