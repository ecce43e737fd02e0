"""The race of fills and writes again, while threads, the relay or Redis are disturbed."""

import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
import redis
from sqlalchemy import text

from portfolio.caching.postgres_adapter import source
from portfolio.caching.postgres_adapter.relay import run_relay
from portfolio.local.embedded import EmbeddedServers
from tests.waiting import until

from .conftest import Process, make_process
from .race import Pair, Race, Racers, racing_pairs, write_row
from .test_races import LONG_ROUNDS, both_tiers

ROUNDS = 100
ROOT = Path(__file__).parents[2]

at_length = pytest.mark.parametrize(
    "rounds", [ROUNDS, pytest.param(LONG_ROUNDS, marks=pytest.mark.soak)], ids=["short", "long"]
)


@pytest.fixture
def racers(servers: EmbeddedServers, item_database: str) -> Iterator[Racers]:
    with racing_pairs(servers, item_database) as make:
        yield make


@both_tiers
@at_length
def test_busy_threads(racers: Racers, memory: int, rounds: int) -> None:
    with busy_threads(4):
        Race(racers(memory), rounds // 5).check()


@contextmanager
def busy_threads(number: int) -> Iterator[None]:
    """Threads that never wait; they give way often enough for the race to end in time."""
    stop, interval = threading.Event(), sys.getswitchinterval()

    def spin() -> None:
        while not stop.is_set():
            sum(range(2000))

    threads = [threading.Thread(target=spin) for _ in range(number)]
    sys.setswitchinterval(0.0005)
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()
        sys.setswitchinterval(interval)


@both_tiers
@at_length
def test_a_relay_that_stops_in_the_middle_of_its_work(
    racers: Racers,
    memory: int,
    rounds: int,
    servers: EmbeddedServers,
    item_database: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Half of the writes are raw: no session tells of them, only the database does."""
    monkeypatch.setattr(source, "ATTENTION", 0.05)
    monkeypatch.setattr(source, "OVERDUE", 0.1)

    def write(process: Process, value: int) -> bool:
        if value % 2:
            return write_row(process, value)
        with process.sql.begin() as connection:
            connection.execute(text("UPDATE item SET value = :v WHERE id = 1"), {"v": value})
        return False

    pair = racers(memory)
    with relay_that_stops(servers, item_database):
        Race(pair, rounds // 2 * 2, write=write).check()


@contextmanager
def relay_that_stops(servers: EmbeddedServers, database: str) -> Iterator[None]:
    """A relay in a process of its own, which is stopped and continued at random moments."""
    code = f"import sys, {__name__} as module; module.be_the_relay(*sys.argv[1:])"
    arguments = [database, servers.redis_url, servers.celery_broker_url]
    relay = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, stdin=-1, stdout=-1, text=True
    )
    assert relay.stdin
    assert relay.stdout
    assert relay.stdout.readline() == "ready\n"
    done, dice = threading.Event(), random.Random(5)

    def disturb() -> None:
        while not done.wait(dice.random() * 0.01):
            relay.send_signal(signal.SIGSTOP)
            done.wait(dice.random() * 0.2)
            relay.send_signal(signal.SIGCONT)

    disturbing = threading.Thread(target=disturb)
    disturbing.start()
    try:
        yield
        assert relay.poll() is None, "the relay did not last"
    finally:
        done.set()
        disturbing.join()
        relay.stdin.close()
        relay.wait(10)
        relay.stdout.close()


def be_the_relay(database: str, redis_url: str, ledger_url: str) -> None:
    """What the relay's process runs, until its standard input ends."""
    addresses = SimpleNamespace(redis_url=redis_url, celery_broker_url=ledger_url)
    process = make_process(cast(EmbeddedServers, addresses), database)
    stop = threading.Event()
    relay = threading.Thread(target=run_relay, args=(database, process.source, process.store, stop))
    relay.start()
    print("ready", flush=True)
    sys.stdin.read()
    stop.set()
    relay.join()
    process.close()


@both_tiers
@at_length
def test_redis_that_restarts_with_old_data(
    racers: Racers, memory: int, rounds: int, servers: EmbeddedServers
) -> None:
    pair, writing = racers(memory), threading.Lock()

    def write(process: Process, value: int) -> bool:
        with writing:
            return write_row(process, value)

    with redis_that_restarts(servers, pair, writing) as restarts:
        Race(pair, rounds * 2, write=write).check()
    assert restarts


@contextmanager
def redis_that_restarts(
    servers: EmbeddedServers, pair: Pair, writing: threading.Lock
) -> Iterator[list[int]]:
    """Again and again, with the data of a while ago, sometimes while nobody writes."""
    done, dice, restarts = threading.Event(), random.Random(6), []
    with redis.Redis.from_url(servers.redis_url) as client:
        dump = Path(client.config_get("dir")["dir"], client.config_get("dbfilename")["dbfilename"])

        def restart() -> None:
            servers.redis_cache.restart()
            restarts.append(client.dbsize())

        def disturb() -> None:
            while not done.wait(dice.random() * 0.2):
                client.save()
                done.wait(dice.random() * 0.1)
                if dice.random() < 0.3:
                    restart()
                    continue
                # No write that comes after it helps to tell that the data are old.
                with writing:
                    restart()
                    done.wait(0.05)
                    until(lambda: all(process.store.available for process in pair[:2]))
                    done.wait(0.02)

        disturbing = threading.Thread(target=disturb)
        disturbing.start()
        try:
            yield restarts
        finally:
            done.set()
            disturbing.join()
            dump.unlink()
    assert all(restarts), "there was no old data"
