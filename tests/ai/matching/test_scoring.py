"""The formulas: what they are computed from is in the report, and gives the same numbers."""

import pytest

from portfolio.ai.matching.report import Report, Scores
from portfolio.ai.matching.scoring import WEIGHTS
from tests.ai.matching.people import hanneke, report_on

FULL = """Requirements
- 4 years of Python and PostgreSQL
- 10 years of experience
- Django or Flask
- Scala
- Bachelor's degree in computer science
- Fluent English and German
Nice to have
- Elasticsearch
"""


def recomputed(report: Report, name: str) -> float:
    items = report.scores.inputs[name]["items"]
    total = sum(item["weight"] for item in items)
    return float(round(100 * sum(i["weight"] * i["credit"] for i in items) / total, 1))


def test_scores_follow_from_their_inputs() -> None:
    report = report_on(FULL)
    scores = report.scores
    assert scores.skills == recomputed(report, "skills") == 69.2
    assert scores.experience == recomputed(report, "experience") == 93.0
    assert scores.education == 100
    assert scores.languages == recomputed(report, "languages") == 75.0
    parts = scores.inputs["overall"].values()
    total = sum(part["weight"] for part in parts)
    assert scores.overall == round(sum(p["weight"] * p["score"] for p in parts) / total, 1)
    assert total == sum(WEIGHTS.values())
    assert set(scores.formula) == {"overall", *WEIGHTS}


def test_required_counts_three_times_as_much_as_nice_to_have() -> None:
    assert report_on("Requirements\n- Python\nNice to have\n- Scala\n").scores.skills == 75
    assert report_on("Requirements\n- Scala\nNice to have\n- Python\n").scores.skills == 25


def test_what_is_asked_twice_counts_once() -> None:
    once = report_on("Requirements\n- Python\n- Scala\n").scores
    twice = report_on("You will write Python.\n\nRequirements\n- Python\n- Scala\n").scores
    assert once.skills == twice.skills == 50


def test_what_cannot_be_scored_is_null_and_leaves_the_overall_score_to_the_others() -> None:
    scores = report_on("Requirements\n- Python\n- Scala\n").scores
    assert (scores.overall, scores.skills) == (50, 50)
    assert (scores.experience, scores.education, scores.languages) == (None, None, None)
    assert scores.unscored["education"] == "The description asks for no degree."


@pytest.mark.parametrize(
    ("missing", "line", "why"),
    [
        ("education", "Master's degree in physics", "The portfolio names no finished degree."),
        ("language", "Fluent English", "The portfolio lists no languages."),
        ("work", "5 years of experience", "The portfolio dates no work."),
    ],
)
def test_what_a_portfolio_does_not_say_is_null_and_not_0(missing: str, line: str, why: str) -> None:
    kinds = {missing, "project"} if missing == "work" else {missing}
    documents = [document for document in hanneke() if document.type not in kinds]
    scores = report_on(f"Requirements\n- {line}\n", documents).scores
    assert why in scores.unscored.values()
    assert scores.overall is None


@pytest.mark.parametrize(
    ("line", "score"),
    [
        ("Bachelor's degree", 100),
        ("PhD in physics", 60),
        ("Master's degree or equivalent experience", 100),
        ("Vocational training", 100),
    ],
)
def test_levels_of_education_are_compared(line: str, score: float) -> None:
    assert report_on(f"Requirements\n- {line}\n").scores.education == score


def test_a_degree_that_is_not_finished_is_not_there() -> None:
    documents = [
        document._replace(document={**document.document, "end_date": None})
        if document.type == "education"
        else document
        for document in hanneke()
    ]
    scores: Scores = report_on("Requirements\n- Bachelor's degree\n", documents).scores
    assert scores.education is None


@pytest.mark.parametrize(
    ("line", "found", "score"),
    [
        ("5 years of Django", 3.0, 60.0),
        ("10 years of Go", 0.5, 50.0),
        ("2 years of Docker", None, 50.0),
        ("2 years of Scala", 0.0, 0.0),
    ],
)
def test_years_of_a_skill_that_is_not_dated_are_not_0(
    line: str, found: float | None, score: float
) -> None:
    report = report_on(f"Requirements\n- {line}\n")
    assert [each.found for each in report.comparison.experience] == [found]
    assert report.scores.experience == score
