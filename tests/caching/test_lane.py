"""A connection to Redis on which an answer was damaged is used for nothing else."""

import dataclasses

import pytest

from portfolio.local.embedded import EmbeddedServers
from tests.waiting import until

from .chaos_store import Damage, Gate, Talk
from .conftest import make_process


class Shortening:
    """Makes one list an item shorter, as a bit that flips does: what follows is out of step.

    Attributes:
        armed: whether the next list is to be damaged.
    """

    armed = False

    def to(self, talk: Talk) -> Damage:
        held = b""

        def alter(data: bytes) -> bytes:
            nonlocal held
            if held:
                data, held = held + data, b""
            elif self.armed and data.startswith(b"*5") and not talk.hears_invalidations:
                self.armed = False
                position = data.rindex(b":")
                data, held = b"*4" + data[2:position], data[position:]
            return data

        return alter


def test_it_is_out_of_step_once_and_never_again(
    servers: EmbeddedServers, item_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage = Shortening()
    gate = Gate(servers.redis_url, damage)
    through = dataclasses.replace(servers, redis_url=gate.url)
    process = make_process(through, item_database)
    reasons: list[object] = []
    trip = process.store.breaker.trip

    def note(reason: object) -> None:
        reasons.append(reason)
        trip(reason)

    monkeypatch.setattr(process.store.breaker, "trip", note)
    try:
        process.write("TRUNCATE item")
        process.row(1)
        damage.armed = True
        for _ in range(4):
            process.row(1)
            until(lambda: process.store.available)
    finally:
        process.close()
        gate.close()
    assert reasons == ["unreadable answer: TypeError"]
