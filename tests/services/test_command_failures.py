"""What hinders a command is told in one sentence on stderr, with exit code 1, and truthfully."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import text

from portfolio.extensions import db
from portfolio.local.preflight import PROJECT
from tests.services.test_importing import RESUME, changed

NOWHERE = "postgresql://nobody:secret-word@127.0.0.1:1/nothing"
FULL = Path("/dev/full")


def flask(
    environment: dict[str, str], *arguments: str, output: Path | None = None, given: str = ""
) -> subprocess.CompletedProcess[str]:
    with (output or Path(os.devnull)).open("w") as stdout:
        return subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi:app", *arguments],
            cwd=PROJECT,
            env={"PATH": os.environ["PATH"], **environment},
            input=given,
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )


@pytest.mark.parametrize(
    "arguments",
    [
        ["portfolio", "import", "-"],
        ["portfolio", "export"],
        ["portfolio", "history"],
        ["portfolio", "clean-images"],
        ["token", "create"],
        ["token", "list"],
    ],
    ids="-".join,
)
def test_the_database_is_away(make_app: Callable[..., APIFlask], arguments: list[str]) -> None:
    run = make_app(DATABASE_URL=NOWHERE).test_cli_runner()
    result = run.invoke(args=arguments, input=json.dumps(RESUME))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Error: The database is busy or away (connection failed: ")
    assert result.stderr.count("\n") == 1
    assert "secret-word" not in result.stderr


def test_a_row_is_locked(make_app: Callable[..., APIFlask]) -> None:
    app = make_app(DATABASE_LOCK_TIMEOUT="0.3")
    run = app.test_cli_runner()
    assert run.invoke(args=["portfolio", "import", "-"], input=json.dumps(RESUME)).exit_code == 0
    with app.app_context():
        engine = db.engine
    document = json.dumps(changed(basics={"name": "Ines Calder", "label": "New"}))
    with engine.begin() as holder:
        holder.execute(text("SELECT * FROM profiles FOR UPDATE"))
        result = run.invoke(args=["portfolio", "import", "-"], input=document)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "Error: The database is busy or away (canceling statement due to lock timeout).\n"
    )


def test_what_cannot_be_printed_is_said_with_what_is_done(
    environment: dict[str, str], client: FlaskClient
) -> None:
    cannot = "output cannot be written (No space left on device).\n"
    document = json.dumps(RESUME)
    result = flask(environment, "portfolio", "import", "-", output=FULL, given=document)
    assert (result.returncode, result.stderr) == (1, f"Error: It is done, but the {cannot}")
    assert client.get("/api/v1/profiles/").json["total"] == 1
    document = json.dumps(changed(basics={"name": "Jon Abara"}))
    for arguments in (
        ("portfolio", "import", "-", "--dry-run"),
        ("portfolio", "export"),
    ):
        result = flask(environment, *arguments, output=FULL, given=document)
        assert (result.returncode, result.stderr) == (1, f"Error: The {cannot}")
    assert client.get("/api/v1/profiles/").json["total"] == 1


def test_a_file_cannot_forge_what_is_told_of_it(app: APIFlask) -> None:
    run = app.test_cli_runner()
    hostile = "a\nprofile x: fine \x1b[2J\x9b\u202e\u2028"
    document = {
        "basics": {"name": "x", "url": f"https://example.org/{hostile}"},
        "work": [{"name": "y", "location": {"city": hostile}}],
        hostile: 1,
    }
    result = run.invoke(args=["portfolio", "import", "-"], input=json.dumps(document))
    assert result.exit_code == 0
    refused = {"basics": {"name": "x"}, "meta": {"x-portfolio": {hostile: 1}}}
    answer = run.invoke(args=["portfolio", "import", "-"], input=json.dumps(refused))
    assert answer.exit_code == 1
    nested = run.invoke(args=["portfolio", "import", "-"], input=json.dumps({hostile: document}))
    assert nested.exit_code == 1
    for said in (result.stdout, answer.stderr, nested.stderr):
        assert "\\nprofile x: fine \\x1b[2J" in said
        assert not [line for line in said.splitlines() if line.startswith("profile x: fine")]
        assert not set("\x1b\x9b\u202e\u2028") & set(said)
