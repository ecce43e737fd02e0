"""Years of use come from dates; months that overlap count once."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from portfolio.ai.skills.duration import (
    DatedItem,
    count_months,
    months_of,
    total_years,
    use_of_skills,
)

TODAY = date(2025, 6, 15)
spans = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 60)).map(lambda pair: (pair[0], sum(pair)))
)


def item(start: str | None, end: str | None, *skills: str) -> DatedItem:
    return DatedItem(start, end, skills)


def test_overlapping_jobs_count_once() -> None:
    items = [item("2020-01", "2021-12", "Go"), item("2021-01", "2022-12", "Go")]
    assert use_of_skills(items, TODAY)["Go"].years == 3
    assert total_years(items, TODAY) == 3


def test_a_gap_does_not_count() -> None:
    items = [item("2018-01", "2018-12", "Go"), item("2020-01", "2020-06", "Go")]
    use = use_of_skills(items, TODAY)["Go"]
    assert (use.years, use.last_used, use.is_current) == (1.5, "2020-06", False)


def test_work_without_an_end_lasts_until_today() -> None:
    use = use_of_skills([item("2024-07-01", None, "Go")], TODAY)["Go"]
    assert (use.years, use.last_used, use.is_current) == (1, "2025-06", True)


def test_a_bare_year_is_all_of_it_and_none_of_the_future() -> None:
    assert use_of_skills([item("2020", "2020", "Go")], TODAY)["Go"].years == 1
    assert use_of_skills([item("2025", "2025", "Go")], TODAY)["Go"].years == 0.5
    assert use_of_skills([item("2026-01", None, "Go")], TODAY) == {}


def test_undated_and_reversed_items_count_nothing() -> None:
    items = [item(None, "2020", "Go"), item("2021", "2020", "Go")]
    assert use_of_skills(items, TODAY) == {}


def test_months_are_counted_from_first_to_last() -> None:
    first, last = months_of("2020-03-31", "2020-04-01", TODAY) or (0, 0)
    assert last - first == 1


@given(spans)
def test_months_are_those_in_any_span(drawn: list[tuple[int, int]]) -> None:
    covered = {month for first, last in drawn for month in range(first, last + 1)}
    assert count_months(drawn) == len(covered)
