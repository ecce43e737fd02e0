"""The report: docs/performance.md, and its first table on the terminal."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bench.figures import Row, Section, Table

_VERDICTS = {True: "yes", False: "**no**", None: "**not measured**"}


@dataclass(frozen=True)
class Report:
    """Everything that one run found.

    Attributes:
        version: of the code that was measured.
        arrangement: which processors did what.
    """

    version: str
    moment: datetime
    machine: Sequence[tuple[str, str]]
    arrangement: str
    sections: Sequence[Section]

    @property
    def rows(self) -> list[Row]:
        """All lines of the first table."""
        return [row for section in self.sections for row in section.rows]

    @property
    def missed(self) -> list[Row]:
        """The bars that were not reached, or could not be measured."""
        return [row for row in self.rows if not row.met]

    def verdict(self) -> str:
        """One sentence on all of it."""
        count, missed = len(self.rows), len(self.missed)
        if not missed:
            return f"All {count} bars were reached."
        return f"{count - missed} of {count} bars were reached, {missed} were not."

    def markdown(self) -> str:
        """The whole report."""
        parts = [
            "# Performance",
            "Written by `make bench`, which runs everything side by side on one machine: the "
            "product, what people use instead, and a reference for each absolute figure. A figure "
            "with brackets is a median, with the least and the most of its repetitions in them. "
            "Counters and `Cache-Status` are on.",
            f"Measured on {self.moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC at version "
            f"`{self.version}`. {self.verdict()}",
            _table(
                Table(
                    ("measure", "bar", "measured", "met"),
                    [(row.measure, row.bar, row.measured, _VERDICTS[row.met]) for row in self.rows],
                )
            ),
            "## The machine",
            _table(Table(("", ""), self.machine)),
            self.arrangement,
        ]
        for section in self.sections:
            parts += [f"## {section.title}", *section.notes]
            parts += [_table(table) for table in section.tables]
        return "\n\n".join(parts) + "\n"

    def terminal(self, width: int) -> str:
        """The first table in plain text, the missed bars last, so that nobody overlooks them."""
        lines = []
        for row in self.rows:
            mark = {True: "met   ", False: "MISSED", None: "NONE  "}[row.met]
            lines += _wrap(f"{mark}  {row.measure}", width, "        ")
            lines += _wrap(f"bar: {row.bar}", width, "        ", "          ")
            lines += _wrap(f"measured: {row.measured}", width, "        ", "          ")
        lines += ["", self.verdict()]
        lines += [f"  MISSED: {row.measure}" for row in self.missed]
        return "\n".join(lines)


def now() -> datetime:
    """The present moment, for the report."""
    return datetime.now(UTC)


def _wrap(text: str, width: int, indent: str, first: str | None = None) -> list[str]:
    initial = "" if first is None else indent
    return textwrap.wrap(text, width, initial_indent=initial, subsequent_indent=first or indent)


def _table(table: Table) -> str:
    lines = [_line(table.columns), _line(["---"] * len(table.columns))]
    return "\n".join([*lines, *(_line(row) for row in table.rows)])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
