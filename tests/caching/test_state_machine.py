"""Any order of reads, writes, outages and losses, in three processes, against a model."""

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import create_engine

from portfolio.caching import breaker
from portfolio.caching.postgres_adapter import source
from portfolio.caching.redis_adapter import push
from portfolio.local.embedded import EmbeddedServers

from . import model
from .machine import CacheMachine
from .model import ROW, SCHEMA, Read


@pytest.fixture(scope="module")
def database(servers: EmbeddedServers) -> str:
    url = servers.create_database("machine")
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in SCHEMA:
            connection.exec_driver_sql(statement)
    engine.dispose()
    return url


@pytest.fixture(autouse=True)
def without_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Back at once after an outage; and nobody but the rules looks at the outbox."""
    monkeypatch.setattr(breaker, "FIRST_RETRY", 0.005)
    monkeypatch.setattr(push, "HEARTBEAT_INTERVAL", 0.04)
    monkeypatch.setattr(source, "ATTENTION", 3600.0)


def run(servers: EmbeddedServers, database: str, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        lambda: CacheMachine(servers, database),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )


def test_no_order_of_events_serves_what_is_not_true(
    servers: EmbeddedServers, database: str
) -> None:
    run(servers, database, examples=20, steps=40)


@pytest.mark.parametrize("number", [0, 1], ids=["redis", "memory"])
def test_what_was_found_to_be_gone_does_not_come_back(
    servers: EmbeddedServers, database: str, number: int
) -> None:
    """Not even while nobody was told that it went."""
    machine, gone = CacheMachine(servers, database), Read(ROW, 1)
    try:
        for _ in range(3):
            machine.read(number, gone, heard=True)
        machine.write_with_another_program(model.delete_item(1), relay=False)
        machine.refresh(number, gone)
        machine.read(number, gone, heard=True)
    finally:
        machine.teardown()


@pytest.mark.soak
def test_no_order_of_events_serves_what_is_not_true_at_length(
    servers: EmbeddedServers, database: str
) -> None:
    run(servers, database, examples=int(os.environ.get("SOAK_ROUNDS", "10000")) // 20, steps=100)
