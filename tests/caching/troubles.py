"""What may go wrong in the model's world: connections, keys, servers, processes."""

import threading
from contextlib import suppress
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import rule

from portfolio.caching.breaker import StoreUnavailable
from tests.waiting import until

from .model import POLICIES, READS, STALE
from .world import World

places = st.integers(0, 2)
some_keys = st.sets(st.integers(0, 40), min_size=1, max_size=5)


class TroubledWorld(World):
    """One rule for all troubles, so that they do not crowd out reads and writes."""

    @rule(
        kind=st.sampled_from(
            [
                *("relay", "cut off", "mend", "lose keys", "empty", "restart"),
                *("clear", "new process", "age", "age"),
            ]
        ),
        number=places,
        chosen=some_keys,
        flag=st.booleans(),
        selector=st.sampled_from(["all", "query", "statistics", "api", "row"]),
    )
    def trouble(self, kind: str, number: int, chosen: set[int], flag: bool, selector: str) -> None:
        """Each kind takes of the arguments what it needs."""
        match kind:
            case "relay":
                self.flush()
            case "cut off":
                self.cut_off(number, hang=chosen == {0})
            case "mend":
                self.mend(number)
            case "lose keys":
                self.lose_keys(chosen, expire=flag)
            case "age":
                self.age(chosen)
            case "empty":
                self.client.flushall()
                self.all_lost()
            case "restart":
                self.restart_redis(old=flag)
            case "clear":
                self.clear(number, selector)
            case "new process":
                self.restart_a_process(number)

    def cut_off(self, number: int, *, hang: bool) -> None:
        """Redis dies or hangs, as one process sees it."""
        gate = self.places[number].gate
        gate.hang() if hang else gate.shut()

    def mend(self, number: int) -> None:
        """It is there again."""
        place = self.places[number]
        flushes = not place.asks_redis
        place.mend()
        if flushes:
            self.flushed()

    def lose_keys(self, chosen: set[int], *, expire: bool) -> None:
        """Entries or tags are evicted, or their life ends."""
        names = sorted(self.client.scan_iter())
        for name in {names[i % len(names)] for i in chosen if names}:
            self.client.pexpire(name, 1) if expire else self.client.unlink(name)
        if expire:
            threading.Event().wait(0.003)
        self.stored.clear()

    def age(self, chosen: set[int]) -> None:
        """Entries come to the end of their ttl, and will do only while they are computed anew."""
        names = sorted(self.client.scan_iter("{*}:[qs]*:*:*"))
        for name in {names[i % len(names)] for i in chosen if names}:
            self.client.pexpire(name, STALE * 1000 // 2)

    def save_redis(self) -> None:
        """Its data is what comes back with a restart."""
        self.client.save()
        folder, name = (self.client.config_get(word)[word] for word in ("dir", "dbfilename"))
        self.dump = Path(folder, name)

    def restart_redis(self, *, old: bool) -> None:
        """With the data of when it was saved, or with none."""
        if self.dump is not None and not old:
            self.dump.unlink()
            self.dump = None
        self.servers.redis_cache.restart()
        for place in self.places:
            if place.gate.is_open:
                with suppress(StoreUnavailable):
                    place.process.store.ping()
                until(lambda place=place: place.asks_redis)
        self.all_lost()
        self.flush()

    def clear(self, number: int, selector: str) -> None:
        """Everything, a type or a policy is cleared; another process has to compute it then."""
        place = self.places[number]
        if place.is_whole:
            place.process.engine.clear(selector)
            policies = {policy.name for policy in POLICIES.select(selector)}
            self.told.update(dict.fromkeys(policies, len(self.history) - 1))
            for read in READS:
                if {read.policy.name, *(part.policy.name for part in read.parts)} & policies:
                    self.stored.discard(read)
            reader = (number + 1) % len(self.places)
            if self.places[reader].is_whole:
                computed = self.places[reader].process.computed
                before = len(computed)
                self.hear(reader)
                self.read_at(reader, next(r for r in READS if r.policy.name in policies))
                assert len(computed) > before, "what was cleared was not computed"

    def restart_a_process(self, number: int) -> None:
        """It begins with an empty memory."""
        place = self.places[number]
        if place.gate.is_open and self.writer != number:
            place.stop()
            place.start()
            self.low[number], self.seen[number] = dict(self.told), {}
