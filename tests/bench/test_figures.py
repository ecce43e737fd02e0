"""The bench's arithmetic, and the report that it ends in."""

import socket
from datetime import UTC, datetime

import pytest

from bench.figures import Row, Section, Spread, Table, percentile, ratios
from bench.machine import Cores, describe_machine
from bench.report import Report
from bench.scenarios.over_http import FLASK, PRODUCT, RAW, SUBJECTS, Sample, compare, judge


def test_ratios_are_taken_within_a_round() -> None:
    """A round in which the machine was half as fast says the same as the others."""
    assert ratios([100, 50, 104], [50, 25, 52]) == Spread(2, 2, 2, 3)
    assert ratios([1, 3, 2], [1, 1, 1]) == Spread(2, 1, 3, 3)


def test_a_spread_shows_its_ends() -> None:
    assert Spread.of([3, 1, 2]).text(1, " ms") == "2.0 ms (1.0 to 3.0)"


@pytest.mark.parametrize(
    ("count", "part", "expected"), [(100, 0.99, 99), (1, 0.99, 1), (101, 0.99, 100), (4, 0.5, 2)]
)
def test_a_percentile_is_a_value_that_occurred(count: int, part: float, expected: int) -> None:
    values = list(range(count, 0, -1))
    assert percentile(values, part) == expected


def test_a_bar_is_missed_if_one_comparison_misses_it() -> None:
    def compared(*rates: float) -> list[tuple[object, int, dict[str, list[Sample]]]]:
        """The raw callable answers 1,000 a second."""
        raw = [Sample(1000, 0.001)] * 3
        return [
            (subject, 8, {PRODUCT: [Sample(rate, 0.002)] * 3, RAW: raw})
            for subject, rate in zip(SUBJECTS, rates, strict=True)
        ]

    reached = judge(RAW, compared(950, 850))
    assert reached.met
    assert not judge(RAW, compared(950, 849)).met
    assert not judge(RAW, compared(949, 850)).met
    assert "0.95 (0.95 to 0.95)" in reached.measured
    assert judge(FLASK, []).met is None


def test_processor_time_is_compared_the_other_way_round() -> None:
    samples = {PRODUCT: [Sample(10, 0.5)], RAW: [Sample(5, 2.0)]}
    faster, cheaper = compare(samples, RAW)
    assert (faster.middle, cheaper.middle) == (2, 4)


def test_the_report_says_what_was_missed_and_nothing_of_whose_machine_it_is() -> None:
    section = Section(
        "Speed",
        [
            Row("first", "1 at most", "0.5", True),
            Row("second", "2 | 3", "4", False),
            Row("third", "5", "not installed", None),
        ],
        ["How."],
        [Table(("a", "b"), [("1", "2")])],
    )
    cores = Cores(frozenset([1]), frozenset([0]))
    report = Report(
        "abc", datetime(2026, 1, 2, tzinfo=UTC), describe_machine(cores), "apart", [section]
    )
    text = report.markdown()
    assert "| first | 1 at most | 0.5 | yes |" in text
    assert "| second | 2 \\| 3 | 4 | **no** |" in text
    assert "| third | 5 | not installed | **not measured** |" in text
    assert "1 of 3 bars were reached, 2 were not." in text
    assert "granian" in text
    assert socket.gethostname() not in text
    assert report.terminal(80).endswith("  MISSED: second\n  MISSED: third")
