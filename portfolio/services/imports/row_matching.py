"""Which item of a file is which row of a table.

A file follows the last one, or what stands here by now, as an export does: whichever of the two
has more of its items, in their order, goes before the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from portfolio.services.imports.row_kinds import Item, Known, RowKind, RowT, Spoken, Test
from portfolio.services.imports.row_pairing import Pairing


@dataclass(frozen=True)
class Match(Generic[RowT]):
    """What an item is.

    Attributes:
        one: the row that it is, or that is gone.
        before: what the last file said of it; another one, if the row was made anew here, in place
            of that which the last file spoke of.
        unsure: that it is one of several of a name: whether another item or row was as alike.
    """

    one: Known[RowT] | None
    before: Known[RowT] | None
    unsure: bool | None = None


def match_rows(
    kind: RowKind[RowT], rows: Sequence[RowT], items: Sequence[Item], said: Spoken
) -> tuple[list[Known[RowT]], list[Match[RowT]]]:
    """All rows, and what each item is."""
    spoken = {entry["id"]: entry for entry in said}
    here = [_known(str(row.id), row, spoken.get(str(row.id))) for row in rows]
    by_id = {one.id: one for one in here}
    last = [by_id.get(number) or _known(number, None, entry) for number, entry in spoken.items()]
    return here, list(_matches(kind, _pair(kind, items, here, last), here, last))


def _known(number: str, row: RowT | None, entry: Mapping[str, Any] | None) -> Known[RowT]:
    entry = entry or {}
    left = entry.get("left", {})
    stood = entry.get("stood", left.get("slug"))
    return Known(number, row, entry.get("said"), entry.get("slug"), stood, left)


def _pair(
    kind: RowKind[RowT],
    items: Sequence[Item],
    here: Sequence[Known[RowT]],
    last: Sequence[Known[RowT]],
) -> Pairing[RowT]:
    given = {item.slug for item in items if item.slug is not None}
    claimed = {
        one.id for one in here if kind.slug is not None and one.row and kind.slug(one.row) in given
    }

    def unclaimed(same: Test[RowT]) -> Test[RowT]:
        """Not a copy of the item that gives the row's slug."""
        return lambda item, one: same(item, one) and not (item.slug is None and one.id in claimed)

    equals, is_unchanged = unclaimed(kind.equals), unclaimed(_is_unchanged)
    as_here, as_last = _in_order(items, here, equals), _in_order(items, last, is_unchanged)
    more = len(as_here) - len(as_last)
    if not more:
        has, had = _in_order(items, here, kind.has_name), _in_order(items, last, kind.had_name)
        more = len(has) - len(had)
    tests: list[Test[RowT]] = [is_unchanged, equals]
    if more >= 0:
        tests.reverse()  # what is here goes before what is gone, and would go with it
    for step in kind.steps:
        for part in reversed(step) if more > 0 else step:
            tests.extend(part)
    known = _all_known(here, last) if more >= 0 else _all_known(last, here)
    pairing: Pairing[RowT] = Pairing(kind, items, known, here_first=more > 0)
    pairing.take(as_here if more >= 0 else as_last)
    for same in tests:
        pairing.find(same)
    return pairing


def _all_known(first: Sequence[Known[RowT]], then: Sequence[Known[RowT]]) -> list[Known[RowT]]:
    """All that is known in an order, with what is gone behind all rows."""
    known = {one.id: one for one in first}
    known |= {one.id: one for one in then}
    return sorted(known.values(), key=_is_gone)


def _is_gone(one: Known[Any]) -> bool:
    return one.row is None


def _is_unchanged(item: Item, one: Known[Any]) -> bool:
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


def _matches(
    kind: RowKind[RowT],
    pairing: Pairing[RowT],
    here: Sequence[Known[RowT]],
    last: Sequence[Known[RowT]],
) -> Iterator[Match[RowT]]:
    """The matches, with rows that were made anew here in place of what is gone."""
    items, paired = pairing.items, pairing.paired
    taken = {one.id for one in paired.values()}
    gone = [item for place, item in enumerate(items) if place in paired and not paired[place].row]
    anew = Pairing(kind, gone, [one for one in here if one.id not in taken], here_first=True)
    anew.find(kind.equals)
    anew.find(kind.has_name)
    added = [
        item
        for place, item in enumerate(items)
        if place in paired and paired[place].row and paired[place].said is None
    ]
    lost = Pairing(kind, added, [one for one in last if not one.row and one.id not in taken])
    lost.find(kind.had_name)
    for place, item in enumerate(items):
        one = paired.get(place)
        if one is None:
            yield Match(None, None)
        elif one.row is None:
            found = anew.of(item)
            yield Match(found, found if found and found.said is not None else one)
        elif one.said is None:
            yield Match(one, lost.of(item), pairing.unsure.get(place))
        else:
            yield Match(one, one, pairing.unsure.get(place))
