"""What the cache is held against: two tables as plain values, and what a read of them must be."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from portfolio.caching.policy import CacheType, Policy, PolicyTable
from portfolio.caching.postgres_adapter.triggers import INSTALL, watch

SCHEMA = (
    "CREATE TABLE item (id int PRIMARY KEY, value int NOT NULL)",
    "CREATE TABLE part (id int PRIMARY KEY, weight int NOT NULL,"
    " item_id int NOT NULL REFERENCES item ON DELETE CASCADE ON UPDATE CASCADE)",
    *INSTALL,
    *watch("item", "item", ["id"]),
    *watch("part", "part", ["item_id"]),
)
STALE = 3600
APART = 1 << 32
"""So many places that no two absent rows share one, whatever the database's epoch."""
ROW = Policy(
    "row",
    CacheType.QUERY,
    3600,
    ("item:id={id}", "item:*"),
    ("id",),
    stale=STALE,
    error_ttl=3600,
    slots=APART,
)
LIST = Policy("list", CacheType.QUERY, 3600, ("item",), stale=STALE)
PARTS = Policy(
    "parts", CacheType.STATISTICS, 3600, ("part:item_id={id}", "part:*"), ("id",), stale=STALE
)
REPORT = Policy("report", CacheType.API, 7200, ())
POLICIES = PolicyTable(ROW, LIST, PARTS, REPORT)

IDS = (1, 2, 3)
CROWD = range(1000, 1120)
"""More rows than a trigger names one by one."""


@dataclass(frozen=True)
class Read:
    """A read of one policy; a report is made of other reads."""

    policy: Policy
    id: int | None = None

    @property
    def arguments(self) -> dict[str, Any]:
        return {} if self.id is None else {"id": self.id}

    @property
    def parts(self) -> "tuple[Read, ...]":
        """The reads of tables that it is made of."""
        return REPORT_PARTS if self.policy is REPORT else (self,)


REPORT_PARTS = (Read(LIST), Read(ROW, 1), Read(PARTS, 1), Read(PARTS, 2))
READS = (
    *(Read(policy, number) for policy in (ROW, PARTS) for number in IDS),
    Read(LIST),
    Read(REPORT),
)


@dataclass(frozen=True)
class State:
    """Both tables at one moment: values by item, and (item, weight) by part."""

    items: dict[int, int]
    parts: dict[int, tuple[int, int]]

    def value(self, read: Read) -> Any:
        """What a read of a table gives."""
        if read.policy is ROW:
            return self.items.get(read.id or 0)
        if read.policy is LIST:
            return [[number, value] for number, value in sorted(self.items.items())]
        return [
            [number, weight]
            for number, (item, weight) in sorted(self.parts.items())
            if item == read.id
        ]


START = State({1: 10, 2: 20, 3: 30}, {1: (1, 5), 2: (1, 6), 3: (2, 7)})
FILL = (
    "TRUNCATE item CASCADE",
    "INSERT INTO item VALUES (1, 10), (2, 20), (3, 30)",
    "INSERT INTO part (id, item_id, weight) VALUES (1, 1, 5), (2, 1, 6), (3, 2, 7)",
)


@dataclass(frozen=True)
class Change:
    """A statement and what it does to a state.

    Attributes:
        wide: the tables of which the database names no single row then.
    """

    statement: str
    apply: Callable[[State], State]
    wide: Callable[[State], frozenset[str]] = lambda _state: frozenset()

    def __repr__(self) -> str:
        return f"Change({self.statement!r})"

    def run(self, execute: Callable[[Any], object]) -> None:
        execute(text(self.statement))

    def touches(self, before: State, after: State, read: Read) -> bool:
        """Whether the read has to be computed anew after the change."""
        if any(before.value(part) != after.value(part) for part in read.parts):
            return True
        # That there is no such item depends on all items.
        absent = any(p.policy is ROW and before.value(p) is None for p in read.parts)
        if absent and before.items != after.items:
            return True
        wide = {"row": "item", "list": "item", "parts": "part"}
        return any(wide[part.policy.name] in self.wide(before) for part in read.parts)


def set_value(number: int, value: int) -> Change:
    """Sets an item's value, if there is such an item."""
    return Change(
        f"UPDATE item SET value = {value} WHERE id = {number}",
        lambda s: State({i: value if i == number else v for i, v in s.items.items()}, s.parts),
    )


def put_item(number: int, value: int) -> Change:
    """Makes an item or sets its value."""
    return Change(
        f"INSERT INTO item VALUES ({number}, {value})"
        " ON CONFLICT (id) DO UPDATE SET value = excluded.value",
        lambda s: State({**s.items, number: value}, s.parts),
    )


def add_to_all(amount: int) -> Change:
    """Changes every item; nothing is changed by an amount of 0."""
    return Change(
        f"UPDATE item SET value = value + {amount}",
        lambda s: State({i: v + amount for i, v in s.items.items()}, s.parts),
        lambda s: frozenset(["item"] if amount and len(s.items) > 100 else []),
    )


def add_crowd() -> Change:
    """Makes more items at once than are named one by one."""
    return Change(
        f"INSERT INTO item SELECT n, 0 FROM generate_series({CROWD[0]}, {CROWD[-1]}) AS n"
        " ON CONFLICT (id) DO NOTHING",
        lambda s: State({**dict.fromkeys(CROWD, 0), **s.items}, s.parts),
        lambda s: frozenset([] if CROWD[0] in s.items else ["item"]),
    )


def delete_item(number: int) -> Change:
    """Removes an item and, by a cascade, its parts."""
    return Change(
        f"DELETE FROM item WHERE id = {number}",
        lambda s: State(
            {i: v for i, v in s.items.items() if i != number},
            {p: (i, w) for p, (i, w) in s.parts.items() if i != number},
        ),
    )


def move_item(number: int, new: int) -> Change:
    """Gives an item another id, and by a cascade its parts; unless that id is taken."""

    def apply(s: State) -> State:
        if number not in s.items or new in s.items:
            return s
        return State(
            {new if i == number else i: v for i, v in s.items.items()},
            {p: (new if i == number else i, w) for p, (i, w) in s.parts.items()},
        )

    return Change(
        f"UPDATE item SET id = {new} WHERE id = {number}"
        f" AND NOT EXISTS (SELECT FROM item WHERE id = {new})",
        apply,
    )


def put_part(number: int, item: int, weight: int) -> Change:
    """Makes a part, or moves it to another item; if there is such an item."""
    return Change(
        f"INSERT INTO part (id, item_id, weight) SELECT {number}, id, {weight} FROM item"
        f" WHERE id = {item}"
        " ON CONFLICT (id) DO UPDATE SET item_id = excluded.item_id, weight = excluded.weight",
        lambda s: State(
            s.items, {**s.parts, number: (item, weight)} if item in s.items else s.parts
        ),
    )


def truncate(table: str) -> Change:
    """Empties the table of parts, or both."""
    both = table == "item"
    return Change(
        f"TRUNCATE {table} CASCADE",
        lambda s: State({} if both else s.items, {}),
        lambda _s: frozenset(["item", "part"] if both else ["part"]),
    )
