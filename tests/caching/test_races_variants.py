"""The race of fills and writes again, with other ways to read and to write."""

import random
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

import pytest
from sqlalchemy import select, text

from portfolio.local.embedded import EmbeddedServers

from .conftest import REPORT, ROW, Process
from .place import ITEMS, Item, open_session
from .race import Dawdle, Race, Racers, racing_pairs, write_row
from .test_races import LONG_ROUNDS, both_tiers

ROUNDS = 100

at_length = pytest.mark.parametrize(
    "rounds", [ROUNDS, pytest.param(LONG_ROUNDS, marks=pytest.mark.soak)], ids=["short", "long"]
)


@pytest.fixture
def racers(servers: EmbeddedServers, item_database: str) -> Iterator[Racers]:
    with racing_pairs(servers, item_database) as make:
        yield make


def read_nested(process: Process, dawdle: Dawdle) -> Iterable[int]:
    """A value made of what it reads itself and of another cached value, read later."""

    def compute() -> list[int]:
        own = open_session().scalar(select(ITEMS.c.value).where(ITEMS.c.id == 1))
        dawdle()
        return [own, process.row(1, during=dawdle)]

    return cast(list[int], process.engine.fetch(REPORT, {}, compute).value)


def read_with_the_row_in_the_session(process: Process, dawdle: Dawdle) -> Iterable[int]:
    """The caller has loaded the row before, and it has been changed since."""

    def compute() -> int:
        item = open_session().get(Item, 1)
        assert item is not None
        value = item.value
        dawdle()
        return value

    with process.session() as session:
        held = session.get(Item, 1)
        dawdle()
        value = process.engine.fetch(ROW, {"id": 1}, compute).value
        del held
    return [value]


def read_or_refresh(process: Process, dawdle: Dawdle) -> Iterable[int]:
    """Every fourth time computed anew although a valid entry is there."""

    def compute() -> Any:
        value = process.query("SELECT value FROM item WHERE id = 1")
        dawdle()
        return value

    refresh = random.random() < 0.25
    return [process.engine.fetch(ROW, {"id": 1}, compute, refresh=refresh).value]


@both_tiers
@at_length
@pytest.mark.parametrize("read", [read_nested, read_with_the_row_in_the_session, read_or_refresh])
def test_other_ways_to_read(
    racers: Racers,
    memory: int,
    rounds: int,
    read: Callable[[Process, Dawdle], Iterable[int]],
) -> None:
    Race(racers(memory), rounds, read).check()


@both_tiers
@at_length
def test_a_writer_that_rolls_back_leaves_no_trace(racers: Racers, memory: int, rounds: int) -> None:
    def write(process: Process, value: int) -> bool:
        with process.session() as session:
            session.execute(text("UPDATE item SET value = -1 WHERE id = 1"))
            with session.begin_nested():
                session.execute(text("UPDATE item SET value = -2 WHERE id = 1"))
            assert process.row(1) == -2, "the writer itself sees it"
            session.rollback()
        return write_row(process, value)

    Race(racers(memory), rounds, write=write).check()


@both_tiers
@at_length
def test_joined_flights(racers: Racers, memory: int, rounds: int) -> None:
    pair = racers(memory)
    before = joined(pair[0])
    Race(pair, rounds, readers=(0,) * 12, longest=0.03, idle=0.03).check()
    assert joined(pair[0]) > before, "nobody joined anybody"


def joined(process: Process) -> int:
    return process.counters.totals().get("row", {}).get("shared", 0)
