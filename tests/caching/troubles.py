"""What may go wrong in the model's world: connections, keys, servers, processes."""

import threading
from contextlib import suppress
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import rule

from portfolio.caching.breaker import StoreUnavailable

from .model import POLICIES, READS
from .test_push import until
from .world import World

places = st.integers(0, 2)
some_keys = st.sets(st.integers(0, 40), min_size=1, max_size=5)


class TroubledWorld(World):
    """The rules of what goes wrong."""

    @rule(number=places, hang=st.sampled_from([False] * 7 + [True]))
    def cut_off(self, number: int, hang: bool) -> None:
        gate = self.places[number].gate
        gate.hang() if hang else gate.shut()

    @rule(number=places)
    def mend(self, number: int) -> None:
        place = self.places[number]
        flushes = not place.asks_redis
        place.mend()
        if flushes:
            self.flushed()

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
        self.all_lost()

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
        self.all_lost()
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
