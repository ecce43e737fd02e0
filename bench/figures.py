"""What a measurement yields: medians with their spread, percentiles, and rows of the report."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import fmean, median


@dataclass(frozen=True)
class Spread:
    """The median of repeated measurements, and how far they lie apart."""

    middle: float
    least: float
    most: float
    count: int

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        return cls(median(values), min(values), max(values), len(values))

    def text(self, digits: int = 2, unit: str = "") -> str:
        """As `0.97 (0.95 to 0.99)`."""
        return (
            f"{self.middle:,.{digits}f}{unit} ({self.least:,.{digits}f} to {self.most:,.{digits}f})"
        )


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """Ours over theirs, round by round, so that what slows a whole round slows both sides."""
    return Spread.of([mine / other for mine, other in zip(ours, theirs, strict=True)])


def percentile(values: Sequence[float], part: float) -> float:
    """The nearest-rank percentile: the least value that `part` of all do not exceed."""
    ordered = sorted(values)
    rank = -int(-part * len(ordered) // 1)  # rounded up
    return ordered[max(rank, 1) - 1]


def describe_times(seconds: Sequence[float]) -> list[str]:
    """Mean, median, p99 and longest, in milliseconds, as cells of a table."""
    figures = (fmean(seconds), median(seconds), percentile(seconds, 0.99), max(seconds))
    return [f"{figure * 1000:.2f}" for figure in figures]


TIME_COLUMNS = ("mean ms", "median ms", "p99 ms", "longest ms")
"""The headings over describe_times."""


@dataclass(frozen=True)
class Row:
    """One line of the report's first table.

    Attributes:
        met: whether the bar was reached; None when it could not be measured.
    """

    measure: str
    bar: str
    measured: str
    met: bool | None


@dataclass(frozen=True)
class Table:
    """Figures behind the rows."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass
class Section:
    """What one scenario found: rows, how it was measured, and the figures behind."""

    title: str
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
