"""Writers that know nothing of the cache: a role without rights on it, and a restore."""

import secrets
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from portfolio.local.postgres_binaries import find_packaged_binaries

from .conftest import TOKEN, System
from .traffic import BOUND

PATHS = ("/api/v1/projects/{slug}/", "/api/v1/projects/", "/api/v1/projects/featured/", "/")


def run_tool(name: str, *arguments: str, role_url: str) -> str:
    """One of PostgreSQL's own programs."""
    command = [str(find_packaged_binaries() / name), *arguments, role_url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def featured(system: System) -> dict[str, str]:
    project: dict[str, str] = system.ask("/api/v1/projects/featured/").json()["items"][0]
    return project


def rename(system: System, project: dict[str, str], title: str) -> None:
    address = f"/api/v1/projects/{project['id']}/"
    done = system.ask(address, "PATCH", token=TOKEN, json={"title": title})
    assert done.status_code == 200, done.text


def everyone_says(system: System, slug: str, title: str) -> None:
    """Within the bound, every worker answers the title on every page; never again another."""
    end = time.monotonic() + BOUND
    for path in PATHS:
        while True:
            begun = time.monotonic()
            answers = system.ask_everyone(path.format(slug=slug), 6)
            if all(title in answer.text for answer in answers):
                break
            assert begun < end, f"{path} without {title!r} after {BOUND} s"
    for path in PATHS:
        for answer in system.ask_everyone(path.format(slug=slug), 6):
            assert title in answer.text


@pytest.fixture
def stranger(sample: System) -> Iterator[str]:
    """The address of the database for a role that may write projects and nothing else."""
    role, owner = f"stranger_{secrets.token_hex(4)}", sample.environment["DATABASE_URL"]
    superuser = owner.replace("//portfolio@", "//postgres@")
    with psycopg.connect(superuser, autocommit=True) as connection:
        name = sql.Identifier(role)
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
        connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name))
        connection.execute(
            sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON projects TO {}").format(name)
        )
        yield owner.replace("//portfolio@", f"//{role}@")
        connection.execute(sql.SQL("DROP OWNED BY {}").format(name))
        connection.execute(sql.SQL("DROP ROLE {}").format(name))


def test_a_role_without_rights_on_the_cache_is_a_writer_like_any_other(
    sample: System, stranger: str
) -> None:
    project = featured(sample)
    slug = project["slug"]
    with psycopg.connect(stranger, autocommit=True) as connection:
        for table in ("cache_outbox", "cache_state"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))
        # As pg_dump's scripts do, and as somebody would who wants to be called instead.
        connection.execute("SELECT set_config('search_path', '', false)")
        for number in range(3):
            everyone_says(sample, slug, project["title"] if number == 0 else f"Strange {number}")
            connection.execute(
                "UPDATE public.projects SET title = %s WHERE slug = %s",
                (f"Strange {number + 1}", slug),
            )
            everyone_says(sample, slug, f"Strange {number + 1}")


@pytest.mark.parametrize("triggers", ["", "SET session_replication_role = replica;"])
def test_a_replica_role_and_a_copy_are_noticed(sample: System, triggers: str) -> None:
    """What a restore of data alone does: triggers of the ordinary kind stay silent then."""
    project = featured(sample)
    superuser = sample.environment["DATABASE_URL"].replace("//portfolio@", "//postgres@")
    with psycopg.connect(superuser) as connection:
        if triggers:
            connection.execute(triggers)
        connection.execute("CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT * FROM projects")
        connection.execute("UPDATE kept SET title = 'Copied' WHERE slug = %s", (project["slug"],))
        with connection.cursor() as cursor:
            with cursor.copy("COPY kept TO STDOUT") as copy:
                rows = b"".join(bytes(part) for part in copy)
            cursor.execute("DELETE FROM projects")
            with cursor.copy("COPY projects FROM STDIN") as copy:
                copy.write(rows)
    everyone_says(sample, project["slug"], "Copied")


@pytest.mark.parametrize("single_transaction", [True, False], ids=["at once", "bit by bit"])
def test_a_restore_over_the_running_database_is_noticed(
    sample: System, tmp_path: Path, single_transaction: bool
) -> None:
    """Tables, triggers and the cache's own state are dropped and made again from the dump."""
    url, project = sample.environment["DATABASE_URL"], featured(sample)
    rename(sample, project, "Before the dump")
    script = tmp_path / "dump.sql"
    options = ("--clean", "--if-exists", "--exclude-extension=vector", f"--file={script}")
    run_tool("pg_dump", *options, role_url=url)
    rename(sample, project, "After the dump")
    everyone_says(sample, project["slug"], "After the dump")
    once = ("--single-transaction",) if single_transaction else ()
    psql = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", *once, f"--file={script}")
    run_tool("psql", *psql, role_url=url)
    everyone_says(sample, project["slug"], "Before the dump")
    rename(sample, project, "Later")
    everyone_says(sample, project["slug"], "Later")
