"""A writer that is killed between its commit and its flush: whoever lives carries the change."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import event

from portfolio.caching.postgres_adapter.relay import run_relay
from portfolio.local.embedded import EmbeddedServers
from tests.waiting import until

from .conftest import Process, make_process

ROOT = Path(__file__).parents[2]
BOUND = 2.5
"""Seconds that the documentation states for failures, at most."""
MOMENTS = ("before the flush", "before Redis is told", "before the outbox is emptied")


def write_and_die(database: str, redis_url: str, ledger_url: str, moment: str) -> None:
    """What the writer's process runs; it ends by SIGKILL at the moment named."""
    addresses = SimpleNamespace(redis_url=redis_url, celery_broker_url=ledger_url)
    process = make_process(cast(EmbeddedServers, addresses), database)

    def die(*_: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def die_before_the_delete(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("DELETE FROM cache_outbox"):
            die()

    if moment == "before the flush":
        process.source.outbox.flush = die  # type: ignore[assignment, method-assign]
    elif moment == "before Redis is told":
        process.store.invalidate = die  # type: ignore[method-assign]
    else:
        event.listen(process.source._own, "before_cursor_execute", die_before_the_delete)
    process.write("UPDATE item SET value = 11 WHERE id = 1")
    print("still alive")


def crash(servers: EmbeddedServers, database: str, moment: str) -> None:
    """Let a process of its own commit and be killed."""
    code = f"import sys, {__name__} as module; module.write_and_die(*sys.argv[1:])"
    arguments = [database, servers.redis_url, servers.celery_broker_url, moment]
    ended = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True
    )
    assert (ended.returncode, ended.stdout) == (-signal.SIGKILL, ""), ended.stderr


def wait_until_fresh(*readers: Process) -> None:
    """All of them are, once the bound is over."""
    until(lambda: [reader.row(1) for reader in readers] == [11] * len(readers), BOUND)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("memory", [0, 1_000_000], ids=["redis", "memory"])
def test_other_processes_carry_it_without_a_relay(
    servers: EmbeddedServers, item_database: str, processes: tuple[Process, Process], moment: str
) -> None:
    for reader in processes * 3:
        assert reader.row(1) == 10
    crash(servers, item_database, moment)
    wait_until_fresh(*processes)
    for reader in processes:
        assert [reader.row(1), reader.total()] == [11, 61]
    until(lambda: processes[0].source.outbox.pending()[0] == 0)


def test_the_relay_carries_it(
    servers: EmbeddedServers, item_database: str, processes: tuple[Process, Process]
) -> None:
    reader, relay = processes
    with relaying(relay, item_database):
        assert reader.row(1) == 10
        crash(servers, item_database, "before the flush")
        wait_until_fresh(reader)
        until(lambda: relay.source.outbox.pending()[0] == 0)


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_next_writer_carries_it(
    servers: EmbeddedServers, item_database: str, processes: tuple[Process, Process], moment: str
) -> None:
    reader, writer = processes
    assert reader.row(1) == 10
    crash(servers, item_database, moment)
    writer.write("UPDATE item SET value = 0 WHERE id = 3")
    assert reader.row(1) == 11
    assert writer.source.outbox.pending()[0] == 0


@contextmanager
def relaying(process: Process, database: str) -> Iterator[None]:
    stop = threading.Event()
    arguments = (database, process.source, process.store, stop)
    relay = threading.Thread(target=run_relay, args=arguments)
    relay.start()
    try:
        yield
    finally:
        stop.set()
        relay.join(5)
