"""The database keeps its rules by itself, and the migrations make what the models say."""

from collections.abc import Iterator

import pytest
from apiflask import APIFlask
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DataError, IntegrityError

from portfolio.extensions import db
from portfolio.local.embedded import EmbeddedServers
from portfolio.models import SECTIONS
from portfolio.models.project import LOWER_ALL

PROFILE = "INSERT INTO profiles (slug, name) VALUES ('p', 'P')"


@pytest.fixture
def connection(app: APIFlask) -> Iterator[Connection]:
    with app.app_context(), db.engine.connect() as connection:
        connection.execute(text(PROFILE))
        yield connection


def insert(connection: Connection, table: str, **values: object) -> None:
    names = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    source = "VALUES (" + places + ")"
    if table != "profiles":
        names, source = f"profile_id, {names}", f"SELECT id, {places} FROM profiles LIMIT 1"
    with connection.begin_nested():
        connection.execute(text(f"INSERT INTO {table} ({names}) {source}"), values)


PROJECT = {"slug": "a", "title": "A"}
REFUSED = [
    ("profiles", {"slug": "a", "name": " "}),
    ("profiles", {"slug": "A", "name": "A"}),
    ("profiles", {"slug": "a_b", "name": "A"}),
    ("profiles", {"slug": "0f5f2d0a-5c0e-4d3b-9d5e-0d2f4b1a7c11", "name": "A"}),
    ("profiles", {"slug": "a", "name": "A", "visibility": "hidden"}),
    ("profiles", {"slug": "a", "name": "A", "url": "javascript:alert(1)"}),
    ("profiles", {"slug": "a", "name": "A", "image": "https://a b"}),
    ("profiles", {"slug": "a", "name": "A", "country_code": "gb"}),
    ("profiles", {"slug": "a", "name": "A", "email": "none"}),
    ("profiles", {"slug": "p", "name": "A"}),
    ("projects", {**PROJECT, "title": ""}),
    ("projects", {**PROJECT, "status": "done"}),
    ("projects", {**PROJECT, "difficulty": "hard"}),
    ("projects", {**PROJECT, "complexity": 0}),
    ("projects", {**PROJECT, "complexity": 11}),
    ("projects", {**PROJECT, "team_size": 0}),
    ("projects", {**PROJECT, "sort_order": -1}),
    ("projects", {**PROJECT, "demo_url": "ftp://a"}),
    ("projects", {**PROJECT, "start_date": "2024-01-02", "end_date": "2024-01-01"}),
    ("projects", {**PROJECT, "technologies": ["x"] * 101}),
    ("projects", {**PROJECT, "technologies": ["x", None]}),
    ("projects", {**PROJECT, "technologies": None}),
    ("resume_work", {"start_date": "2024-13"}),
    ("resume_work", {"start_date": "24"}),
    ("resume_work", {"start_date": "2024-05", "end_date": "2024-04-30"}),
    ("resume_work", {"start_date": "2024-05-02", "end_date": "2023"}),
    ("resume_work", {"url": "x"}),
    ("resume_awards", {"date": "May 2024"}),
]
TOO_LONG = [
    ("profiles", {"slug": "a", "name": "x" * 201}),
    ("projects", {**PROJECT, "slug": "x" * 81}),
    ("projects", {**PROJECT, "summary": "x" * 1001}),
    ("projects", {**PROJECT, "description": "x" * 50_001}),
]


@pytest.mark.parametrize(("table", "values"), REFUSED)
def test_refused(connection: Connection, table: str, values: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        insert(connection, table, **values)


@pytest.mark.parametrize(("table", "values"), TOO_LONG)
def test_too_long(connection: Connection, table: str, values: dict[str, object]) -> None:
    with pytest.raises(DataError):
        insert(connection, table, **values)


@pytest.mark.parametrize(
    ("start", "end"),
    [("2024", "2024-01-01"), ("2024-12-31", "2024"), ("2024-05", "2024-05"), (None, "2020")],
)
def test_partial_dates_are_compared_as_far_as_both_say(
    connection: Connection, start: str | None, end: str
) -> None:
    insert(connection, "resume_work", start_date=start, end_date=end)


def test_there_is_one_default(connection: Connection) -> None:
    insert(connection, "profiles", slug="a", name="A", is_default=True)
    insert(connection, "profiles", slug="b", name="B", is_default=False)
    with pytest.raises(IntegrityError, match="uq_profiles_default"):
        insert(connection, "profiles", slug="c", name="C", is_default=True)


def test_what_belongs_to_a_profile_goes_with_it(connection: Connection) -> None:
    insert(connection, "projects", **PROJECT)
    for model in SECTIONS.values():
        insert(connection, model.__tablename__, sort_order=1)
    connection.execute(text("DELETE FROM profiles"))
    for table in ("projects", *(model.__tablename__ for model in SECTIONS.values())):
        assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0


def test_unreviewed_rows_are_drafts(connection: Connection) -> None:
    insert(connection, "projects", **PROJECT)
    for table in ("profiles", "projects"):
        seen = connection.scalar(text(f"SELECT visibility FROM {table} LIMIT 1"))
        assert seen == "draft"


DEFINITIONS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text = ANY(:tables)
UNION ALL
SELECT tablename, indexname, indexdef FROM pg_indexes WHERE tablename = ANY(:tables)
UNION ALL
SELECT table_name, column_name,
       concat_ws(' ', data_type, character_maximum_length, is_nullable, column_default)
FROM information_schema.columns WHERE table_name = ANY(:tables) ORDER BY 1, 2, 3
"""


def test_migrations_and_models_agree_to_the_letter(app: APIFlask, servers: EmbeddedServers) -> None:
    tables = list(db.metadata.tables)
    engine = create_engine(servers.create_database("from_models"))
    with engine.begin() as connection:
        connection.execute(text(LOWER_ALL))
        db.metadata.create_all(connection)
        modelled = connection.execute(text(DEFINITIONS), {"tables": tables}).all()
    engine.dispose()
    with app.app_context(), db.engine.connect() as connection:
        migrated = connection.execute(text(DEFINITIONS), {"tables": tables}).all()
    assert len(migrated) > 200
    assert migrated == modelled


def test_the_search_by_technology_can_use_its_index(connection: Connection) -> None:
    connection.execute(text("SET enable_seqscan = off"))
    plan = connection.scalars(
        text("EXPLAIN SELECT 1 FROM projects WHERE lower_all(technologies) @> lower_all('{Go}')")
    ).all()
    assert any("ix_projects_technologies" in line for line in plan)


def test_days_that_no_reader_can_read_are_refused(connection: Connection) -> None:
    source = "SELECT 'a', 'A', id, '{}' FROM profiles LIMIT 1"
    add = "INSERT INTO projects (slug, title, profile_id, {}) " + source
    for column in ("start_date", "end_date", "created_at", "updated_at"):
        for day in ("infinity", "-infinity", "10000-01-01", "0044-03-15 BC"):
            with pytest.raises(IntegrityError, match=f"{column}_range"), connection.begin_nested():
                connection.execute(text(add.format(column, day)))
