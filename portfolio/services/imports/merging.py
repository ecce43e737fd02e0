"""Three-way merging: what a file said last time, what it says now, and what stands here.

Pure functions over plain values. What was edited here is kept while the file says the same as last
time; where the file changed as well, it wins, and that is told.
"""

import json
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

ElementT = TypeVar("ElementT", bound=Hashable)

_SHOWN = 60
"""Characters of a value that a note shows."""


@dataclass
class Merged:
    """What becomes of the columns of a row.

    Attributes:
        changes: the columns to write.
        kept: those edited here that stay.
        overwritten: those edited here that the file wins.
    """

    changes: dict[str, Any] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    overwritten: list[str] = field(default_factory=list)


def plain(value: Any) -> Any:
    """A column's value as JSON has it."""
    return value.isoformat() if isinstance(value, date) else value


def merge_columns(
    here: Mapping[str, Any],
    says: Mapping[str, Any],
    said: Mapping[str, Any] | None,
    *,
    overwrite: bool,
) -> Merged:
    """Merge the columns that a file speaks of.

    Args:
        here: the row as it is.
        says: what the file says now.
        said: what the last file said, plain; None if no file has spoken of the row.
    """
    merged = Merged()
    for column, value in says.items():
        now, new = plain(here[column]), plain(value)
        if now == new:
            continue
        if said is None or column not in said:
            edited, same_as_last_time = now not in (None, "", [], {}), False
        else:
            edited, same_as_last_time = now != said[column], new == said[column]
        if edited and same_as_last_time and not overwrite:
            merged.kept.append(column)
            continue
        merged.changes[column] = value
        if edited:
            merged.overwritten.append(column)
    return merged


def weave(order: Sequence[ElementT], other: Sequence[ElementT]) -> list[ElementT]:
    """The first order, with what only the other has behind what precedes it there."""
    woven = list(order)
    present = set(order)
    before: ElementT | None = None
    for element in other:
        if element not in present:
            woven.insert(woven.index(before) + 1 if before is not None else 0, element)
            present.add(element)
        before = element
    return woven


def merge_order(
    here: Sequence[ElementT],
    says: Sequence[ElementT],
    said: Sequence[ElementT],
    *,
    overwrite: bool,
) -> tuple[list[ElementT], bool]:
    """The order of rows, by the same rule as their columns; new ones stand where the file has them.

    Returns:
        The order, and whether an order made here gave way to the file's.
    """
    mine, file = common(here, says), common(says, here)
    if mine == file:
        return weave(here, says), False
    edited = common(here, said) != common(said, here)
    same_as_last_time = common(says, said) == common(said, says)
    if edited and same_as_last_time and not overwrite:
        return weave(here, says), False
    return weave(says, here), edited


def common(order: Sequence[ElementT], other: Sequence[ElementT]) -> list[ElementT]:
    """What both have, in the first order."""
    present = set(other)
    return [element for element in order if element in present]


def shown(value: Any) -> str:
    """A value as a note shows it."""
    text = json.dumps(plain(value), ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
