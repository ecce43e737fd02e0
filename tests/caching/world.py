"""Three processes on one Redis and one database, and what each of them may read now."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import redis
from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from portfolio.caching.breaker import StoreUnavailable
from portfolio.local.embedded import EmbeddedServers
from tests.waiting import until

from .model import FILL, POLICIES, READS, START, Change, Read, State
from .place import Place


class World(RuleBasedStateMachine):
    """What is known of three processes; what one may see is a range of states of `history`.

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
        self.hiccups = 0

    def teardown(self) -> None:
        for place in self.places:
            place.close()
        if self.dump is not None:
            self.dump.unlink()
        self.client.close()
        self.sql.dispose()

    def hear(self, number: int) -> None:
        """Let a process take in what Redis has pushed by now, if it can."""
        place = self.places[number]
        if place.gate.is_open:
            place.hear()
            self.low[number].update(self.told)

    def read_at(self, number: int, read: Read) -> None:
        """Read in one process; it must be of a right state, and computed only if need be."""
        place = self.places[number]
        whole, before = place.is_whole, len(place.process.computed)
        found = place.fetch(read)
        computed = place.process.computed[before:]
        self.check(number, found, read)
        if whole and not self.hiccuped():
            assert not (computed and read in self.stored), f"{read} was computed again"
            self.stored.update(computed)

    def check(self, number: int, found: dict[Read, Any], read: Read) -> None:
        """Hold values to what the process has heard, and to what it has seen before."""
        newest = len(self.history) - 1
        if not self.places[number].memory:
            self.low[number].update(self.told)
        for part, value in found.items():
            # Without Redis it came from the database.
            asked = self.places[number].asks_redis
            least = self.low[number][part.policy.name] if asked else newest
            least = max(least, self.seen[number].get((read, part), 0))
            right = [i for i in range(least, newest + 1) if self.history[i].value(part) == value]
            assert right, f"{number} read {value} for {part}, not of state {least} to {newest}"
            self.seen[number][read, part] = right[0]

    def work(self, work: Callable[[Session], None], change: Change) -> None:
        """Make a change in the open transaction."""
        assert self.writer is not None
        state, touched = self.open[-1]
        after, more = self.foresee(state, change)
        self.places[self.writer].work(work)
        self.open[-1] = after, touched | more

    def in_transaction(self, work: Callable[[Session], Any]) -> None:
        """Do what changes nothing in the open transaction."""
        assert self.writer is not None
        self.places[self.writer].work(work)

    @staticmethod
    def foresee(state: State, change: Change) -> tuple[State, set[Read]]:
        """The state after a change, and the reads that it makes invalid."""
        after = change.apply(state)
        return after, {read for read in READS if change.touches(state, after, read)}

    def committed(self, number: int, state: State, touched: set[Read]) -> None:
        """A process has committed, and flushed if it could."""
        self.history.append(state)
        self.untold |= touched
        if self.hiccuped() and self.places[number].gate.is_open:
            until(lambda: self.places[number].is_whole)
        if self.places[number].asks_redis:
            self.flushed()
            self.low[number].update(self.told)

    def hiccuped(self) -> bool:
        """Whether a process lost Redis although nothing was between; then little is known."""
        hiccups = sum(place.hiccups for place in self.places)
        if hiccups != self.hiccups:
            self.hiccups = hiccups
            self.stored.clear()
            return True
        return False

    def flush(self) -> None:
        """What the relay does, if there is a process that can."""
        place = next((place for place in self.places if place.is_whole), None)
        if place is not None:
            with suppress(StoreUnavailable):
                place.process.source.outbox.flush(place.process.store.invalidate)
                self.flushed()

    def flushed(self) -> None:
        """Redis has been told of everything that is committed."""
        self.told = dict.fromkeys(self.told, len(self.history) - 1)
        self.stored -= self.untold
        self.untold = set()

    def all_lost(self) -> None:
        """Redis has forgotten, or disowned, everything."""
        self.told = dict.fromkeys(self.told, len(self.history) - 1)
        self.stored.clear()
