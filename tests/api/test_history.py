"""Who changed what: written by the database, read with a token."""

from typing import Any

import psycopg
import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text

from portfolio.extensions import celery, db
from portfolio.models import SECTIONS
from portfolio.models.change_triggers import ROW_LIMIT, VALUE_LENGTH
from portfolio.schemas.history import Entity
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


def test_what_the_api_changes(
    client: FlaskClient, writer: Headers, changes: Any, make_project: Make
) -> None:
    project = make_project(summary="S")
    path = f"/api/v1/projects/{project['slug']}/"
    client.patch(path, json={"summary": "T", "featured": True}, headers=writer)
    client.delete(path, headers=writer)
    deleted, updated, created, default = changes()
    assert {change["actor"] for change in changes()} == {default["actor"]}
    assert default["actor"].startswith("token: write for tests (")
    assert [change["action"] for change in (deleted, updated, created)] == [
        "delete",
        "update",
        "create",
    ]
    assert {change["row_id"] for change in (deleted, updated, created)} == {project["id"]}
    assert {change["project_id"] for change in (deleted, updated, created)} == {project["id"]}
    assert {change["profile_id"] for change in changes()} == {default["row_id"]}
    assert updated["fields"] == {
        "summary": {"old": "S", "new": "T"},
        "featured": {"old": False, "new": True},
    }
    assert created["fields"]["title"] == {"new": "Tide tables"}
    assert "url" not in created["fields"], "what is empty is not told"
    assert deleted["fields"]["summary"] == {"old": "T"}
    assert default["fields"] == {"is_default": {"old": False, "new": True}}
    client.patch(PROFILE, json={"email": None}, headers=writer)
    assert changes()[0]["fields"] == {"email": {"old": "ines@example.org", "new": None}}


def test_sections_and_single_histories(
    client: FlaskClient, writer: Headers, changes: Any, make_profile: Make, make_project: Make
) -> None:
    item = client.post(f"{PROFILE}work/", json={"name": "W"}, headers=writer).headers["Location"]
    client.put(item, json={"name": "W", "end_date": "2020"}, headers=writer)
    make_project()
    make_profile("Jon Abara")
    mine = changes(f"{PROFILE}history/")
    assert [change["entity"] for change in mine] == ["project", "work", "work", "profile"]
    assert mine[1]["fields"] == {"end_date": {"old": None, "new": "2020"}}
    assert [change["entity"] for change in changes("/api/v1/projects/tide-tables/history/")] == [
        "project"
    ]
    assert len(changes("/api/v1/profiles/jon-abara/history/")) == 1
    assert len(changes()) == 5


def test_single_histories_are_filtered_like_all(
    client: FlaskClient, writer: Headers, reader: Headers, changes: Any, make_project: Make
) -> None:
    for name in ("A", "B", "C"):
        client.post(f"{PROFILE}work/", json={"name": name}, headers=writer)
    make_project()
    mine = f"{PROFILE}history/?entity=work"
    assert [change["entity"] for change in changes(mine)] == ["work"] * 3
    row = changes(mine)[1]["row_id"]
    assert [change["row_id"] for change in changes(f"{PROFILE}history/?row_id={row}")] == [row]
    assert changes(f"{PROFILE}history/?row_id={row}&entity=profile") == []
    assert changes("/api/v1/projects/tide-tables/history/?entity=work") == []
    assert len(changes("/api/v1/projects/tide-tables/history/?entity=project")) == 1
    first = client.get(f"{mine}&page_size=2", headers=reader).json
    rest = client.get(first["links"]["next"], headers=reader).json
    assert (first["total"], [item["entity"] for item in rest["items"]]) == (3, ["work"])
    assert client.get(f"{PROFILE}history/?entity=nonsense", headers=reader).status_code == 422


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


def test_long_values_are_cut(client: FlaskClient, writer: Headers, changes: Any) -> None:
    client.patch(PROFILE, json={"summary": "\u00e9\n" * 4000}, headers=writer)
    (told,) = changes()[0]["fields"].values()
    assert told["new"].endswith("\u2026 (7999 characters)")
    assert len(told["new"]) < VALUE_LENGTH + 50


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


def test_what_goes_with_a_profile_can_still_be_read(
    client: FlaskClient, writer: Headers, reader: Headers, changes: Any, make_project: Make
) -> None:
    number = changes()[0]["row_id"]
    make_project()
    client.post(f"{PROFILE}work/", json={"name": "W"}, headers=writer)
    client.delete(PROFILE, headers=writer)
    assert client.get(f"{PROFILE}history/", headers=reader).status_code == 404
    answer = client.get(f"{HISTORY}?profile_id={number}", headers=reader).json
    gone = {item["entity"] for item in answer["items"] if item["action"] == "delete"}
    assert gone == {"profile", "project", "work"}
    assert answer["total"] == 6
    work = client.get(f"{HISTORY}?profile_id={number}&entity=work", headers=reader).json
    assert [item["action"] for item in work["items"]] == ["delete", "create"]


@pytest.mark.parametrize("path", [HISTORY, f"{PROFILE}history/", "/api/v1/projects/x/history/"])
def test_it_takes_a_token(client: FlaskClient, reader: Headers, path: str) -> None:
    assert client.get(path).status_code == 401
    known = client.get(path, headers=reader)
    assert known.status_code == (200 if path == HISTORY else 404)
    assert client.get(f"{HISTORY}?row_id=x", headers=reader).status_code == 422


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


def test_the_command(app: APIFlask, changes: Any, client: FlaskClient, writer: Headers) -> None:
    client.patch(PROFILE, json={"label": "L"}, headers=writer)
    run = app.test_cli_runner()
    for arguments in ([], ["--profile", "ines-calder"]):
        lines = run.invoke(args=["portfolio", "history", *arguments]).output.splitlines()
        assert len(lines) == 2
        assert "update profile" in lines[0]
        assert lines[0].endswith(": label")
    last = run.invoke(args=["portfolio", "history", "--last", "1"]).output
    assert last.splitlines()[-1] == "1 older changes are not shown."
    assert run.invoke(args=["portfolio", "history", "--profile", "nobody"]).exit_code == 1


def test_only_kinds_that_there_are_can_be_asked_for(client: FlaskClient, reader: Headers) -> None:
    assert {entity.value for entity in Entity} == {"profile", "project", "image", *SECTIONS}
    for entity in Entity:
        answer = client.get(f"{HISTORY}?entity={entity.value}", headers=reader)
        assert answer.status_code == 200
    answer = client.get(f"{HISTORY}?entity=nope", headers=reader)
    assert answer.status_code == 422
    (error,) = answer.json["errors"]
    assert error["parameter"] == "entity"
    assert "'social_profiles'" in error["detail"]
