"""The sums of all processes, in the durable Redis: three tables with a fixed number of records.

A batch is added by one script: whole, and once, however often it is sent.
"""

from dataclasses import dataclass
from typing import Any, cast

import msgspec
import redis

from portfolio.caching.counters import LedgerUnavailable
from portfolio.caching.redis_adapter.clients import impatient_client

Records = dict[str, dict[str, Any]]

_PATIENCE = 0.5
_KEPT = 30 * 24 * 3600
"""Seconds for which records outlive the last batch."""
_BATCH_KEPT = 3600
_TABLES = ("statements", "repeats", "totals")
# What has been slow makes room last, and of that what was not seen for longest makes room first.
_ADD = """
if tonumber(redis.call('GET', KEYS[1]) or '0') >= tonumber(ARGV[1]) then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
for number = 2, #KEYS do
  local key = KEYS[number]
  for name, new in pairs(cmsgpack.unpack(ARGV[number + 3])) do
    local packed = redis.call('HGET', key, name)
    if packed then
      local old = cmsgpack.unpack(packed)
      for sum, amount in pairs(old.sums) do new.sums[sum] = (new.sums[sum] or 0) + amount end
      if old.worst > new.worst then new.worst, new.told = old.worst, old.told end
      if old.seen > new.seen then new.seen = old.seen end
    end
    redis.call('HSET', key, name, cmsgpack.pack(new))
  end
  redis.call('EXPIRE', key, ARGV[3])
  local excess = redis.call('HLEN', key) - tonumber(ARGV[4])
  if excess > 0 then
    local rows, all = {}, redis.call('HGETALL', key)
    for place = 1, #all, 2 do
      local record = cmsgpack.unpack(all[place + 1])
      local brief = record.sums.slow == 0
      rows[#rows + 1] = {all[place], brief, brief and record.sums.total or record.seen}
    end
    table.sort(rows, function(one, other)
      if one[2] ~= other[2] then return one[2] end
      return one[3] < other[3]
    end)
    for place = 1, excess do redis.call('HDEL', key, rows[place][1]) end
  end
end
return 1
"""


@dataclass(frozen=True)
class Batch:
    """What one process has counted since its last batch.

    Attributes:
        process: who it is of.
        number: grows with each batch of a process.
    """

    process: str
    number: int
    statements: Records
    repeats: Records
    totals: Records


@dataclass(frozen=True)
class Sums:
    """What all processes have counted."""

    statements: Records
    repeats: Records
    totals: dict[str, Any] | None


class QueryLedger:
    """The three tables of one installation.

    Args:
        prefix: of the installation's keys.
        kept: most records of a table.
    """

    def __init__(self, url: str, prefix: str, kept: int) -> None:
        self._redis = impatient_client(url, _PATIENCE)
        self._prefix = f"{prefix}:queries"
        self._kept = kept
        self._add = self._redis.register_script(_ADD)

    def add(self, batch: Batch) -> None:
        """Add a batch, unless it has arrived before.

        Raises:
            LedgerUnavailable: the server does not answer.
        """
        tables = [batch.statements, batch.repeats, batch.totals]
        packed = [msgspec.msgpack.encode(table) for table in tables]
        keys = [f"{self._prefix}:batch:{batch.process}", *self._keys()]
        limits = [batch.number, _BATCH_KEPT, _KEPT, self._kept]
        try:
            self._add(keys=keys, args=[*limits, *packed])
        except (redis.RedisError, OSError) as error:
            raise LedgerUnavailable(str(error)) from error

    def read(self) -> Sums:
        """All records; raises LedgerUnavailable when the server does not answer."""
        pipeline = self._redis.pipeline(transaction=True)
        for key in self._keys():
            pipeline.hgetall(key)
        try:
            tables = cast(list[dict[bytes, bytes]], pipeline.execute())
        except (redis.RedisError, OSError) as error:
            raise LedgerUnavailable(str(error)) from error
        statements, repeats, totals = (
            {name.decode(): msgspec.msgpack.decode(packed) for name, packed in table.items()}
            for table in tables
        )
        return Sums(statements, repeats, totals.get("all"))

    def forget(self) -> None:
        """Begin anew; raises LedgerUnavailable when the server does not answer."""
        try:
            self._redis.delete(*self._keys())
        except (redis.RedisError, OSError) as error:
            raise LedgerUnavailable(str(error)) from error

    def _keys(self) -> list[str]:
        return [f"{self._prefix}:{table}" for table in _TABLES]
