"""What merging has to know of a file's items, of rows, and of the tables that rows are in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from portfolio.models import Project, Section
from portfolio.schemas.resume_dialect import Location

RowT = TypeVar("RowT", Section, Project)
Spoken = list[dict[str, Any]]
"""What the file says of each row: `id`, `said` (by column) and, of projects, the `slug` that it
gives, `stood`, the slug here after the import, and `left`: by column, how imports have left what
the file says nothing of."""


@dataclass(frozen=True)
class Item:
    """An item of the file.

    Attributes:
        said: the columns as JSON has them.
        slug: the slug that the file gives; `wanted` is the one that its name would give.
    """

    place: Location
    columns: Mapping[str, Any]
    said: Mapping[str, Any]
    slug: str | None = None
    wanted: str = ""


@dataclass
class Known(Generic[RowT]):
    """A row, or one that is gone, with what the last file said of it, if it did.

    Attributes:
        slug: the one that the last file gave; `stood` is the one that it was left with.
    """

    id: str
    row: RowT | None
    said: Mapping[str, Any] | None
    slug: str | None = None
    stood: str | None = None
    left: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RowKind(Generic[RowT]):
    """What merging has to know of a table.

    Attributes:
        tests: what makes an item and a row the same, the surest first: what the last file said of
            a row, which may be gone by now, goes before what stands here.
        make: adds a row for the item.
        member: the file's name for a column.
        ordered: whether rows stand in the order of the file.
        taken_back: columns that the last file spoke of, as they are if this one does not.
        silent: columns of which a file may say nothing.
        belongings: in words, what would go with a row.
        slug: the slug of a row, if rows of this kind have any.
    """

    place: Location
    tests: Sequence[Callable[[Item, Known[RowT]], bool]]
    make: Callable[[Item], RowT]
    member: Callable[[str], Location]
    label: Callable[[RowT], str]
    ordered: bool = True
    taken_back: Callable[[Mapping[str, Any]], Mapping[str, Any]] = lambda _said: {}
    silent: Sequence[str] = ()
    belongings: Callable[[RowT], str] = lambda _row: ""
    slug: Callable[[RowT], str | None] = lambda _row: None
