"""Which item of a file is which row of a table."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from portfolio.services.imports.row_kinds import Item, Known, RowKind, RowT, Spoken

Pair = tuple[Known[RowT] | None, Known[RowT] | None]


def match_rows(
    kind: RowKind[RowT], rows: Sequence[RowT], items: Sequence[Item], said: Spoken
) -> tuple[list[Known[RowT]], list[Pair[RowT]]]:
    """All rows; and for each item the row that it is, and what the last file said of it.

    These are two where a row was made anew here, in place of the one that the last file spoke of.
    """
    known, gone = _know(rows, said)
    matched = _match(kind, items, known + gone)
    _keep_order_of_equals(items, matched, rows)
    return known, list(_pair(kind, items, matched, known, gone))


def _know(rows: Sequence[RowT], said: Spoken) -> tuple[list[Known[RowT]], list[Known[RowT]]]:
    """The rows, those first that a file has spoken of, in its order; and those that are gone."""
    spoken = {entry["id"]: entry for entry in said}
    known = [_known(str(row.id), row, spoken.get(str(row.id))) for row in rows]
    present = {one.id for one in known}
    gone: list[Known[RowT]] = [
        _known(number, None, entry) for number, entry in spoken.items() if number not in present
    ]
    turns = {number: turn for turn, number in enumerate(spoken)}
    return sorted(known, key=lambda one: turns.get(one.id, len(turns))), gone


def _known(number: str, row: RowT | None, entry: Mapping[str, Any] | None) -> Known[RowT]:
    entry = entry or {}
    left = entry.get("left", {})
    stood = entry.get("stood", left.get("slug"))
    return Known(number, row, entry.get("said"), entry.get("slug"), stood, left)


def _match(
    kind: RowKind[RowT], items: Sequence[Item], known: Sequence[Known[RowT]]
) -> list[Known[RowT] | None]:
    free = list(known)
    matched: list[Known[RowT] | None] = [None] * len(items)
    for same in kind.tests:
        for index, item in enumerate(items):
            if matched[index] is None:
                one = next((one for one in free if same(item, one)), None)
                if one is not None:
                    free.remove(one)
                    matched[index] = one
    return matched


def _keep_order_of_equals(
    items: Sequence[Item], matched: list[Known[RowT] | None], rows: Sequence[RowT]
) -> None:
    """Give equal items their rows in the order here, where one of these was added here.

    Which is which makes no difference but for the order, and that is the owner's.
    """
    alike: dict[str, list[int]] = {}
    for index, (item, one) in enumerate(zip(items, matched, strict=True)):
        if one is not None and one.row is not None:
            alike.setdefault(repr((item.slug, item.said)), []).append(index)
    turns = {row.id: turn for turn, row in enumerate(rows)}
    for indexes in alike.values():
        found = [one for index in indexes if (one := matched[index]) and one.row is not None]
        if any(one.said is None for one in found):
            found.sort(key=lambda one: turns[one.row.id] if one.row else 0)
            for index, one in zip(indexes, found, strict=True):
                matched[index] = one


def _pair(
    kind: RowKind[RowT],
    items: Sequence[Item],
    matched: Sequence[Known[RowT] | None],
    known: Sequence[Known[RowT]],
    gone: Sequence[Known[RowT]],
) -> Iterator[Pair[RowT]]:
    taken = {one.id for one in matched if one is not None}
    anew = [one for one in known if one.id not in taken and one.said is None]
    lost = [one for one in gone if one.id not in taken]
    for item, one in zip(items, matched, strict=True):
        if one is None:
            yield None, None
        elif one.row is None:
            yield _take(kind, item, anew), one
        elif one.said is None:
            yield one, _take(kind, item, lost)
        else:
            yield one, one


def _take(kind: RowKind[RowT], item: Item, free: list[Known[RowT]]) -> Known[RowT] | None:
    one = next(iter(_match(kind, [item], free)))
    if one is not None:
        free.remove(one)
    return one
