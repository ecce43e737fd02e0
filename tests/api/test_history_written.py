"""The database writes the history, whoever it is that changes something."""

from typing import Any

import psycopg
import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import text

from portfolio.extensions import celery, db
from portfolio.models import SECTIONS
from portfolio.models.change_triggers import ROW_LIMIT
from tests.api.conftest import Headers
from tests.api.history import PROFILE, run_sql
from tests.api.history import changes as changes


def test_what_changes_nothing_leaves_nothing(
    app: APIFlask, client: FlaskClient, writer: Headers, changes: Any
) -> None:
    before = changes()
    client.patch(PROFILE, json={"name": "Ines Calder"}, headers=writer)
    client.patch(PROFILE, json={"name": ""}, headers=writer)
    run_sql(app, "UPDATE profiles SET updated_at = now() + interval '1 s', name = name")
    with app.app_context():
        db.session.execute(text("UPDATE profiles SET label = 'lost'"))
        db.session.rollback()
    assert changes() == before


def test_who_writes_sql_is_named(app: APIFlask, changes: Any) -> None:
    run_sql(app, "UPDATE profiles SET label = 'L'")
    change = changes()[0]
    assert change["actor"].startswith("database: ")
    assert change["actor"].endswith(" psql")
    assert change["fields"] == {"label": {"old": "", "new": "L"}}


def test_a_command_and_a_task_are_named(
    app: APIFlask, changes: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "resume.json"
    path.write_text('{"basics": {"name": "Jon Abara"}, "work": [{"name": "W"}]}')
    app.test_cli_runner().invoke(args=["portfolio", "import", str(path)])
    assert {change["actor"] for change in changes("/api/v1/profiles/jon-abara/history/")} == {
        "cli: import"
    }

    @celery.task(name="portfolio.test.write")
    def write() -> None:
        db.session.execute(text("UPDATE profiles SET label = 'L' WHERE slug = 'jon-abara'"))
        db.session.commit()

    write()
    celery.tasks.pop("portfolio.test.write")
    assert changes()[0]["actor"] == "task: portfolio.test.write"


def test_wide_statements_are_told_as_one(app: APIFlask, changes: Any) -> None:
    add = "INSERT INTO resume_skills (profile_id, name) SELECT id, n::text FROM profiles,"
    run_sql(app, f"{add} generate_series(1, {ROW_LIMIT}) AS n")
    assert len(changes(f"{PROFILE}history/")) == 100
    run_sql(app, "DELETE FROM resume_skills", "DELETE FROM changes")
    run_sql(app, f"{add} generate_series(1, {ROW_LIMIT + 500}) AS n")
    run_sql(app, "UPDATE resume_skills SET level = 'L'", "DELETE FROM resume_skills")
    told = [(change["action"], change["rows"], change["row_id"]) for change in changes()]
    count = ROW_LIMIT + 500
    assert told == [("delete", count, None), ("update", count, None), ("create", count, None)]


def test_tables_that_are_emptied(app: APIFlask, changes: Any) -> None:
    run_sql(app, "DELETE FROM changes", "TRUNCATE profiles CASCADE")
    told = {(change["action"], change["entity"], change["rows"]) for change in changes()}
    entities = {"profile", "project", *SECTIONS}
    assert entities <= {entity for _, entity, _ in told}
    assert {(action, rows) for action, _, rows in told} == {("truncate", None)}


def test_an_actor_ends_with_its_transaction(
    app: APIFlask, client: FlaskClient, writer: Headers, changes: Any
) -> None:
    """The connection goes back to the pool; who takes it next is somebody else."""
    client.patch(PROFILE, json={"label": "L"}, headers=writer)
    with app.app_context():
        db.session.execute(text("UPDATE profiles SET label = 'M'"))
        db.session.commit()
    assert changes()[0]["actor"].startswith("database: ")


def test_a_role_without_rights_on_the_history(app: APIFlask, changes: Any) -> None:
    superuser = app.config["DATABASE_URL"].replace("//portfolio@", "//postgres@")
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("CREATE ROLE editor")
        connection.execute("GRANT SELECT, UPDATE ON profiles TO editor")
        connection.execute("SET ROLE editor")
        connection.execute("SET search_path = ''")
        try:
            connection.execute("UPDATE public.profiles SET label = 'L'")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("SELECT * FROM public.changes")
        finally:
            connection.execute("RESET ROLE")
            connection.execute("DROP OWNED BY editor")
            connection.execute("DROP ROLE editor")
    assert changes()[0]["fields"]["label"]["new"] == "L"


def test_what_is_old_is_forgotten(app: APIFlask, changes: Any, client: FlaskClient) -> None:
    run_sql(
        app,
        "INSERT INTO changes (at, actor, action, entity)"
        " SELECT now() - interval '366 days', 'a', 'update', 'work' FROM generate_series(1, 3)",
    )
    assert len(changes()) == 4
    with app.app_context():
        assert celery.tasks["portfolio.maintenance.trim_history"]() == 3
    assert len(changes()) == 1
