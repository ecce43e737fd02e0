"""The numbers, on nothing, on known rows, and against a plain recount of any rows."""

import statistics
from datetime import date
from typing import Any

from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from portfolio.services.statistics import Facts, summarize
from portfolio.vocabulary import Difficulty, Status

STATS = "/api/v1/projects/stats/"

dates = st.dates(date(1990, 1, 1), date(2030, 12, 31))
periods = st.one_of(
    st.tuples(st.none(), st.none()),
    st.tuples(dates, st.none()),
    st.tuples(st.none(), dates),
    st.tuples(dates, dates).map(lambda pair: tuple(sorted(pair))),
)
facts = st.builds(
    lambda period, **rest: Facts(start_date=period[0], end_date=period[1], **rest),
    period=periods,
    status=st.sampled_from([*Status]),
    difficulty=st.none() | st.sampled_from([*Difficulty]),
    featured=st.booleans(),
    open_source=st.booleans(),
    complexity=st.none() | st.integers(1, 10),
    technologies=st.lists(st.sampled_from(["Go", "go", "GO", "C", "C++", "İx", "ix"]), max_size=4),
)


def test_nothing() -> None:
    empty = summarize([]).model_dump(mode="json")
    spread: dict[str, Any] = {"count": 0, "mean": None, "min": None, "max": None, "median": None}
    assert empty == {
        "total": 0,
        "featured": 0,
        "open_source": 0,
        "by_status": dict.fromkeys(Status, 0),
        "by_difficulty": dict.fromkeys(Difficulty, 0),
        "by_technology": [],
        "complexity": spread,
        "duration_days": {**spread, "ongoing": 0},
        "by_year": [],
    }


def test_nothing_over_http(client: FlaskClient) -> None:
    for query in ("", "?profile=nobody"):
        assert client.get(STATS + query).json["total"] == 0


def test_known_rows() -> None:
    rows = [
        Facts("completed", "expert", True, False, 9, date(2020, 1, 1), date(2021, 1, 1), ["Go"]),
        Facts("completed", "expert", False, True, 4, date(2020, 6, 1), date(2020, 6, 1), ["go"]),
        Facts("archived", None, False, False, 2, date(2019, 1, 1), date(2019, 1, 11), ["Go", "C"]),
        Facts("in_progress", "beginner", False, True, None, date(2021, 3, 1), None, ["C"]),
        Facts("planning", None, False, False, None, None, None, []),
    ]
    result = summarize(rows).model_dump(mode="json")
    assert (result["total"], result["featured"], result["open_source"]) == (5, 1, 2)
    assert result["by_status"]["completed"] == 2
    assert result["by_difficulty"]["expert"] == 2
    assert result["by_technology"] == [{"name": "Go", "count": 3}, {"name": "C", "count": 2}]
    assert result["complexity"] == {"count": 3, "mean": 5.0, "min": 2, "max": 9, "median": 4.0}
    assert result["duration_days"] == {
        "count": 3,
        "mean": 125.33,
        "min": 0,
        "max": 366,
        "median": 10.0,
        "ongoing": 1,
    }
    assert result["by_year"] == [
        {"year": 2019, "started": 1, "completed": 0},
        {"year": 2020, "started": 2, "completed": 1},
        {"year": 2021, "started": 1, "completed": 1},
    ]


@given(st.lists(facts, max_size=15))
def test_against_a_recount(rows: list[Facts]) -> None:
    result = summarize(rows)
    assert result.total == len(rows) == sum(result.by_status.values())
    assert sum(result.by_difficulty.values()) == sum(row.difficulty is not None for row in rows)
    days = sorted(
        (row.end_date - row.start_date).days for row in rows if row.start_date and row.end_date
    )
    assert result.duration_days.count == len(days)
    if days:
        assert (result.duration_days.min, result.duration_days.max) == (days[0], days[-1])
        assert result.duration_days.median == statistics.median(days)
    else:
        assert result.duration_days.mean is None
    assert sum(year.started for year in result.by_year) == sum(
        row.start_date is not None for row in rows
    )
    assert [year.year for year in result.by_year] == sorted({y.year for y in result.by_year})
    folded = {name.casefold() for row in rows for name in row.technologies}
    assert {item.name.casefold() for item in result.by_technology} == folded
    for item in result.by_technology:
        users = [
            row
            for row in rows
            if item.name.casefold() in {name.casefold() for name in row.technologies}
        ]
        assert item.count == len(users)
    counts = [item.count for item in result.by_technology]
    assert counts == sorted(counts, reverse=True)
