"""Which item of a file is which row of a table.

A file follows the last one, or what stands here by now, as an export does: whichever of the two
has more of its items, in their order, goes before the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from portfolio.services.imports.row_kinds import Item, Known, RowKind, RowT, Spoken, Test

Pair = tuple[Known[RowT] | None, Known[RowT] | None]


def match_rows(
    kind: RowKind[RowT], rows: Sequence[RowT], items: Sequence[Item], said: Spoken
) -> tuple[list[Known[RowT]], list[Pair[RowT]]]:
    """All rows; and for each item the row that it is, and what the last file said of it.

    These are two where a row was made anew here, in place of the one that the last file spoke of.
    """
    spoken = {entry["id"]: entry for entry in said}
    here = [_known(str(row.id), row, spoken.get(str(row.id))) for row in rows]
    by_id = {one.id: one for one in here}
    last = [by_id.get(number) or _known(number, None, entry) for number, entry in spoken.items()]
    matched = _match(kind, items, here, last)
    return here, list(_pair(kind, items, matched, here, last))


def _known(number: str, row: RowT | None, entry: Mapping[str, Any] | None) -> Known[RowT]:
    entry = entry or {}
    left = entry.get("left", {})
    stood = entry.get("stood", left.get("slug"))
    return Known(number, row, entry.get("said"), entry.get("slug"), stood, left)


def _match(
    kind: RowKind[RowT],
    items: Sequence[Item],
    here: Sequence[Known[RowT]],
    last: Sequence[Known[RowT]],
) -> list[Known[RowT] | None]:
    as_here, as_last = _in_order(items, here, kind.equals), _in_order(items, last, _is_unchanged)
    more = len(as_here) - len(as_last)
    if not more:
        has, had = _in_order(items, here, kind.has_name), _in_order(items, last, kind.had_name)
        more = len(has) - len(had)
    tests: list[Test[RowT]] = [_is_unchanged, kind.equals]
    if more >= 0:
        tests.reverse()  # what is here goes before what is gone, and would go with it
    for step in kind.steps:
        for part in reversed(step) if more > 0 else step:
            tests.extend(part)
    added = [one for one in here if one.said is None]
    present = [one for one in last if one.row is not None]
    gone = [one for one in last if one.row is None]
    if more >= 0:
        return _find(items, as_here, list(here) + gone, tests)
    return _find(items, as_last, present + added + gone, tests)


def _is_unchanged(item: Item, one: Known[RowT]) -> bool:
    return one.slug == item.slug and one.said == item.said


def _in_order(
    items: Sequence[Item], known: Sequence[Known[RowT]], same: Test[RowT]
) -> dict[int, Known[RowT]]:
    """The most items, by their places, that are the same as others in the same order."""
    length = [[0] * (len(known) + 1) for _ in range(len(items) + 1)]
    alike = [[same(item, one) for one in known] for item in items]
    for place in reversed(range(len(items))):
        for turn in reversed(range(len(known))):
            length[place][turn] = (
                length[place + 1][turn + 1] + 1
                if alike[place][turn]
                else max(length[place + 1][turn], length[place][turn + 1])
            )
    found = {}
    place = turn = 0
    while place < len(items) and turn < len(known):
        if alike[place][turn]:
            found[place] = known[turn]
            place, turn = place + 1, turn + 1
        elif length[place + 1][turn] >= length[place][turn + 1]:
            place += 1
        else:
            turn += 1
    return found


def _find(
    items: Sequence[Item],
    found: Mapping[int, Known[RowT]],
    known: Sequence[Known[RowT]],
    tests: Sequence[Test[RowT]],
) -> list[Known[RowT] | None]:
    matched = [found.get(index) for index in range(len(items))]
    taken = {one.id for one in found.values()}
    free = [one for one in known if one.id not in taken]
    for same in tests:
        for index, item in enumerate(items):
            if matched[index] is None:
                matched[index] = _take(item, free, same)
    return matched


def _pair(
    kind: RowKind[RowT],
    items: Sequence[Item],
    matched: Sequence[Known[RowT] | None],
    here: Sequence[Known[RowT]],
    last: Sequence[Known[RowT]],
) -> Iterator[Pair[RowT]]:
    taken = {one.id for one in matched if one is not None}
    free = [one for one in here if one.id not in taken]
    lost = [one for one in last if one.row is None and one.id not in taken]
    for item, one in zip(items, matched, strict=True):
        if one is None:
            yield None, None
        elif one.row is None:
            found = _take(item, free, kind.equals) or _take(item, free, kind.has_name)
            yield found, found if found and found.said is not None else one
        elif one.said is None:
            yield one, _take(item, lost, kind.had_name)
        else:
            yield one, one


def _take(item: Item, free: list[Known[RowT]], same: Test[RowT]) -> Known[RowT] | None:
    one = next((one for one in free if same(item, one)), None)
    if one is not None:
        free.remove(one)
    return one
