"""Events that wait in the durable Redis for a worker: a bounded stream, and what was set apart."""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast

import redis
from flask import current_app

from portfolio.caching.counters import Counters, RedisLedger
from portfolio.caching.redis_adapter.clients import impatient_client
from portfolio.services.pausing import Pause
from portfolio.services.visits.remote_clock import RemoteClock

GROUP = "writers"
CONSUMER = "writer"
"""One name for all: who takes over finishes first what was begun."""
COUNTS = ("queued", "written", "again", "apart", "direct", "overflow", "refused")
_NAME = "events"
_EXTENSION = "portfolio_event_queue"
PATIENCE = 0.3
"""Seconds for which a visitor's browser may wait for Redis."""
_REST = 1.0
_TOLERANCE = 0.05
"""Seconds by which two clocks may differ after some."""
_APART = 1000
"""Events that are kept of those that cannot be written; all of them are counted."""
_PUT = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
if now > tonumber(ARGV[2]) then
    return -1
end
local count = #ARGV - 2
if redis.call('XLEN', KEYS[1]) + count > tonumber(ARGV[1]) then
    return 0
end
for index = 3, #ARGV do
    redis.call('XADD', KEYS[1], '*', 'event', ARGV[index])
end
redis.call('HINCRBY', KEYS[2], 'events:queued', count)
return now
"""

Entry = tuple[bytes, bytes]
"""Its place in the stream, and what is there."""

logger = logging.getLogger(__name__)


class QueueAway(Exception):
    """The durable Redis does not answer, or too late.

    Attributes:
        void_from: by time.monotonic; what did not come into the queue by then never will.
    """

    void_from = 0.0


class EventQueue:
    """The stream of one installation.

    Args:
        prefix: of its keys.
        length: most events that wait.
        patience: seconds to wait for an answer.
    """

    def __init__(self, url: str, prefix: str, length: int, patience: float) -> None:
        self._redis = impatient_client(url, patience)
        self._stream, self._length = f"{prefix}:events", length
        self._apart, self._counts = f"{prefix}:events:apart", f"{prefix}:events:counts"
        self._put = self._redis.register_script(_PUT)
        self._counters = Counters(RedisLedger(self._redis, self._counts))
        self._pause = Pause()
        self._clock = RemoteClock(self._redis)
        self._longest = 2 * patience  # to connect, and to be answered

    def put(self, events: Sequence[bytes]) -> bool:
        """Let them wait, all or none; False when there is no room.

        A Redis that hangs reads later what was sent to it: it lets it be when it is too late.

        Raises:
            QueueAway: nobody knows whether they are there.
        """
        if self._pause.remaining:
            raise QueueAway
        begun = time.monotonic()
        try:
            with self._asking():
                until = self._clock.at(begun + self._longest)
                keys = [self._stream, self._counts]
                found = int(self._put(keys=keys, args=[self._length, until, *events]))
        except QueueAway as away:
            away.void_from = begun + self._longest + _TOLERANCE
            raise
        if found < 0:
            self._clock.forget()
            raise QueueAway
        if found:
            self._clock.note(found)
        return found > 0

    def prepare(self) -> None:
        """Make the stream and its group, if they are not there; raises QueueAway."""
        with self._asking():
            try:
                self._redis.xgroup_create(self._stream, GROUP, id="0", mkstream=True)
            except redis.ResponseError as error:
                if "BUSYGROUP" not in str(error):
                    raise

    def take(self, count: int) -> list[Entry]:
        """The next ones: first those that somebody took and did not finish; raises QueueAway."""
        with self._asking():
            return self._read("0", count) or self._read(">", count)

    def finish(self, entries: Sequence[Entry], written: int, apart: Mapping[bytes, str]) -> None:
        """Remove entries that are written or set apart; raises QueueAway.

        Args:
            written: how many of them were not in the database before.
            apart: what was wrong with an entry, by its place.
        """
        places = [place for place, _event in entries]
        with self._asking():
            pipeline = self._redis.pipeline(transaction=True)
            for place, event in entries:
                if place in apart:
                    fields: Any = {"event": event, "reason": apart[place]}
                    pipeline.xadd(self._apart, fields, maxlen=_APART)
            pipeline.xack(self._stream, GROUP, *places)
            pipeline.xdel(self._stream, *places)
            known = len(entries) - written - len(apart)
            for name, count in (("written", written), ("again", known), ("apart", len(apart))):
                pipeline.hincrby(self._counts, f"{_NAME}:{name}", count)
            pipeline.execute()

    def forget(self, session: str) -> None:
        """Remove what was set apart of a session; raises QueueAway."""
        with self._asking():
            kept: Any = self._redis.xrange(self._apart)
            places = [place for place, fields in kept if session.encode() in fields[b"event"]]
            if places:
                self._redis.xdel(self._apart, *places)

    def forget_before(self, moment: datetime) -> None:
        """Remove what was set apart before; raises QueueAway."""
        with self._asking():
            first = max(0, int(moment.timestamp() * 1000))
            self._redis.xtrim(self._apart, minid=first, approximate=False)

    def count(self, name: str, events: int) -> None:
        """Add to one of COUNTS, at once or when Redis is back."""
        self._counters.add(_NAME, name, events)

    def describe(self) -> dict[str, int]:
        """How many wait, and all COUNTS; raises QueueAway."""
        self._counters.fold()
        with self._asking():
            found = cast(dict[bytes, bytes], self._redis.hgetall(self._counts))
            waiting = int(self._redis.xlen(self._stream))
        counts = {name: int(found.get(f"{_NAME}:{name}".encode(), 0)) for name in COUNTS}
        return {"waiting": waiting, "room": max(0, self._length - waiting), **counts}

    def close(self) -> None:
        """Count a last time and close the connections."""
        self._counters.close()
        self._redis.close()

    def _read(self, start: str, count: int) -> list[Entry]:
        found = self._redis.xreadgroup(GROUP, CONSUMER, {self._stream: start}, count=count)
        # RESP3 answers with a mapping, RESP2 with pairs.
        streams: Any = found.items() if isinstance(found, dict) else found or ()
        return [
            (place, (fields or {}).get(b"event", b""))
            for _name, groups in streams
            for place, fields in _flat(groups)
        ]

    @contextmanager
    def _asking(self) -> Iterator[None]:
        try:
            yield
        except (redis.RedisError, OSError) as error:
            if self._pause.note_failure(wait=_REST):
                logger.warning("events: the durable Redis is away: %s", error)
            raise QueueAway from error


def _flat(groups: Any) -> Any:
    return groups[0] if len(groups) == 1 and isinstance(groups[0], list) else groups


def event_queue() -> EventQueue:
    """The running application's."""
    config = current_app.config
    if _EXTENSION not in current_app.extensions:
        made = EventQueue(
            config["CELERY_BROKER_URL"],
            config["CACHE_KEY_PREFIX"],
            config["EVENT_QUEUE_LENGTH"],
            PATIENCE,
        )
        current_app.extensions.setdefault(_EXTENSION, made)
    queue: EventQueue = current_app.extensions[_EXTENSION]
    return queue
