"""How alike entries are, and which pairs of two lists of them are the most alike together.

Pure functions over plain values.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[\w+#]+")
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_COMPARED = 2000
"""Characters of a value that are compared."""
_ORDER = 2**26
"""More than all the places could come to by which entries stand apart."""


def likeness(one: Mapping[str, Any], other: Mapping[str, Any]) -> int:
    """How much two entries share, member by member: up to 100 for each."""
    return sum(_alike(value, other.get(name)) for name, value in one.items())


def is_akin(
    one: Mapping[str, Any],
    other: Mapping[str, Any],
    group: Sequence[Mapping[str, Any]],
    apart: str | None = None,
) -> bool:
    """Whether two entries share anything that not all of a group do, or contradict in nothing.

    Args:
        apart: the member that most tells such entries apart: if they share nothing in it, they have
            to share more than half of the rest.
    """
    shared = {
        name: _alike(value, other[name])
        for name, value in one.items()
        if _says(value)
        and _says(other.get(name))
        and any(member.get(name) != value for member in group)
    }
    if apart is not None and shared.get(apart) == 0:
        return 2 * sum(shared.values()) > 100 * len(shared)
    return not shared or any(shared.values())


def assign(scores: Sequence[Sequence[int | None]]) -> dict[int, int]:
    """The pairs of rows and columns with the highest sum of scores; of equal ones, in order.

    Args:
        scores: none of them negative; None for a pair that cannot be.
    """
    if not scores or not scores[0]:
        return {}
    if len(scores) == len(scores[0]) == 1:  # as nearly always
        return {} if scores[0][0] is None else {0: 0}
    costs = np.zeros((len(scores), len(scores[0]) + len(scores)), dtype=np.int64)
    for row, given in enumerate(scores):
        for column, score in enumerate(given):
            if score is not None:
                costs[row, column] = (row - column) ** 2 - (score + 1) * _ORDER
    found = _cheapest(costs)
    return {row: column for row, column in found.items() if costs[row, column] < 0}


def _cheapest(costs: NDArray[np.int64]) -> dict[int, int]:
    """The Hungarian method: each row gets a column of its own, for the lowest sum of costs."""
    rows, columns = costs.shape
    of_rows = np.zeros(rows, dtype=np.int64)
    of_columns = np.zeros(columns, dtype=np.int64)
    owners = np.full(columns, -1)
    for row in range(rows):
        distance = np.full(columns, np.iinfo(np.int64).max // 2)
        before = np.full(columns, -1)
        done = np.zeros(columns, dtype=bool)
        current, column, reached = row, -1, 0
        while current >= 0:
            through = reached + costs[current] - of_rows[current] - of_columns
            nearer = ~done & (through < distance)
            distance[nearer], before[nearer] = through[nearer], column
            column = int(np.where(done, np.iinfo(np.int64).max, distance).argmin())
            reached, current = int(distance[column]), int(owners[column])
            done[column] = True
        done[column] = False
        of_rows[row] += reached
        of_rows[owners[done]] += reached - distance[done]
        of_columns[done] -= reached - distance[done]
        while column >= 0:
            last = int(before[column])
            owners[column] = row if last < 0 else owners[last]
            column = last
    return {int(owners[column]): column for column in range(columns) if owners[column] >= 0}


def _alike(one: Any, other: Any) -> int:
    """From 0 to 100, by the words that both have; nothing is like nothing in no way."""
    if not _says(one) or not _says(other):
        return 0
    if one == other:
        return 100
    if _DATE.fullmatch(str(one)) and _DATE.fullmatch(str(other)):
        return 50 if str(one).startswith(str(other)) or str(other).startswith(str(one)) else 0
    mine, theirs = _words(_text(one)), _words(_text(other))
    total = mine.total() + theirs.total()
    return 200 * (mine & theirs).total() // total if total else 0


def _says(value: Any) -> bool:
    return value not in (None, "", [], {})


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


@lru_cache(maxsize=1024)
def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text[:_COMPARED].casefold()))
