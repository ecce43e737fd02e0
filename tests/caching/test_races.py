"""Fills racing writes: a superseded value never comes back, and a control shows it would show."""

import os
from collections.abc import Iterator

import pytest

from portfolio.caching.store import Found
from portfolio.local.embedded import EmbeddedServers

from .conftest import ROW, Process
from .race import Race, Racers, racing_pairs

ROUNDS = 300
LONG_ROUNDS = int(os.environ.get("SOAK_ROUNDS", "10000"))

both_tiers = pytest.mark.parametrize("memory", [0, 1_000_000], ids=["redis", "memory"])


@pytest.fixture
def racers(servers: EmbeddedServers, item_database: str) -> Iterator[Racers]:
    with racing_pairs(servers, item_database) as make:
        yield make


@both_tiers
@pytest.mark.parametrize(
    "rounds", [ROUNDS, pytest.param(LONG_ROUNDS, marks=pytest.mark.soak)], ids=["short", "long"]
)
def test_a_superseded_value_never_comes_back(racers: Racers, memory: int, rounds: int) -> None:
    Race(racers(memory), rounds).check()


def test_without_tokens_the_race_is_lost(racers: Racers, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: entries without tokens, removed at each write, as caches are often built."""
    pair = racers(0)
    for process in pair[:2]:
        take_tokens_away(process, monkeypatch)
    race = Race(pair, ROUNDS)
    race.run()
    assert race.wrong


def take_tokens_away(process: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    store, read = process.store, process.store.read

    def read_without(key: str, tags: tuple[str, ...]) -> Found:
        found = read(key, tags)
        return Found(found.data, found.ttl, (b"same",) * len(tags))

    def remove_entry(_tags: object) -> None:
        store.delete(list(store.keys(process.engine.pattern(ROW))))

    monkeypatch.setattr(store, "read", read_without)
    monkeypatch.setattr(store, "peek", lambda tags: [b"same"] * len(tags))
    monkeypatch.setattr(store, "invalidate", remove_entry)
