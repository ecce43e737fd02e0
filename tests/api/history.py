"""What tests of the history share: the changes at an address, and SQL as others write it."""

from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text

from portfolio.extensions import db
from tests.api.conftest import Headers, Make

HISTORY = "/api/v1/history/"
PROFILE = "/api/v1/profiles/ines-calder/"

Change = dict[str, Any]


@pytest.fixture
def changes(app: APIFlask, client: FlaskClient, reader: Headers, make_profile: Make) -> Any:
    """Reads the changes at an address, the newest first; at first it has become the default."""
    make_profile(email="ines@example.org")
    run_sql(app, "DELETE FROM changes WHERE action = 'create'")

    def read(path: str = HISTORY) -> list[Change]:
        joined = "&" if "?" in path else "?"
        answer = client.get(f"{path}{joined}page_size=100", headers=reader)
        assert answer.status_code == 200, answer.text
        return list(answer.json["items"])

    return read


def run_sql(app: APIFlask, *statements: str) -> None:
    """As somebody at a psql prompt would."""
    with app.app_context():
        engine = create_engine(db.engine.url, connect_args={"application_name": "psql"})
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()
