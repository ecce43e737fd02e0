"""`flask portfolio` and `flask token` as they are typed."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient, FlaskCliRunner

from portfolio.caching.flask_adapter import cache_extension
from portfolio.vocabulary import Scope
from tests.api.conftest import bearer
from tests.services.test_importing import RESUME


@pytest.fixture
def run(app: APIFlask) -> FlaskCliRunner:
    return app.test_cli_runner()


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    path = tmp_path / "resume.json"
    path.write_text(json.dumps(RESUME))
    return path


def scope_of(client: FlaskClient, token: str) -> str | None:
    headers = {"Authorization": f"Bearer {token}"}
    if client.get("/api/v1/projects/", headers=headers).status_code == 401:
        return None
    if client.post("/api/v1/projects/", data=b"", headers=headers).status_code == 403:
        return "read"
    answer = client.get("/api/v1/cache/stats/", headers=headers)
    return "write" if answer.status_code == 403 else "admin"


def test_import_from_a_file_and_from_standard_input(
    run: FlaskCliRunner, client: FlaskClient, resume: Path
) -> None:
    result = run.invoke(args=["portfolio", "import", str(resume), "--dry-run"])
    assert result.exit_code == 0, result.output
    assert "Nothing was changed" in result.output
    assert client.get("/api/v1/profiles/").json["total"] == 0
    result = run.invoke(args=["portfolio", "import", "-"], input=resume.read_bytes())
    assert result.exit_code == 0, result.output
    assert "profile ines-calder: created" in result.output
    assert "work: 2 created" in result.output
    assert "projects: 2 created" in result.output
    assert "created in work: “Harbour Trust”, “Freelance”\n" in result.output
    result = run.invoke(args=["portfolio", "import", str(resume), "--profile", "second"])
    assert "profile second: created" in result.output
    result = run.invoke(args=["portfolio", "import", str(resume), "--if-empty"])
    assert (result.exit_code, "nothing was imported" in result.output) == (0, True)


def test_a_refused_file_changes_nothing(
    run: FlaskCliRunner, client: FlaskClient, tmp_path: Path
) -> None:
    path = tmp_path / "broken.json"
    path.write_text('{"basics": {"name": 5, "url": "x"}, "work": [{"startDate": "x"}]}')
    result = run.invoke(args=["portfolio", "import", str(path)])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("basics.name: ")
    assert "work[0].startDate: " in result.stderr
    assert "nothing was changed" in result.stderr
    assert client.get("/api/v1/profiles/").json["total"] == 0


def test_what_was_edited_here_is_told_and_an_import_is_taken_back(
    run: FlaskCliRunner, client: FlaskClient, resume: Path, app: APIFlask
) -> None:
    run.invoke(args=["portfolio", "import", str(resume), "--sample"])
    address, headers = "/api/v1/profiles/ines-calder/", bearer(app, Scope.WRITE)
    client.patch(address, json={"label": "Architect"}, headers=headers)
    told = run.invoke(args=["portfolio", "import", str(resume), "--dry-run"]).output
    assert 'kept: basics.label was edited here and says "Architect"' in told
    told = run.invoke(args=["portfolio", "import", str(resume), "--overwrite"]).output
    assert 'overwritten: basics.label said "Architect" here' in told
    assert client.get(address).json["label"] == ""
    undone = run.invoke(args=["portfolio", "undo"])
    assert (undone.exit_code, undone.output) == (
        0,
        "profile ines-calder: as it was before the import\n",
    )
    assert client.get(address).json["label"] == "Architect"
    refused = run.invoke(args=["portfolio", "undo", "--profile", "ines-calder"])
    assert refused.exit_code == 1
    assert "profiles (1 changed)" in refused.stderr
    forced = run.invoke(args=["portfolio", "undo", "--force"])
    assert forced.output == (
        "undone as well: profiles (1 changed)\n"
        "profile ines-calder: removed, as the import had made it\n"
    )
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("slug", ["Upper", "api", "a b"])
def test_a_slug_that_cannot_be(run: FlaskCliRunner, resume: Path, slug: str) -> None:
    result = run.invoke(args=["portfolio", "import", str(resume), "--profile", slug])
    assert result.exit_code == 2


def test_a_missing_file(run: FlaskCliRunner) -> None:
    assert run.invoke(args=["portfolio", "import", "/nonexistent"]).exit_code == 2


@pytest.mark.parametrize("scope", ["read", "write", "admin"])
def test_create_list_and_revoke(run: FlaskCliRunner, client: FlaskClient, scope: str) -> None:
    created = run.invoke(args=["token", "create", "--scope", scope, "--name", " CI  runner "])
    token = created.output.strip()
    assert re.fullmatch(r"pf_[\w-]{43}", token)
    assert scope_of(client, token) == scope
    listed = run.invoke(args=["token", "list"]).output
    assert token not in listed
    assert scope in listed
    assert "CI runner" in listed
    (row,) = json.loads(run.invoke(args=["token", "list", "--json"]).output)
    assert (row["state"], row["scope"], row["name"]) == ("active", scope, "CI runner")
    assert run.invoke(args=["token", "revoke", row["id"]]).output == "Revoked.\n"
    assert scope_of(client, token) is None
    assert run.invoke(args=["token", "revoke", row["id"]]).output == "It was revoked before.\n"
    unknown = "0f5f2d0a-5c0e-4d3b-9d5e-0d2f4b1a7c11"
    assert run.invoke(args=["token", "revoke", unknown]).exit_code == 1
    assert run.invoke(args=["token", "revoke", "nonsense"]).exit_code == 2


def test_the_default_scope_is_the_least(run: FlaskCliRunner, client: FlaskClient) -> None:
    assert scope_of(client, run.invoke(args=["token", "create"]).output.strip()) == "read"


def test_expiry(run: FlaskCliRunner) -> None:
    now = datetime.now(UTC)
    tomorrow = (now + timedelta(days=1)).date().isoformat()
    for given, expected in {
        "30d": now + timedelta(days=30),
        "90m": now + timedelta(minutes=90),
        f"{tomorrow}T10:00:00+02:00": datetime.fromisoformat(f"{tomorrow}T08:00:00+00:00"),
        tomorrow: datetime.fromisoformat(f"{tomorrow}T23:59:59.999999+00:00"),
    }.items():
        run.invoke(args=["token", "create", "--expires", given])
        rows: list[dict[str, Any]] = json.loads(run.invoke(args=["token", "list", "--json"]).output)
        seen = datetime.fromisoformat(rows[-1]["expires_at"])
        assert abs(seen - expected) < timedelta(seconds=20)
    for given in ("yesterday", "2020-01-01", "0d", "5y", "9999999d", "-1d", ""):
        result = run.invoke(args=["token", "create", "--expires", given])
        assert result.exit_code == 2, given


@pytest.mark.parametrize("name", ["", " ", "x" * 101, "a\x1b[31m"])
def test_names_that_cannot_be(run: FlaskCliRunner, name: str) -> None:
    assert run.invoke(args=["token", "create", "--name", name]).exit_code == 2


def test_the_first_admin_token_is_made_once(run: FlaskCliRunner, client: FlaskClient) -> None:
    first = run.invoke(args=["token", "ensure-admin"])
    assert scope_of(client, first.output.strip()) == "admin"
    assert run.invoke(args=["token", "ensure-admin"]).output == ""


def test_a_preset_admin_token(make_app: Any) -> None:
    preset = "preset-for-the-first-start"
    app = make_app(ADMIN_TOKEN=preset)
    run, client = app.test_cli_runner(), app.test_client()
    run.invoke(args=["token", "create"])
    assert run.invoke(args=["token", "ensure-admin"]).output == f"{preset}\n"
    assert scope_of(client, preset) == "admin"
    assert run.invoke(args=["token", "ensure-admin"]).output == ""
    rows = json.loads(run.invoke(args=["token", "list", "--json"]).output)
    run.invoke(args=["token", "revoke", rows[-1]["id"]])
    assert run.invoke(args=["token", "ensure-admin"]).output == ""
    assert scope_of(client, preset) is None


def test_export_in_every_form(run: FlaskCliRunner, resume: Path, tmp_path: Path) -> None:
    run.invoke(args=["portfolio", "import", str(resume)])
    result = run.invoke(args=["portfolio", "export"])
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert document["basics"]["name"] == "Ines Calder"
    assert "email" not in document["basics"]
    private = run.invoke(args=["portfolio", "export", "--private", "--profile", "ines-calder"])
    assert json.loads(private.stdout)["basics"]["email"] == "ines@example.org"
    for form, beginning in (("markdown", "# Ines Calder\n"), ("html", "<!doctype html>")):
        path = tmp_path / form
        result = run.invoke(args=["portfolio", "export", "--format", form, "--output", str(path)])
        assert (result.exit_code, result.output) == (0, "")
        assert path.read_text("utf-8").startswith(beginning)


def test_what_is_exported_with_everything_changes_nothing(
    run: FlaskCliRunner, resume: Path
) -> None:
    run.invoke(args=["portfolio", "import", str(resume)])
    whole = run.invoke(args=["portfolio", "export", "--private"]).stdout
    result = run.invoke(args=["portfolio", "import", "-"], input=whole)
    assert "profile ines-calder: unchanged" in result.output
    assert not re.search("created|updated|removed", result.output)
    assert run.invoke(args=["portfolio", "export", "--private"]).stdout == whole


def test_there_may_be_nothing_to_export(run: FlaskCliRunner, resume: Path, tmp_path: Path) -> None:
    path = tmp_path / "nothing.json"
    result = run.invoke(args=["portfolio", "export", "--output", str(path)])
    assert (result.exit_code, "There is no profile." in result.stderr) == (1, True)
    assert not path.exists()
    document = {**RESUME, "meta": {"x-portfolio": {"visibility": "draft"}}}
    run.invoke(args=["portfolio", "import", "-"], input=json.dumps(document))
    result = run.invoke(args=["portfolio", "export"])
    assert (result.exit_code, "--private" in result.stderr) == (1, True)
    assert run.invoke(args=["portfolio", "export", "--private"]).exit_code == 0


def test_the_health_of_the_cache_names_a_second_redis(
    make_app: Any, environment: dict[str, str]
) -> None:
    ours, mistaken = make_app(), make_app(REDIS_URL=environment["CELERY_BROKER_URL"])
    assert mistaken.test_client().get("/api/v1/projects/").status_code == 200
    told = ours.test_cli_runner().invoke(args=["cache", "health"])
    assert told.exit_code == 1
    ids = [cache_extension(app).store.run_id() for app in (mistaken, ours)]
    assert "their REDIS_URL leads to the run id {}, ours to {}".format(*ids) in told.output


def test_cleaning_images(app: APIFlask) -> None:
    result = app.test_cli_runner().invoke(args=["portfolio", "clean-images"])
    assert (result.exit_code, result.output) == (0, "0 files removed.\n")
