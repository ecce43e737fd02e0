"""A read costs a fixed number of queries, however much there is."""

from collections.abc import Iterator
from contextlib import contextmanager

from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import event, text

from portfolio.extensions import db
from tests.api.conftest import Headers, Make

TABLES = (
    *("project", "profiles", "resume_", "changes"),
    *("conversations", "messages", "job_analyses", "knowledge_", "imports"),
)
PROFILE = "/api/v1/profiles/ines-calder/"
CONVERSATION = "00000000-0000-4000-8000-000000000001"
QUERIES = {
    "/api/v1/projects/?page_size=100": 2,
    "/api/v1/projects/?page_size=100&search=a&technology=go&profile=ines-calder": 2,
    "/api/v1/projects/featured/?page_size=100": 2,
    "/api/v1/projects/stats/": 1,
    "/api/v1/projects/a/": 2,
    "/api/v1/projects/a/images/?page_size=100": 3,
    "/api/v1/projects/a/history/?page_size=100": 4,
    "/api/v1/profiles/?page_size=100": 2,
    PROFILE: 12,
    f"{PROFILE}resume.json": 13,
    f"{PROFILE}resume.md": 13,
    f"{PROFILE}resume.html": 13,
    f"{PROFILE}work/?page_size=100": 3,
    f"{PROFILE}skills/?page_size=100": 3,
    f"{PROFILE}history/?page_size=100": 3,
    "/api/v1/history/?page_size=100": 2,
    "/api/v1/search/?q=a&page_size=100": 16,
    "/api/v1/conversations/?page_size=100": 2,
    f"/api/v1/conversations/{CONVERSATION}/messages/?page_size=100": 3,
    "/api/v1/job-analyses/?page_size=100": 2,
    "/api/v1/job-analyses/stats/": 5,
    "/api/v1/job-analyses/stats/?days=7": 5,
    "/api/v1/conversations/stats/": 4,
}
"""How many statements each address costs."""
SECTIONS = {"work": {"name": "Harbour Data Trust"}, "skills": {"name": "Go", "keywords": ["a"]}}
VISITS = (
    f"""
    INSERT INTO conversations (id, secret_hash) VALUES ('{CONVERSATION}', sha256('a'))
    ON CONFLICT DO NOTHING""",
    """
    INSERT INTO conversations (id, secret_hash, profile_id)
    SELECT gen_random_uuid(), sha256(gen_random_uuid()::text::bytea), profiles.id
    FROM profiles LIMIT :times""",
    f"""
    INSERT INTO messages (id, conversation_id, number, question, answer, kind, confidence)
    SELECT gen_random_uuid(), '{CONVERSATION}', n + (SELECT count(*) FROM messages), 'a', 'b',
        'smalltalk', 1
    FROM generate_series(1, :times) n""",
    """
    INSERT INTO job_analyses (id, secret_hash, profile_id, private, source, text, status)
    SELECT gen_random_uuid(), sha256(gen_random_uuid()::text::bytea), profiles.id, false, 'text',
        'Python', 'failed'
    FROM profiles LIMIT :times""",
)


@contextmanager
def counted(app: APIFlask) -> Iterator[list[str]]:
    """Collects the statements on tables of content and of visitors."""
    statements: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if any(name in statement for name in TABLES):
            statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_the_length_does_not_matter(
    app: APIFlask,
    client: FlaskClient,
    reader: Headers,
    writer: Headers,
    make_profile: Make,
    make_project: Make,
) -> None:
    # Authorised reads go to the database each time; visitors' first reads do the same work.
    for length in (1, 12):
        for _ in range(length):
            make_profile()
            make_project("a", featured=True, technologies=["Go"], profile="ines-calder")
        fill(app, client, writer, length)
        for path, queries in QUERIES.items():
            with counted(app) as statements:
                answer = client.get(path, headers=reader)
            assert answer.status_code == 200, path
            assert len(statements) == queries, "\n".join([path, *statements])


def fill(app: APIFlask, client: FlaskClient, writer: Headers, times: int) -> None:
    """What visitors and the owner leave behind."""
    for section, item in SECTIONS.items():
        for _ in range(times):
            answer = client.post(
                f"/api/v1/profiles/ines-calder/{section}/", json=item, headers=writer
            )
            assert answer.status_code == 201, answer.text
    with app.app_context(), db.engine.begin() as connection:
        for statement in VISITS:
            connection.execute(text(statement), {"times": times})


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
