"""What merging has to know of a file's items, of rows, and of the tables that rows are in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

from sqlalchemy import inspect

from portfolio.models import Project, Section
from portfolio.schemas.json_resume.resume_dialect import Location
from portfolio.services.imports.merging import plain

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

    @cached_property
    def stands(self) -> Mapping[str, Any]:
        """What stands here."""
        if self.row is None:
            return {}
        names = inspect(type(self.row)).column_attrs.keys()
        return {name: plain(getattr(self.row, name)) for name in names}


Test = Callable[[Item, Known[RowT]], bool]
HasValue = Callable[[Any, str, Any], bool]


def has_value(row: Any, column: str, value: Any) -> bool:
    """Whether a column of a row has a value, plain."""
    return bool(plain(getattr(row, column)) == value)


def equals_row(item: Item, one: Known[RowT], has: HasValue = has_value) -> bool:
    """Whether a row is as the item says in all that this speaks of."""
    row = one.row
    return row is not None and all(has(row, *member) for member in item.said.items())


@dataclass(frozen=True)
class RowKind(Generic[RowT]):
    """What merging has to know of a table.

    Attributes:
        equals: whether a row is as the item says in all that this speaks of.
        had_name: whether the last file named a row so; `has_name`, whether it is named so here.
        steps: what else makes an item and a row the same, the surest first: each has tests of what
            the last file said of a row, which may be gone by now, and tests of what stands here.
        make: adds a row for the item.
        member: the file's name for a column.
        ordered: whether rows stand in the order of the file.
        taken_back: columns that the last file spoke of, as they are if this one does not.
        silent: columns of which a file may say nothing.
        belongings: in words, what would go with a row.
        hidden: whether a public export leaves a row out.
        apart: the column that tells apart what has the same name.
        has: whether a column has a value, or one that means the same.
        slug: the slug of a row, if rows of this kind have any. These are not made anew while one of
            their name is left.
    """

    place: Location
    equals: Test[RowT]
    had_name: Test[RowT]
    has_name: Test[RowT]
    steps: Sequence[tuple[Sequence[Test[RowT]], Sequence[Test[RowT]]]]
    make: Callable[[Item], RowT]
    member: Callable[[str], Location]
    label: Callable[[RowT], str]
    ordered: bool = True
    taken_back: Callable[[Mapping[str, Any]], Mapping[str, Any]] = lambda _said: {}
    silent: Sequence[str] = ()
    belongings: Callable[[RowT], str] = lambda _row: ""
    hidden: Callable[[RowT], bool] = lambda _row: False
    apart: str | None = None
    has: HasValue = has_value
    slug: Callable[[RowT], str | None] | None = None
