"""The servers of a test session: real, resumable after every accident, and never left behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from portfolio.local.embedded import (
    FOLDER_PREFIX,
    EmbeddedServers,
    embedded_servers,
    throwaway_folder,
)
from portfolio.local.preflight import PROJECT
from portfolio.local.readiness import connect_redis
from portfolio.local.redis_servers import find_redis_server
from tests.local.instance import GONE_SECONDS, seconds_until_gone

SESSION = """
import sys
from portfolio.local.embedded import embedded_servers
with embedded_servers() as servers:
    servers.postgres.suspend()
    print(servers.cluster.data.parent, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def own() -> "pytest.Generator[EmbeddedServers]":
    with embedded_servers() as running:
        yield running


def test_addresses_are_usable_as_they_stand_by_the_usual_tools(own: EmbeddedServers) -> None:
    psql = own.cluster.binaries / "psql"
    query = "select current_user, '[1,2]'::vector, lower('ÄÖ')"
    answer = subprocess.run([psql, own.database_url, "-Atc", query], capture_output=True, text=True)
    assert answer.stdout == "portfolio|[1,2]|äö\n"
    client = find_redis_server().with_name("redis-cli")
    for url, policy in [(own.redis_url, "allkeys-lfu"), (own.celery_broker_url, "noeviction")]:
        question = [client, "-u", url, "config", "get", "maxmemory-policy"]
        answer = subprocess.run(question, capture_output=True, text=True)
        assert answer.stdout.split() == ["maxmemory-policy", policy]


def test_nobody_gets_in_without_the_password(own: EmbeddedServers) -> None:
    port = own.redis_url.rpartition(":")[2]
    with (
        connect_redis(f"redis://127.0.0.1:{port}") as stranger,
        pytest.raises(redis.AuthenticationError),
    ):
        stranger.ping()
    command = " ".join(psutil.Process(own.redis_cache.pid).cmdline())
    assert own.redis_url.split(":")[2].partition("@")[0] not in command


def test_the_socket_folder_is_private_and_there_is_no_port(own: EmbeddedServers) -> None:
    assert own.cluster.sockets.stat().st_mode & 0o777 == 0o700
    assert psutil.Process(own.postgres.pid).net_connections("inet") == []


def test_the_role_is_no_superuser_but_may_create_databases(own: EmbeddedServers) -> None:
    with psycopg.connect(own.create_database("another")) as connection:
        connection.execute("create extension if not exists vector")
        found = connection.execute("select usesuper, usecreatedb from pg_user where usename = user")
        assert found.fetchone() == (False, True)


def test_data_survives_a_killed_database(own: EmbeddedServers) -> None:
    with psycopg.connect(own.database_url) as connection:
        connection.execute("create table kept (value text)")
        connection.execute("insert into kept values ('here')")
    own.postgres.kill()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(own.database_url)
    own.postgres.restart()
    with psycopg.connect(own.database_url) as connection:
        assert connection.execute("select value from kept").fetchone() == ("here",)


def test_the_durable_redis_forgets_nothing_and_the_cache_everything(own: EmbeddedServers) -> None:
    for url, server, expected in [
        (own.celery_broker_url, own.redis_durable, b"here"),
        (own.redis_url, own.redis_cache, None),
    ]:
        with connect_redis(url) as client:
            client.set("kept", "here")
            server.kill()
            with pytest.raises(redis.ConnectionError):
                client.get("kept")
            server.start()
            assert client.get("kept") == expected


def test_suspended_servers_hang_and_go_on_where_they_were(own: EmbeddedServers) -> None:
    hasty = redis.Redis.from_url(own.redis_url, socket_timeout=0.2, retry=None)
    with connect_redis(own.redis_url) as client, hasty:
        client.set("before", "here")
        own.redis_cache.suspend()
        with pytest.raises(redis.TimeoutError):
            hasty.get("before")
        own.redis_cache.resume()
        assert client.get("before") == b"here"


def test_nothing_is_left_of_a_killed_session_not_even_what_it_had_suspended() -> None:
    session = subprocess.Popen(
        [sys.executable, "-c", SESSION],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert session.stdout is not None
    folder = Path(session.stdout.readline().strip())
    below = psutil.Process(session.pid).children(recursive=True)
    servers = [process for process in below if process.ppid() == session.pid]
    assert len(servers) == 3
    assert folder.name.startswith(FOLDER_PREFIX)
    session.send_signal(signal.SIGKILL)
    session.communicate()
    seconds_until_gone(servers, GONE_SECONDS)
    # The next session sweeps up: the suspended children of PostgreSQL, and the files.
    with throwaway_folder():
        seconds_until_gone(below, GONE_SECONDS)
        assert not folder.exists()


def test_a_folder_of_ones_own_keeps_its_files(tmp_path: Path) -> None:
    with embedded_servers(tmp_path) as servers:
        pids = [servers.postgres.pid, servers.redis_cache.pid, servers.redis_durable.pid]
    assert (tmp_path / "postgres.log").exists()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
