"""A dump brings its history along: restoring it adds nothing to it."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from flask_migrate import upgrade
from sqlalchemy import text

from portfolio.command_app import create_command_app
from portfolio.config import Settings
from portfolio.extensions import act_as, db
from portfolio.local.embedded import EmbeddedServers
from portfolio.local.postgres_binaries import find_packaged_binaries
from portfolio.services.imports.importing import import_resume
from portfolio.services.imports.resume_reading import read_resume
from tests.conftest import close_app

SAMPLE = Path("portfolio/local/sample.json")
TABLES = ("changes", "profiles", "projects", "resume_work", "resume_skills")


def run_tool(name: str, *arguments: str) -> None:
    done = subprocess.run(
        [str(find_packaged_binaries() / name), *arguments], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def migrated(servers: EmbeddedServers, environment: dict[str, str]) -> Callable[[str], str]:
    """Makes a database with the schema in place and gives its address."""

    def make(name: str) -> str:
        url = servers.create_database(name)
        app = create_command_app(Settings.load({**environment, "DATABASE_URL": url}))
        with app.app_context():
            upgrade()
        close_app(app)
        return url

    return make


def counts(environment: dict[str, str], url: str, *, fill: bool = False) -> dict[str, int]:
    """Rows in each table; with `fill` once the sample is in."""
    app = create_command_app(Settings.load({**environment, "DATABASE_URL": url}))
    with app.app_context():
        if fill:
            act_as("test")
            import_resume(read_resume(SAMPLE.read_bytes()))
        found = {
            table: db.session.scalar(text(f"SELECT count(*) FROM {table}")) or 0 for table in TABLES
        }
        db.session.rollback()
    close_app(app)
    return found


def test_a_restore_over_the_content(
    environment: dict[str, str], migrated: Callable[[str], str], tmp_path: Path
) -> None:
    url, dump = migrated("history_whole"), str(tmp_path / "dump")
    before = counts(environment, url, fill=True)
    assert before["changes"] > 50
    run_tool("pg_dump", "--format=custom", "--exclude-extension=vector", f"--file={dump}", url)
    run_tool("pg_restore", "--clean", "--if-exists", "--no-owner", f"--dbname={url}", dump)
    assert counts(environment, url) == before


def test_a_restore_of_the_data_alone(
    environment: dict[str, str], migrated: Callable[[str], str], tmp_path: Path
) -> None:
    url, dump = migrated("history_from"), str(tmp_path / "dump")
    before = counts(environment, url, fill=True)
    run_tool("pg_dump", "--format=custom", "--data-only", f"--file={dump}", url)
    empty = migrated("history_to")
    chosen = [f"--table={table}" for table in TABLES]
    run_tool("pg_restore", "--data-only", *chosen, f"--dbname={empty}", dump)
    assert counts(environment, empty) == before
