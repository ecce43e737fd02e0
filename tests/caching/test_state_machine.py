"""Any order of reads, writes, outages and losses, in three processes, against a model."""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import redis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from portfolio.caching import breaker, postgres, push
from portfolio.caching.breaker import StoreUnavailable
from portfolio.caching.triggers import INSTALL, watch
from portfolio.local.embedded import EmbeddedServers

from . import model
from .model import FILL, IDS, POLICIES, READS, REPORT, SCHEMA, START, Change, Read, State
from .place import Item, Place
from .test_push import until

numbers = st.sampled_from(IDS)
values = st.integers(0, 5)
changes = st.one_of(
    st.builds(model.set_value, numbers, values),
    st.builds(model.put_item, numbers, values),
    st.builds(model.add_to_all, st.integers(0, 2)),
    st.builds(model.delete_item, numbers),
    st.builds(model.move_item, numbers, numbers),
    st.builds(model.put_part, numbers, numbers, values),
    st.builds(model.add_crowd),
)
# A truncated table cannot be read by anybody before the commit.
changes_alone = changes | st.builds(model.truncate, st.sampled_from(["item", "part"]))
places = st.integers(0, 2)
some_keys = st.sets(st.integers(0, 40), min_size=1, max_size=5)


class CacheMachine(RuleBasedStateMachine):
    """The rules. What a process may see is kept as numbers of states in `history`.

    Attributes:
        told: for each policy, the last state that Redis has been told of.
        low: for each process, the same as far as it has surely heard.
        seen: for each process and read, the last state that it has seen, at least.
        stored: reads that were computed and stored, and that nothing has happened to since.
        untold: reads whose tags wait in the outbox.
        open: states of the open transaction, one for each savepoint and one for the whole, with
            the reads that it touches.
    """

    def __init__(self, servers: EmbeddedServers, database: str) -> None:
        super().__init__()
        self.servers = servers
        self.sql = create_engine(database)
        self.client = redis.Redis.from_url(servers.redis_url)
        with self.sql.begin() as connection:
            for statement in (*FILL, "DELETE FROM cache_outbox"):
                connection.execute(text(statement))
        self.client.flushall()
        self.places = [Place(servers, database, memory) for memory in (0, 1_000_000, 1_000_000)]
        self.history = [START]
        self.told = dict.fromkeys(POLICIES, 0)
        self.low = [dict(self.told) for _ in self.places]
        self.seen: list[dict[tuple[Read, Read], int]] = [{} for _ in self.places]
        self.stored: set[Read] = set()
        self.untold: set[Read] = set()
        self.writer: int | None = None
        self.open: list[tuple[State, set[Read]]] = []
        self.dump: Path | None = None

    def teardown(self) -> None:
        for place in self.places:
            place.close()
        if self.dump is not None:
            self.dump.unlink()
        self.client.close()
        self.sql.dispose()

    # What is read.

    @rule(number=places, read=st.sampled_from(READS), heard=st.booleans())
    def read(self, number: int, read: Read, heard: bool) -> None:
        self._read(number, read, heard)

    @rule(wanted=st.lists(st.tuples(places, st.sampled_from(READS)), min_size=3, max_size=8))
    def read_several(self, wanted: list[tuple[int, Read]]) -> None:
        for number, read in wanted:
            self._read(number, read, True)

    @rule(number=places, read=st.sampled_from(READS))
    def refresh(self, number: int, read: Read) -> None:
        place = self.places[number]
        if place.is_whole:
            before = len(place.process.computed)
            found = place.fetch(read, refresh=True)
            self._check(number, found, read)
            assert place.process.computed[before] == read, "it was to be computed anew"
            self.stored.update(place.process.computed[before:])
            if read.policy is not REPORT:
                assert found == {read: self.history[-1].value(read)}

    def _read(self, number: int, read: Read, heard: bool) -> None:
        place = self.places[number]
        if heard or not place.memory:
            self._hear(number)
        whole, before = place.is_whole, len(place.process.computed)
        found = place.fetch(read)
        computed = place.process.computed[before:]
        self._check(number, found, read)
        if whole:
            assert not (computed and read in self.stored), f"{read} was computed again"
            self.stored.update(computed)

    def _hear(self, number: int) -> None:
        place = self.places[number]
        if place.gate.is_open:
            place.hear()
            self.low[number].update(self.told)

    def _check(self, number: int, found: dict[Read, Any], read: Read) -> None:
        newest = len(self.history) - 1
        for part, value in found.items():
            # Without Redis it came from the database.
            asked = self.places[number].asks_redis
            least = self.low[number][part.policy.name] if asked else newest
            least = max(least, self.seen[number].get((read, part), 0))
            right = [i for i in range(least, newest + 1) if self.history[i].value(part) == value]
            assert right, f"{number} read {value} for {part}, not of state {least} to {newest}"
            self.seen[number][read, part] = right[0]

    # What is written.

    @precondition(lambda self: self.writer is None)
    @rule(number=places, change=changes_alone)
    def write(self, number: int, change: Change) -> None:
        after, touched = self._foresee(self.history[-1], change)
        self.places[number].write(lambda session: change.run(session.execute))
        self._committed(number, after, touched)

    @precondition(lambda self: self.writer is None)
    @rule(change=changes_alone)
    def write_with_another_program(self, change: Change) -> None:
        after, touched = self._foresee(self.history[-1], change)
        with self.sql.begin() as connection:
            change.run(connection.execute)
        self.history.append(after)
        self.untold |= touched

    @rule()
    def relay(self) -> None:
        place = next((place for place in self.places if place.is_whole), None)
        if place is not None:
            place.process.source.outbox.flush(place.process.store.invalidate)
            self._flushed()

    @precondition(lambda self: self.writer is None)
    @rule(number=places)
    def begin(self, number: int) -> None:
        self.writer, self.open = number, [(self.history[-1], set())]
        self.places[number].begin()

    @precondition(lambda self: self.open)
    @rule(change=changes)
    def change(self, change: Change) -> None:
        self._work(lambda session: change.run(session.execute), change)

    @precondition(lambda self: self.open)
    @rule(number=numbers, value=values)
    def change_a_loaded_row(self, number: int, value: int) -> None:
        def change(session: Session) -> None:
            item = session.get(Item, number, populate_existing=True)
            if item is not None:
                item.value = value
                session.flush()

        self._work(change, model.set_value(number, value))

    def _work(self, work: Callable[[Session], None], change: Change) -> None:
        assert self.writer is not None
        state, touched = self.open[-1]
        after, more = self._foresee(state, change)
        self.places[self.writer].work(work)
        self.open[-1] = after, touched | more

    @precondition(lambda self: self.open)
    @rule(read=st.sampled_from(READS))
    def read_in_the_transaction(self, read: Read) -> None:
        """The writer sees its own changes, and whoever has none sees what is committed."""
        assert self.writer is not None
        self._hear(self.writer)
        found = self.places[self.writer].fetch_in_transaction(read)
        if any(touched for _state, touched in self.open):
            assert found == {part: self.open[-1][0].value(part) for part in read.parts}

    @precondition(lambda self: self.open)
    @rule()
    def set_savepoint(self) -> None:
        self._in_transaction(lambda session: session.begin_nested())
        self.open.append((self.open[-1][0], set()))

    @precondition(lambda self: len(self.open) > 1)
    @rule(release=st.booleans())
    def end_savepoint(self, release: bool) -> None:
        state, touched = self.open.pop()
        if release:
            self._in_transaction(lambda session: session.get_nested_transaction().commit())
            self.open[-1] = state, self.open[-1][1] | touched
        else:
            self._in_transaction(lambda session: session.get_nested_transaction().rollback())

    @precondition(lambda self: self.open)
    @rule()
    def commit(self) -> None:
        assert self.writer is not None
        while len(self.open) > 1:
            self.end_savepoint(True)
        (state, touched), number = self.open.pop(), self.writer
        self.places[number].commit()
        self.writer = None
        self._committed(number, state, touched)

    @precondition(lambda self: self.open)
    @rule()
    def roll_back(self) -> None:
        assert self.writer is not None
        self.places[self.writer].roll_back()
        self.writer, self.open = None, []

    def _in_transaction(self, work: Callable[[Session], Any]) -> None:
        assert self.writer is not None
        self.places[self.writer].work(work)

    @staticmethod
    def _foresee(state: State, change: Change) -> tuple[State, set[Read]]:
        after = change.apply(state)
        return after, {read for read in READS if change.touches(state, after, read)}

    def _committed(self, number: int, state: State, touched: set[Read]) -> None:
        self.history.append(state)
        self.untold |= touched
        if self.places[number].asks_redis:
            self._flushed()
            self.low[number].update(self.told)

    def _flushed(self) -> None:
        self.told = dict.fromkeys(self.told, len(self.history) - 1)
        self.stored -= self.untold
        self.untold = set()

    # What goes wrong.

    @rule(number=places, hang=st.sampled_from([False, False, False, True]))
    def cut_off(self, number: int, hang: bool) -> None:
        gate = self.places[number].gate
        gate.hang() if hang else gate.shut()

    @rule(number=places)
    def mend(self, number: int) -> None:
        place = self.places[number]
        flushes = not place.asks_redis
        place.mend()
        if flushes:
            self._flushed()

    @rule(chosen=some_keys, expire=st.booleans())
    def lose_keys(self, chosen: set[int], expire: bool) -> None:
        names = sorted(self.client.scan_iter())
        for name in {names[i % len(names)] for i in chosen if names}:
            self.client.pexpire(name, 1) if expire else self.client.unlink(name)
        if expire:
            threading.Event().wait(0.003)
        self.stored.clear()

    @rule()
    def empty_redis(self) -> None:
        self.client.flushall()
        self._all_lost()

    @rule()
    def save_redis(self) -> None:
        self.client.save()
        folder, name = (self.client.config_get(word)[word] for word in ("dir", "dbfilename"))
        self.dump = Path(folder, name)

    @rule()
    def restart_redis(self) -> None:
        """With the data of when it was saved, or with none."""
        self.servers.redis_cache.restart()
        for place in self.places:
            if place.gate.is_open:
                with suppress(StoreUnavailable):
                    place.process.store.ping()
                until(lambda place=place: place.asks_redis)
        self._all_lost()
        self.relay()

    @rule(number=places, selector=st.sampled_from(["all", "query", "statistics", "api", "row"]))
    def clear(self, number: int, selector: str) -> None:
        place = self.places[number]
        if place.is_whole:
            place.process.engine.clear(selector)
            policies = {policy.name for policy in POLICIES.select(selector)}
            self.told.update(dict.fromkeys(policies, len(self.history) - 1))
            for read in READS:
                if {read.policy.name, *(part.policy.name for part in read.parts)} & policies:
                    self.stored.discard(read)

    @rule(number=places)
    def restart_a_process(self, number: int) -> None:
        place = self.places[number]
        if place.gate.is_open and self.writer != number:
            place.stop()
            place.start()
            self.low[number], self.seen[number] = dict(self.told), {}

    def _all_lost(self) -> None:
        self.told = dict.fromkeys(self.told, len(self.history) - 1)
        self.stored.clear()


@pytest.fixture(scope="module")
def database(servers: EmbeddedServers) -> str:
    url = servers.create_database("machine")
    engine = create_engine(url)
    with engine.begin() as connection:
        watches = (*watch("item", "item", ["id"]), *watch("part", "part", ["item_id"]))
        for statement in (*SCHEMA, *INSTALL, *watches):
            connection.exec_driver_sql(statement)
    engine.dispose()
    return url


@pytest.fixture(autouse=True)
def without_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Back at once after an outage; and nobody but the rules looks at the outbox."""
    monkeypatch.setattr(breaker, "FIRST_RETRY", 0.005)
    monkeypatch.setattr(push, "HEARTBEAT_INTERVAL", 0.04)
    monkeypatch.setattr(postgres, "ATTENTION", 3600.0)


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


@pytest.mark.soak
def test_no_order_of_events_serves_what_is_not_true_at_length(
    servers: EmbeddedServers, database: str
) -> None:
    run(servers, database, examples=int(os.environ.get("SOAK_ROUNDS", "10000")) // 20, steps=100)
