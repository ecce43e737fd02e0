"""Timing of short calls, so that an interruption by something else does not count."""

import time
from collections.abc import Callable
from statistics import median

BATCH = 100
LONGEST = 0.5
"""Seconds after which no further batch is begun."""


def typical_seconds(run: Callable[[int], object], calls: int) -> float:
    """What one call takes: the median of the means of batches.

    Args:
        run: makes so many calls.
        calls: how many in all, unless they take too long.
    """
    means: list[float] = []
    end = time.perf_counter() + LONGEST
    while len(means) * BATCH < calls and time.perf_counter() < end:
        begin = time.perf_counter()
        run(BATCH)
        means.append((time.perf_counter() - begin) / BATCH)
    return median(means)
