"""Embedded servers for one test session: started here, stopped here, gone with their process.

For tests and benchmarks only; `make run` has the supervisor instead.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from portfolio.local import postgres as pg
from portfolio.local.account import Account, can_enter, find_server_account
from portfolio.local.postgres_binaries import find_binaries
from portfolio.local.readiness import postgres_answers, redis_answers
from portfolio.local.redis_servers import (
    CACHE_SETTINGS,
    DURABLE_SETTINGS,
    RedisServer,
    write_configuration,
)
from portfolio.local.server_process import ServerProcess
from portfolio.local.sockets import choose_port, make_socket_folder

FOLDER_PREFIX = "portfolio-servers-"
LOCK_FILE = "in-use"


@dataclass(frozen=True)
class EmbeddedServers:
    """Addresses of running servers, and a handle on each for tests of outages."""

    database_url: str
    superuser_url: str
    redis_url: str
    celery_broker_url: str
    postgres: ServerProcess
    redis_cache: ServerProcess
    redis_durable: ServerProcess
    cluster: pg.Postgres

    @property
    def environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "CELERY_BROKER_URL": self.celery_broker_url,
        }

    def create_database(self, name: str) -> str:
        """A fresh, empty database with pgvector, owned by the ordinary role; its address."""
        with psycopg.connect(self.superuser_url, autocommit=True) as connection:
            pg.create_database(connection, name)
        return self.cluster.url(name)


@contextmanager
def embedded_servers(folder: Path | None = None) -> Iterator[EmbeddedServers]:
    """PostgreSQL and both Redis, empty and fast; `folder` keeps their files, else nothing does."""
    account = find_server_account()
    with ExitStack() as stack:
        home = stack.enter_context(throwaway_folder()) if folder is None else folder
        data = home
        if not can_enter(account, home):
            data = stack.enter_context(throwaway_folder())
        # The kernel ends a server with the thread that started it: this thread lives until the
        # servers were stopped, whichever thread asks for a start.
        starter = stack.enter_context(ThreadPoolExecutor(1, thread_name_prefix="server-starter"))

        sockets = make_socket_folder(data / "socket", pg.SOCKET_LOCK, account)
        if sockets != data / "socket":
            stack.callback(shutil.rmtree, sockets, ignore_errors=True)
        cluster = make_cluster(data, sockets, account)
        postgres = ServerProcess(
            cluster.program(),
            home / "postgres.log",
            lambda: postgres_answers(cluster.superuser_url),
            starter,
        )
        cache = make_redis("redis-cache", home, CACHE_SETTINGS, frozenset())
        durable = make_redis("redis-durable", home, DURABLE_SETTINGS, frozenset([cache.port]))
        handles = [postgres]
        for server in [cache, durable]:
            handles.append(make_redis_process(server, home, starter))
        for handle in handles:
            stack.callback(handle.stop)
            handle.launch()
        for handle in handles:
            handle.wait()
        pg.prepare_database(cluster)
        yield EmbeddedServers(
            database_url=cluster.url(),
            superuser_url=cluster.superuser_url,
            redis_url=cache.url,
            celery_broker_url=durable.url,
            postgres=handles[0],
            redis_cache=handles[1],
            redis_durable=handles[2],
            cluster=cluster,
        )


def make_cluster(data: Path, sockets: Path, account: Account | None) -> pg.Postgres:
    binaries = find_binaries(account)
    folder = data / "postgres"
    # SIGKILL, because a server that a test has suspended hears nothing else.
    cluster = pg.Postgres(binaries, folder, sockets, account, pg.THROWAWAY, "SIGKILL")
    pg.create_cluster(cluster, sync=False)
    return cluster


def make_redis(
    name: str, home: Path, settings: dict[str, str], avoid: frozenset[int]
) -> RedisServer:
    port = choose_port(avoid=avoid)
    server = RedisServer(name, home / name, port, secrets.token_hex(16), settings)
    write_configuration(server)
    return server


def make_redis_process(
    server: RedisServer, home: Path, starter: ThreadPoolExecutor
) -> ServerProcess:
    log = home / f"{server.name}.log"
    return ServerProcess(server.program(), log, lambda: redis_answers(server.url), starter)


@contextmanager
def throwaway_folder() -> Iterator[Path]:
    """A folder that other users can pass; those that killed processes left behind go first."""
    parent = Path(tempfile.gettempdir())
    for left_behind in parent.glob(f"{FOLDER_PREFIX}*"):
        remove_unless_in_use(left_behind)
    folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX, dir=parent))
    lock = os.open(folder / LOCK_FILE, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder.chmod(0o711)
        yield folder
    finally:
        os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)


def remove_unless_in_use(folder: Path) -> None:
    """Nothing is removed that is not ours, or whose owner still holds its lock."""
    try:
        if folder.lstat().st_uid != os.geteuid():
            return
        lock = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_NOFOLLOW)
    except OSError:
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    else:
        end_suspended_backends(folder / "postgres")
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)


def end_suspended_backends(data: Path) -> None:
    """The server died with its test; of its children, those stopped in a test could not."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (process / "cwd").readlink() == data:
                os.kill(int(process.name), signal.SIGKILL)
