"""An application that serves the sample portfolio."""

from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

SAMPLE = Path(__file__).parents[2] / "portfolio/local/sample.json"


@pytest.fixture
def published(app: APIFlask) -> FlaskClient:
    """A client of an application whose database holds the sample."""
    result = app.test_cli_runner().invoke(args=["portfolio", "import", str(SAMPLE)])
    assert result.exit_code == 0, result.output
    return app.test_client()
