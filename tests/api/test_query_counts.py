"""A list costs a fixed number of queries, whatever its length."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import event

from portfolio.extensions import db
from tests.api.conftest import Headers, Make


@contextmanager
def counted(app: APIFlask) -> Iterator[list[str]]:
    """Collects the statements on tables of the application's content."""
    statements: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if any(name in statement for name in ("project", "profiles", "resume_")):
            statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/api/v1/projects/?page_size=100", 2),
        ("/api/v1/projects/?page_size=100&search=a&technology=go&profile=ines-calder", 2),
        ("/api/v1/projects/featured/?page_size=100", 2),
        ("/api/v1/projects/stats/", 1),
        ("/api/v1/profiles/?page_size=100", 2),
        ("/api/v1/profiles/ines-calder/", 12),
        ("/api/v1/projects/a/", 2),
        ("/api/v1/projects/a/images/?page_size=100", 3),
        ("/api/v1/profiles/ines-calder/resume.json", 13),
    ],
)
def test_the_length_does_not_matter(
    app: APIFlask,
    client: FlaskClient,
    reader: Headers,
    make_profile: Make,
    make_project: Make,
    path: str,
    queries: int,
) -> None:
    # Authorised reads go to the database each time; visitors' first reads do the same work.
    for length in (1, 12):
        for _ in range(length):
            make_profile()
            make_project("a", featured=True, technologies=["Go"], profile="ines-calder")
        with counted(app) as statements:
            answer = client.get(path, headers=reader)
        assert answer.status_code == 200
        assert len(statements) == queries, "\n".join(statements)


def test_a_list_does_not_fetch_the_long_texts(
    app: APIFlask, client: FlaskClient, make_profile: Make, make_project: Make
) -> None:
    make_profile()
    make_project(description="x" * 50_000)
    with counted(app) as statements:
        client.get("/api/v1/projects/")
    assert not any("description" in statement for statement in statements)


def test_a_hit_costs_no_query(
    app: APIFlask, client: FlaskClient, make_profile: Make, make_project: Make
) -> None:
    make_profile()
    make_project()
    for path in ("/api/v1/projects/", "/api/v1/projects/tide-tables/", "/api/v1/projects/stats/"):
        client.get(path)
        with counted(app) as statements:
            assert "hit" in client.get(path).headers["Cache-Status"]
        assert statements == []
