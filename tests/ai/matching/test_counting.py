"""Years and either/or lists in a report: matched is with the years asked for, and all of them."""

import pytest

from portfolio.ai.matching.report import Report
from portfolio.ai.shown.places import Document
from tests.ai.matching.people import hanneke, report_on

LISTS = ("matched", "partial", "missing")


def verdict_of(report: Report, words: str) -> str:
    lists = {name: [m.requirement for m in getattr(report, name)] for name in LISTS}
    lists["unjudged"] = list(report.unjudged)
    return next(name for name, own in lists.items() for asked in own if words in asked.text)


@pytest.mark.parametrize(
    ("line", "verdict", "experience"),
    [
        ("7 years of professional experience", "matched", 100),
        ("10+ years of Python", "partial", 79),
        ("5 years of experience in oral surgery", "unjudged", None),
        ("10 years of Quillscript", "unjudged", None),
        ("3+ years of B2B sales", "missing", 0),
        ("7 years as a software engineer", "matched", 100),
        ("7+ years of IT experience", "matched", 100),
        ("7 years as a data engineer", "missing", 0),
        ("10 years of Django or Scala", "partial", 50),
        ("Scala or PostgreSQL for at least 5 years", "matched", 100),
        ("Django (10 years) or PostgreSQL (5 years)", "matched", 100),
        ("Kafka in production for at least 6 years", "partial", 81.7),
        ("Mentoring for 3 years", "matched", None),
    ],
)
def test_matched_means_with_the_years_asked_for(
    line: str, verdict: str, experience: float | None
) -> None:
    report = report_on(f"Requirements\n- {line}\n")
    assert verdict_of(report, line) == verdict
    assert report.scores.experience == experience


@pytest.mark.parametrize(
    ("line", "credit", "reasons"),
    [
        ("At least two of Ruby, Scala, Python or Elixir", 0.5, ["too_few"]),
        ("Two of Ruby, Python and Django", 1.0, ["one_of_several"]),
        ("Three of Ruby, Python, Django, Scala", 0.6667, ["too_few"]),
        ("Either Swift and Python, or Django and PostgreSQL", 1.0, ["one_of_several"]),
        ("Either Swift and Python, or Kotlin and Jetpack Compose", 0.5, ["some_skills"]),
        ("Any two of Kafka, FooMQ or BarMQ", 0.5, ["too_few"]),
        ("dbt, Airflow or Dagster", 0.0, []),
    ],
)
def test_an_either_or_is_met_by_as_many_as_it_needs(
    line: str, credit: float, reasons: list[str]
) -> None:
    report = report_on(f"Requirements\n- {line}\n")
    [match] = [match for name in LISTS for match in getattr(report, name)]
    assert (match.credit, list(match.reasons)) == (credit, reasons)
    assert report.scores.skills == round(100 * credit, 1)


@pytest.mark.parametrize(
    ("line", "score", "shown"),
    [
        ("German or French at B2", 50, ["German"]),
        ("English or French", 100, ["English"]),
        ("English and either Spanish or Portuguese", 50, ["English", "Spanish"]),
    ],
)
def test_one_of_several_spoken_languages_will_do(line: str, score: float, shown: list[str]) -> None:
    report = report_on(f"Requirements\n- {line}\n")
    assert report.scores.languages == score
    assert [each.name for each in report.comparison.languages] == shown


def test_the_score_of_skills_follows_from_the_lists_alone() -> None:
    report = report_on(
        "Requirements\n- Mentoring\n- Python and Docker\n- 5 years of experience\n- Scala\n"
        "- Two of Ruby, Django, Go\n- Zorblax for 9 years\nNice to have\n- Python\n- Flask\n"
    )
    counted: dict[tuple[frozenset[str], int | None], tuple[int, float]] = {}
    for match in (m for name in LISTS for m in getattr(report, name) if m.scored):
        asked = match.requirement
        key = frozenset(skill.name for skill in asked.skills), asked.at_least
        weight, credit = counted.get(key, (0, 1.0))
        own = 3 if asked.level == "required" else 1
        counted[key] = max(weight, own), min(credit, match.credit)
    total = sum(weight for weight, _credit in counted.values())
    value = 100 * sum(weight * credit for weight, credit in counted.values()) / total
    assert report.scores.skills == round(value, 1)
    unscored = [m.requirement.text for name in LISTS for m in getattr(report, name) if not m.scored]
    assert unscored == ["Mentoring", "5 years of experience", "Zorblax"]


def test_years_of_an_owners_own_word_are_its_own() -> None:
    text = "Requirements\n- 10 years of Quillscript\n- Scala\n"
    listed = Document("skill", "q", {"name": "Quillscript"})
    report = report_on(text, [*hanneke(), listed])
    assert verdict_of(report, "Quillscript") == "partial"
    assert (report.scores.skills, report.scores.experience) == (0, None)
