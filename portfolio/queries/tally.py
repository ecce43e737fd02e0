"""How often something ran and how long it took, in a fixed amount of memory."""

import time
from collections.abc import Mapping
from typing import Any

_FINENESS = 3
"""Eight steps for each doubling: what is read from the buckets is at most an eighth too large."""
_LONGEST = (1 << 32) - 1
"""An hour and more, in microseconds: all of that is one bucket."""


class Tally:
    """The runs of one statement since they were last handed on. Times are microseconds.

    Attributes:
        told: what is known of its slowest run: the text, where it was asked for, and from which
            place in the code.
    """

    __slots__ = ("buckets", "failed", "runs", "seen", "slow", "told", "total", "worst")

    def __init__(self, told: dict[str, str]) -> None:
        self.runs = self.slow = self.failed = self.total = 0
        self.worst = -1
        self.seen = 0.0
        self.buckets: dict[int, int] = {}
        self.told = told

    def note(self, microseconds: int, *, slow: bool, failed: bool) -> bool:
        """Count a run; whether none took longer so far."""
        self.runs += 1
        self.slow += slow
        self.failed += failed
        self.total += microseconds
        self.seen = time.time()
        step = bucket(microseconds)
        self.buckets[step] = self.buckets.get(step, 0) + 1
        if microseconds <= self.worst:
            return False
        self.worst = microseconds
        return True

    def record(self) -> dict[str, Any]:
        """For the ledger: `sums` are added up, of `worst` and `seen` the largest is kept."""
        sums = {"runs": self.runs, "slow": self.slow, "failed": self.failed, "total": self.total}
        sums |= {f"b{step}": count for step, count in self.buckets.items()}
        return _record(sums, self.worst, self.seen, self.told)


def repeat_record(runs: int, told: dict[str, str]) -> dict[str, Any]:
    """For the ledger: one request in which a statement was run so often."""
    return _record({"requests": 1, "runs": runs}, runs, time.time(), told)


def _record(sums: dict[str, int], worst: int, seen: float, told: dict[str, str]) -> dict[str, Any]:
    return {"sums": sums, "worst": worst, "seen": int(seen * 1000), "told": told}


def bucket(microseconds: int) -> int:
    """The number of the bucket that a time belongs to."""
    number = min(microseconds, _LONGEST)
    coarse = number.bit_length() - _FINENESS - 1
    if coarse <= 0:
        return number
    return (coarse << _FINENESS) + (number >> coarse)


def largest_of(step: int) -> int:
    """The longest time that belongs to a bucket."""
    coarse = (step >> _FINENESS) - 1
    if coarse <= 0:
        return step
    return ((step - (coarse << _FINENESS) + 1) << coarse) - 1


def percentile(sums: Mapping[str, int], share: float, worst: int) -> int:
    """The time that a share of the runs did not exceed, at most an eighth too large."""
    counts = sorted((int(name[1:]), count) for name, count in sums.items() if name[0] == "b")
    wanted = share * sum(count for _step, count in counts)
    passed = 0
    for step, count in counts:
        passed += count
        if passed >= wanted:
            return min(largest_of(step), worst)
    return worst
