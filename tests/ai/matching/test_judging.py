"""What counts as met, met in part, related, missing and not to be judged."""

from typing import Any

import msgspec
import pytest

from portfolio.ai.matching.report import Match, Report
from portfolio.ai.shown.places import Document
from tests.ai.jobs.labelled import labelled_descriptions
from tests.ai.matching.people import hanneke, report_on


def one_of(line: str) -> tuple[str, Match]:
    report = report_on(f"Requirements\n- {line}\n")
    lists = {"matched": report.matched, "partial": report.partial, "missing": report.missing}
    found = [(name, match) for name, matches in lists.items() for match in matches]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("line", "verdict", "reasons"),
    [
        ("Python", "matched", []),
        ("Kubernetes", "matched", []),
        ("SQL", "matched", []),
        ("Experience with Zorblax", "matched", []),
        ("Django or Flask", "matched", ["one_of_several"]),
        ("4 years of Python", "matched", []),
        ("5 years of Django", "partial", ["fewer_years"]),
        ("2 years of Docker", "partial", ["years_unknown"]),
        ("Flask", "partial", ["broader"]),
        ("Microsoft Office", "partial", ["narrower"]),
        ("A language such as Ruby or Rust", "partial", ["other_of_kind"]),
        ("Scala", "missing", []),
        ("Elasticsearch", "missing", []),
        ("React or Vue", "missing", []),
        ("5 years of experience with Elasticsearch", "missing", []),
    ],
)
def test_a_requirement_is_judged(line: str, verdict: str, reasons: list[str]) -> None:
    found, match = one_of(line)
    assert (found, list(match.reasons)) == (verdict, reasons)
    assert bool(match.evidence) == (verdict != "missing")


@pytest.mark.parametrize(
    ("line", "quote"),
    [
        ("Python", "Python services that read Kafka topics."),
        ("Building APIs with PostgreSQL", "Built APIs with Django and PostgreSQL for warehouses."),
        ("Tuning of PostgreSQL", "Tuned PostgreSQL until reports took seconds instead of hours."),
        ("Docker", "Docker"),
        ("Go", "Go"),
        ("CI/CD", "Moved builds to GitHub Actions."),
    ],
)
def test_the_best_sentence_shows_it(line: str, quote: str) -> None:
    report = report_on(f"Requirements\n- {line}\n")
    assert quote in [each.citation.quote for m in report.matched for each in m.evidence]


def test_the_word_years_makes_no_sentence_a_better_one() -> None:
    document = Document(
        "work",
        "1",
        {
            "summary": "Wrote Go services. Their records had grown for years before Go.",
            "start_date": "2019",
        },
    )
    report = report_on("Requirements\n- 3 years of Go\n", [document])
    [quoted] = [each.citation.quote for m in report.matched for each in m.evidence]
    assert quoted == "Wrote Go services."


@pytest.mark.parametrize("line", ["Mentoring of junior engineers", "You mentor colleagues"])
def test_mentoring_is_of_somebody(line: str) -> None:
    assert one_of(line)[0] == "matched"


def test_years_and_last_use_come_from_dates_and_months_count_once() -> None:
    report = report_on("Requirements\n- PostgreSQL\n- Django\n- Go\n- Docker\n- Programming\n")
    uses = {use.skill: use for match in report.matched for use in match.uses}
    assert (uses["PostgreSQL"].years, uses["PostgreSQL"].is_current) == (7.9, True)
    assert (uses["Django"].years, uses["Django"].last_used) == (3.0, "2021-12")
    assert (uses["Go"].years, uses["Go"].last_used) == (0.5, "2020-08")
    assert uses["Docker"].years is None
    assert uses["Programming"].years == 7.9


def test_what_may_stand_for_it_is_related_and_makes_no_match() -> None:
    report = report_on("Requirements\n- RabbitMQ\n")
    assert [match.requirement.text for match in report.missing] == ["RabbitMQ"]
    assert [related.by for related in report.related] == ["vocabulary"]
    assert report.related[0].evidence[0].skill == "Apache Kafka"
    assert report.scores.skills == 0


def test_what_is_not_wanted_and_what_a_company_offers_is_ignored() -> None:
    wanted = "Requirements\n- Python\n"
    report = report_on(f"{wanted}- no Java, please\n\nWhat we offer\n- Free courses in Rust\n")
    assert [r.text for r in report.requirements] == ["Python"]
    assert [skill.name for skill in report.job.excluded] == ["Java"]
    assert report.scores == report_on(wanted).scores


def test_what_names_no_skill_is_not_judged() -> None:
    report = report_on("Requirements\n- Stories of your own failures\n- Creativity\n")
    assert [asked.text for asked in report.unjudged] == [
        "Stories of your own failures",
        "Creativity",
    ]
    assert report.scores.overall is None
    assert set(report.scores.unscored) == {
        *["overall", "skills", "experience", "education", "languages"]
    }


def test_traits_stand_apart_from_skills() -> None:
    text = "Requirements\n- Scala and good communication skills\n"
    asked = [match.requirement for match in report_on(text).missing]
    assert [[skill.name for skill in one.skills] for one in asked] == [["Scala"]]
    asked = [*asked, *report_on(text).unjudged]
    assert "Communication" in {trait.name for one in asked for trait in one.traits}
    assert all(text[t.start : t.end] for one in asked for t in one.traits)


def test_traits_are_shown_but_not_scored() -> None:
    report = report_on("Requirements\n- Mentoring\n- Scala\n")
    assert [match.evidence[0].citation.quote for match in report.matched] == [
        "Mentored two juniors."
    ]
    assert report.scores.skills == 0


def _groups(report: Report) -> list[tuple[int, int]]:
    matches = [*report.matched, *report.partial, *report.missing]
    asked = [*(match.requirement for match in matches), *report.unjudged]
    return sorted((each.start, each.end) for each in asked)


def test_each_requirement_is_in_one_list() -> None:
    report = report_on(
        "Requirements\n- Python, Scala and Zorblax\n- 5 years of Django\n- Creativity\n"
        "- 3+ years of professional experience\n"
    )
    assert _groups(report) == [(each.start, each.end) for each in report.requirements]
    assert len(report.requirements) == 6


def test_strengths_are_what_nobody_asked_for_and_more_years() -> None:
    report = report_on("Requirements\n- 2 years of Python\n- Kafka\n")
    names = [(strength.skill, strength.asked) for strength in report.strengths]
    assert names[0] == ("Python", 2)
    assert ("PostgreSQL", None) in names
    assert not {"Apache Kafka", "SQL"}.intersection(name for name, _asked in names)
    assert all(strength.evidence for strength in report.strengths)


def test_recommendations_name_only_what_a_text_says() -> None:
    text = (
        "Requirements\n- k8s and Elasticsearch\n- 5 years of Django\n- 2 years of Docker\n"
        "- RabbitMQ\n- Master's degree\n- Fluent French\n- 12 years of experience\n"
    )
    report = report_on(text)
    said = text + "\n".join(str(document.document) for document in hanneke())
    kinds = {each.kind for each in report.recommendations}
    assert kinds >= {"missing", "fewer_years", "years_unknown", "language", "experience"}
    for each in report.recommendations:
        for quoted in each.text.split("\u201c")[1:]:
            assert quoted.split("\u201d")[0] in said


@pytest.mark.parametrize("labels", labelled_descriptions(), ids=lambda labels: labels["trap"])
def test_no_trap_is_listed_as_a_requirement(labels: dict[str, Any]) -> None:
    report = report_on(labels["text"])
    traps = {*labels.get("absent", []), *labels.get("excluded", [])}
    listed = {skill.name for each in report.requirements for skill in each.skills}
    assert not listed & traps
    levels = {"required": "required", "nice": "nice_to_have"}
    for key, level in levels.items():
        own = {s.name for each in report.requirements if each.level == level for s in each.skills}
        assert set(labels.get(key, [])) <= own


def test_dated_work_comes_before_what_has_no_date() -> None:
    claim = {"name": "Hanneke", "summary": "Tuning PostgreSQL for slow reports is a joy."}
    documents = [Document("profile", "claim", claim), *hanneke()]
    report = report_on("Requirements\n- Tuning PostgreSQL for slow reports\n", documents)
    assert [each.citation.quote for each in report.matched[0].evidence] == [
        "Tuned PostgreSQL until reports took seconds instead of hours."
    ]


def test_what_an_owner_lists_is_asked_for_and_changes_no_other_requirement() -> None:
    text = "Requirements\n- 5 years of Frobnicator and Python\n- Scala\n"
    plain = report_on(text)
    listed = Document("skill", "listed", {"name": "Frobnicator"})
    report = report_on(text, [*hanneke(), listed])
    own = [match for match in report.partial if match.requirement.text == "Frobnicator"]
    assert [r for r in report.requirements if r not in plain.requirements] == [own[0].requirement]
    assert (own[0].requirement.years, own[0].scored) == (5, False)
    assert report.scores.skills == plain.scores.skills == 50
    dated = Document("work", "dated", {"summary": "Frobnicator", "start_date": "2019-01"})
    assert report_on(text, [*hanneke(), listed, dated]).scores.skills == 66.7


@pytest.mark.parametrize("names", ["Go, C, R, ", "C/R/", "Python, ", "Python or Java or "])
def test_a_report_is_not_many_times_larger_than_its_text(names: str) -> None:
    text = f"Requirements\n- {names * 12_500}"[:50_000]
    report = report_on(text)
    assert report.left_out > 0
    assert len(msgspec.json.encode(report)) < 10 * len(text)


def test_of_a_sentence_without_end_what_is_around_the_name_is_quoted() -> None:
    sentence = "It went on and on " * 200 + "with Terraform" + " and on" * 200
    document = Document("work", "1", {"summary": sentence})
    [match] = report_on("Requirements\n- Terraform\n", [document]).matched
    citation = match.evidence[0].citation
    assert "Terraform" in citation.quote
    assert len(citation.quote) <= 500
    assert sentence[citation.start : citation.end] == citation.quote


def test_work_is_quoted_before_a_sentence_that_turns_something_else_down() -> None:
    """Also where that one names the skill itself, and the work only implies it."""
    turned_down = "We evaluated MongoDB and decided against it, as auditors ask in SQL."
    members = {"summary": f"{turned_down} Tuned PostgreSQL.", "start_date": "2019-01"}
    report = report_on("Requirements\n- SQL\n- MongoDB\n", [Document("work", "1", members)])
    assert [m.evidence[0].citation.quote for m in report.matched] == ["Tuned PostgreSQL."]
    assert [m.requirement.text for m in report.missing] == ["MongoDB"]
