"""Merging the items of a file with the rows of a table: what of each changes, stays or goes."""

from collections.abc import Callable, Sequence
from typing import Any

from portfolio.extensions import db
from portfolio.schemas.imports import RowCounts
from portfolio.services.imports.import_merging import Merging
from portfolio.services.imports.merging import common, merge_order, plain
from portfolio.services.imports.resume_reading import path_text
from portfolio.services.imports.row_kinds import Item, Known, RowKind, RowT, Spoken
from portfolio.services.imports.row_matching import match_rows
from portfolio.vocabulary import SECTION_ITEMS


def merge_rows(
    merging: Merging, kind: RowKind[RowT], rows: Sequence[RowT], items: Sequence[Item], said: Spoken
) -> tuple[RowCounts, Callable[[], Spoken]]:
    """Make the rows what the items say, as far as nothing was edited here.

    Args:
        rows: all of the profile, in their order.
        said: what the last file said of them.

    Returns:
        What became of the rows; and what gives, after a flush, what this file said of them.
    """
    counts = RowCounts()
    spoken: list[tuple[RowT | str, Item, Known[RowT] | None]] = []
    known, matches = match_rows(kind, rows, items, said)
    for item, match in zip(items, matches, strict=True):
        one, before = match.one, match.before
        if one is not None and one.row is not None:
            _tell_if_unsure(merging, kind, item, one.row, match.unsure)
            outcome = _merge_row(merging, kind, one.row, item, before)
            _add(counts, outcome)
            if outcome == "updated":
                merging.name_row("updated", kind.place, kind.label(one.row))
            spoken.append((one.row, item, one))
        elif before is not None and _was_taken_out(merging, item, before):
            merging.note("kept", item.place, "was removed here; the file still has it")
            counts.kept += 1
            spoken.append((before.id, item, before))
        else:
            _add(counts, "overwritten" if before else "created")
            if before:
                merging.note("overwritten", item.place, "was removed here; now it is back")
            made = kind.make(item)
            merging.name_row("created", kind.place, kind.label(made))
            spoken.append((made, item, None))
    placed = [row for row, _, _ in spoken if not isinstance(row, str)]
    unmatched = [one for one in known if one.row not in placed]
    hidden = [one for one in unmatched if _is_left_out(merging, kind, one)]
    left = _drop_rows(merging, kind, [one for one in unmatched if one not in hidden], counts)
    left += _keep_rows(merging, kind, hidden, counts)
    if len(placed) + len(left) > SECTION_ITEMS:
        text = f"has {len(placed)} items, and {len(left)} were added here"
        merging.refuse(kind.place, f"{text}; together there can be {SECTION_ITEMS}")
    if kind.ordered:
        stay = [row for row in rows if row in placed or row in left]
        anew = {match.before.id: match.one.id for match in matches if match.one and match.before}
        ids: list[str] = [entry["id"] for entry in said]
        _put_in_order(merging, kind, stay, placed, [anew.get(number, number) for number in ids])
    stay_said = {one.id for one in hidden}
    carried: Spoken = [entry for entry in said if entry["id"] in stay_said]
    return counts, lambda: [*(_spoken(merging, kind, *entry) for entry in spoken), *carried]


def _is_left_out(merging: Merging, kind: RowKind[RowT], one: Known[RowT]) -> bool:
    return merging.is_public and one.row is not None and kind.hidden(one.row)


def _keep_rows(
    merging: Merging, kind: RowKind[RowT], hidden: Sequence[Known[RowT]], counts: RowCounts
) -> list[RowT]:
    rows = [one.row for one in hidden if one.row is not None]
    merging.left_out += [f"{path_text(kind.place)} {kind.label(row)}" for row in rows]
    counts.kept += len(rows)
    return rows


def _was_taken_out(merging: Merging, item: Item, before: Known[RowT]) -> bool:
    """Whether the file says nothing of it that the last one did not say."""
    said = before.said or {}
    same = all(name in said and said[name] == value for name, value in item.said.items())
    return same and not merging.overwrite


def _tell_if_unsure(
    merging: Merging, kind: RowKind[RowT], item: Item, row: RowT, unsure: bool | None
) -> None:
    """Tell what goes with a row that the item may not have meant."""
    if unsure is None or kind.slug is None:
        return
    slug, belongings = kind.slug(row), kind.belongings(row)
    if not unsure and not belongings:
        return
    held = f" and its {belongings}" if belongings else ""
    merging.note(
        "kept",
        item.place,
        f"is taken for {slug}{held}: of those called {kind.label(row)} the most alike, or of equal "
        "ones the next; with x-portfolio.slug the file says which one is meant",
    )


def _merge_row(
    merging: Merging,
    kind: RowKind[RowT],
    row: RowT,
    item: Item,
    before: Known[RowT] | None,
) -> str:
    said = before.said if before else None
    back = {
        column: value
        for column, value in kind.taken_back(said or {}).items()
        if column not in item.columns
    }
    # An edit in the place of what the file says no more is kept, as if it had never said it.
    edited = {c: value for c, value in back.items() if getattr(row, c) != (said or {})[c]}
    columns = {**item.columns, **_with_unknown(merging, row, item)}
    columns = {c: value for c, value in columns.items() if not kind.has(row, c, plain(value))}
    outcome = merging.write_columns(
        row,
        {**columns, **back},
        said and {**said, **edited},
        lambda column: (*item.place, *kind.member(column)),
    )
    here = kind.slug(row) if kind.slug is not None else None
    if item.slug is None or item.slug == here:
        return outcome
    merging.tell_of_slug((*item.place, *kind.member("slug")), here, item.slug)
    return "kept" if outcome == "unchanged" else outcome


def _with_unknown(merging: Merging, row: RowT, item: Item) -> dict[str, Any]:
    """The unknown members of a row, if the file cannot tell of them."""
    return {"extra": {**row.extra, **item.columns["extra"]}} if merging.is_public else {}


def _drop_rows(
    merging: Merging, kind: RowKind[RowT], unmatched: Sequence[Known[RowT]], counts: RowCounts
) -> list[RowT]:
    """Remove the rows that came from the last file; the others stay and are given."""
    left = []
    for one in unmatched:
        row = one.row
        if row is None:
            continue
        if one.said is None:
            origin = "was added here" if merging.said else "is not in the file"
            merging.note("kept", kind.place, f"{kind.label(row)} {origin}; it stays")
            counts.kept += 1
            left.append(row)
            continue
        was = {**one.left, **one.said}
        edited = not all(kind.has(row, *member) for member in was.items())
        held = ["what was edited here"] if edited else []
        held += [belongings] if (belongings := kind.belongings(row)) else []
        also = f", with {' and '.join(held)}" if held else ""
        merging.note("removed", kind.place, f"{kind.label(row)} is not in the file any more{also}")
        counts.removed += 1
        db.session.delete(row)
    return left


def _put_in_order(
    merging: Merging,
    kind: RowKind[RowT],
    here: Sequence[RowT],
    says: Sequence[RowT],
    said_ids: Sequence[str],
) -> None:
    by_id = {str(row.id): row for row in here}
    said = [by_id[number] for number in said_ids if number in by_id]
    order, gave_way = merge_order(here, says, said, overwrite=merging.overwrite)
    if order == list(here):
        if common(here, says) != common(says, here):
            merging.note("kept", kind.place, "is in another order here than in the file; it stays")
        return
    if common(order, here) != list(here):
        lost = ", which replaces the order made here" if gave_way else ""
        merging.note("reordered", kind.place, f"is put in the order of the file{lost}")
    for place, row in enumerate(order, start=1):
        row.sort_order = place


def _spoken(
    merging: Merging, kind: RowKind[RowT], row: RowT | str, item: Item, one: Known[RowT] | None
) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": row if isinstance(row, str) else str(row.id)}
    entry["said"] = dict(item.said)
    if merging.is_public:
        was = one.said if one and one.said else {}
        entry["said"]["extra"] = was.get("extra", {}) if isinstance(row, str) else row.extra
    if item.slug:
        entry["slug"] = item.slug
    if kind.silent:
        entry["stood"] = (
            (one and one.stood) if isinstance(row, str) else kind.slug and kind.slug(row)
        )
        entry["left"] = _left(kind, row, item, one)
    return entry


def _left(
    kind: RowKind[RowT], row: RowT | str, item: Item, one: Known[RowT] | None
) -> dict[str, Any]:
    """What imports have left in the columns that this file says nothing of.

    A row that was made here has been left nothing: what it has is its owner's.
    """
    if one is None:
        left = {name: plain(getattr(row, name)) for name in kind.silent}
    elif one.said is None:
        left = dict.fromkeys(kind.silent)
    else:
        left = {**one.left, **one.said, **kind.taken_back(one.said)}
    return {name: left[name] for name in kind.silent if name in left and name not in item.said}


def _add(counts: RowCounts, outcome: str) -> None:
    setattr(counts, outcome, getattr(counts, outcome) + 1)
