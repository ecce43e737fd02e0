"""The embedded PostgreSQL: its cluster, its command line, its database and its address.

It starts no process that stays: `Program` says how, others start it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from portfolio.local.account import Account, make_private_folder
from portfolio.local.errors import LocalRuntimeError
from portfolio.local.program import Program
from portfolio.local.readiness import wait_while

SUPERUSER = "postgres"
ROLE = "portfolio"
DATABASE = "portfolio"
SOCKET_LOCK = ".s.PGSQL.5432.lock"
STOP_SECONDS = 10
START_SECONDS = 120
"""Long, because a server that crashed reads its log again before it answers."""

LASTING = {
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    "log_min_duration_statement": "1s",
}
THROWAWAY = {
    **LASTING,
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum_naptime": "1h",
    "shared_buffers": "64MB",
}
"""For tests: survives a killed server, as a test of that expects, but no crash of the machine."""


@dataclass(frozen=True)
class Postgres:
    """One embedded cluster. Only who may enter the 0700 socket folder can connect, as any role."""

    binaries: Path
    data: Path
    sockets: Path
    account: Account | None
    settings: dict[str, str]
    death_signal: str = "SIGQUIT"

    def url(self, database: str = DATABASE, role: str = ROLE) -> str:
        """Understood as it stands by SQLAlchemy, psycopg and psql."""
        folder = quote(str(self.sockets), safe="")
        return f"postgresql://{role}@/{quote(database, safe='')}?host={folder}"

    @property
    def superuser_url(self) -> str:
        return self.url("postgres", SUPERUSER)

    def program(self, name: str = "postgres") -> Program:
        """SIGINT: disconnect everybody and stop; SIGQUIT: end at once, recover at next start."""
        arguments = [str(self.binaries / "postgres"), "-D", str(self.data)]
        options = {
            "listen_addresses": "",
            "unix_socket_directories": _quote_list_item(str(self.sockets)),
            "unix_socket_permissions": "0700",
            **self.settings,
        }
        for key, value in options.items():
            arguments += ["-c", f"{key}={value}"]
        return Program(
            name,
            tuple(arguments),
            account=self.account,
            minimal_environment=True,
            stop_signal="SIGINT",
            stop_seconds=3,
            death_signal=self.death_signal,
        )


def create_cluster(postgres: Postgres, *, sync: bool = True) -> None:
    """Run initdb unless the folder already holds a finished cluster."""
    if (postgres.data / "PG_VERSION").is_file():
        check_owner(postgres)
        check_version(postgres)
        return
    # Beside its place, and moved there when it is whole: a kill must not leave half a cluster.
    fresh = postgres.data.with_name(f"{postgres.data.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    make_private_folder(fresh, postgres.account)
    command = [str(postgres.binaries / "initdb"), "-D", str(fresh), "-U", SUPERUSER]
    command += ["--encoding=UTF8", "--locale=C"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command += ["--auth-local=trust", "--auth-host=reject", "--no-instructions"]
    if not sync:
        command.append("--no-sync")
    result = subprocess.run(  # noqa: S603 - our own command
        command,
        user=postgres.account.uid if postgres.account else None,
        group=postgres.account.gid if postgres.account else None,
        extra_groups=[] if postgres.account else None,
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,  # Ctrl-C is ours to answer: a half made cluster helps nobody
    )
    if result.returncode != 0:
        raise LocalRuntimeError(f"initdb failed in {fresh}:\n{result.stderr.strip()}")
    fresh.replace(postgres.data)


def check_owner(postgres: Postgres) -> None:
    """A cluster is bound to its user as well: root runs it as another one than we do."""
    owner = (postgres.data / "PG_VERSION").stat().st_uid
    ours = postgres.account.uid if postgres.account else os.geteuid()
    if owner != ours:
        raise LocalRuntimeError(
            f"{postgres.data} was made by another user (uid {owner}): start as that user, or as "
            "root if it was root, or give another PORTFOLIO_VAR."
        )


def check_version(postgres: Postgres) -> None:
    """A cluster is bound to its major version; say so instead of letting the server loop."""
    written_by = (postgres.data / "PG_VERSION").read_text().strip()
    output = subprocess.run(  # noqa: S603 - our own command
        [str(postgres.binaries / "postgres"), "--version"],
        capture_output=True,
        text=True,
        check=True,
        start_new_session=True,
    ).stdout
    major = output.split()[-1].partition(".")[0]
    if written_by != major:
        raise LocalRuntimeError(
            f"{postgres.data} was written by PostgreSQL {written_by}, this is {major}: move it "
            "away to start afresh, or dump and restore it with the older version."
        )


def remove_stale_locks(postgres: Postgres) -> None:
    """After a crash of the machine the pid in a lock file may by now be anybody's.

    PostgreSQL would take any living process of its user for a running server and refuse. A server
    that is still ending is waited for.
    """
    for lock in [postgres.data / "postmaster.pid", postgres.sockets / SOCKET_LOCK]:
        try:
            pid = int(lock.read_text().split()[0])
        except (FileNotFoundError, ValueError, IndexError):
            continue
        if not wait_while(partial(_serves, pid, postgres.data), STOP_SECONDS):
            raise LocalRuntimeError(f"A PostgreSQL (pid {pid}) still runs on {postgres.data}.")
        lock.unlink(missing_ok=True)


def _serves(pid: int, data: Path) -> bool:
    """A server works in its data folder; a zombie works nowhere."""
    try:
        return os.readlink(f"/proc/{pid}/cwd") == str(data.resolve())
    except OSError:
        return False


def prepare_database(postgres: Postgres) -> None:
    """The ordinary role that everything connects as, its database, and pgvector in every one.

    pgvector is not a trusted extension: only the superuser can install it, so it goes into the
    template that new databases are copied from.
    """
    with psycopg.connect(postgres.superuser_url, autocommit=True) as connection:
        roles = connection.execute("select 1 from pg_roles where rolname = %s", [ROLE])
        if roles.fetchone() is None:
            role = sql.Identifier(ROLE)
            connection.execute(sql.SQL("create role {} login createdb").format(role))
        exists = connection.execute("select 1 from pg_database where datname = %s", [DATABASE])
        if exists.fetchone() is not None:
            return
    with psycopg.connect(postgres.url("template1", SUPERUSER), autocommit=True) as connection:
        connection.execute("create extension if not exists vector")
    with psycopg.connect(postgres.superuser_url, autocommit=True) as connection:
        create_database(connection, DATABASE)


def create_database(connection: psycopg.Connection, name: str) -> None:
    statement = sql.SQL("create database {} owner {}")
    connection.execute(statement.format(sql.Identifier(name), sql.Identifier(ROLE)))


def _quote_list_item(folder: str) -> str:
    """unix_socket_directories is a list: quotes keep a comma or blank inside one folder."""
    return '"' + folder.replace('"', '""') + '"'
