"""What the tests of recorded statements share."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient, FlaskCliRunner
from sqlalchemy import text

from portfolio.extensions import db
from portfolio.vocabulary import Scope
from tests.api.conftest import Headers, bearer

STATS = "/api/v1/database/stats/"


@pytest.fixture
def admin(app: APIFlask) -> Headers:
    return bearer(app, Scope.ADMIN)


@pytest.fixture
def run(app: APIFlask) -> FlaskCliRunner:
    return app.test_cli_runner()


@pytest.fixture
def figures(client: FlaskClient, admin: Headers) -> Callable[..., dict[str, Any]]:
    """What the endpoint tells, of many rows."""

    def ask(**query: str) -> dict[str, Any]:
        answer = client.get(STATS, headers=admin, query_string={"limit": "100", **query})
        assert answer.status_code == 200, answer.text
        return dict(answer.json)

    return ask


def statement_like(queries: dict[str, Any], words: str) -> dict[str, Any]:
    """The recorded statement with these words in it."""
    (row,) = [row for row in queries["statements"] if words in row["statement"]]
    return dict(row)


def execute(sql: str, **values: Any) -> Any:
    """In the application's session, as a view would."""
    return db.session.execute(text(sql), values)


def recorded(run: FlaskCliRunner, *options: str) -> dict[str, Any]:
    """What `flask database slow` tells."""
    result = run.invoke(args=["database", "slow", "--json", "--limit", "100", *options])
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.output))
