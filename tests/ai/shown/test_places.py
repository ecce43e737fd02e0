"""Where a portfolio names skills, and what is no such place."""

from typing import Any

import pytest

from portfolio.ai.shown.places import Document
from portfolio.ai.shown.portfolio_skills import PortfolioSkills
from portfolio.ai.skills.vocabulary import standard_vocabulary


def read(kind: str, **members: Any) -> PortfolioSkills:
    return PortfolioSkills.read([Document(kind, "1", members)], standard_vocabulary())


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("I have never used Java.", False),
        ("I haven't really worked with Java.", False),
        ("Knows nothing about Java.", False),
        ("I would like to learn Java.", False),
        ("Wrote it in Kotlin instead of Java.", False),
        ("No Java experience, but willing.", False),
        ("We evaluated Java for two weeks and decided against it, as joins were needed.", False),
        ("We looked at it, and decided against Java.", False),
        ("I have never used Haskell, Terraform or Java.", False),
        ("I don't know C++, Java or Perl.", False),
        ("I have no experience with Angular, Vue or Java.", False),
        ("My colleague wrote the Java part.", False),
        ("I avoid Java.", False),
        ("Java is not my thing.", False),
        ("We chose Go over Java.", False),
        ("I will not send my data through somebody's Java.", False),
        ("We rejected Scala and chose Java.", True),
        ("We evaluated Scala, decided against it and wrote all of it in Java.", True),
        ("I did not stop when the Java service failed.", True),
        ("Used Java until 2019, and then dropped it.", True),
        ("I wrote the Java part, my colleague wrote the rest.", True),
        ("Has not lost a message since it was moved to Java.", True),
        ("Replaced shell scripts with a Java service.", True),
        ("Wrote Java without tears.", True),
    ],
)
def test_what_a_sentence_denies_is_not_there(sentence: str, named: bool) -> None:
    assert read("work", summary=sentence).names("Java") is named


def test_the_reasons_for_rejecting_a_skill_show_none_either() -> None:
    sentence = "We tried MongoDB and decided against it, because our auditors ask in SQL."
    assert not read("work", summary=sentence).places
    assert read("work", summary=f"{sentence} Wrote the reports in SQL.").names("SQL")


@pytest.mark.parametrize(
    ("kind", "member"),
    [
        ("profile", "name"),
        ("work", "name"),
        ("work", "location"),
        ("education", "institution"),
        ("project", "entity"),
        ("certificate", "issuer"),
        ("interest", "name"),
        ("reference", "reference"),
    ],
)
def test_names_and_what_others_say_are_no_evidence(kind: str, member: str) -> None:
    assert not read(kind, **{member: "Python"}).places


def test_what_an_owner_lists_is_a_skill_and_hides_none() -> None:
    portfolio = read("skill", name="Back end", keywords=["Python 3.12", "Frobnicator Pro", "Go"])
    assert {"Python", "Frobnicator Pro", "Go"} <= portfolio.places.keys()
    greedy = read("project", technologies=["Python services"], summary="Wrote Python services.")
    assert greedy.names("Python")


def test_everyday_words_are_work_where_somebody_tells_of_work() -> None:
    portfolio = read("work", highlights=["Added caching and monitoring.", "Mentored juniors."])
    assert {"Caching", "Monitoring", "Mentoring"} <= portfolio.places.keys()
    assert not read("work", summary="Sat beside marketing.").names("Marketing")


def test_who_knows_a_language_can_program() -> None:
    assert read("skill", name="Languages", keywords=["Rust"]).has("Programming")
    assert not read("skill", name="Languages", keywords=["SQL"]).has("Programming")


def test_a_certificate_is_known_by_its_name_and_its_letters() -> None:
    portfolio = read("certificate", name="Certified Kubernetes Administrator")
    assert portfolio.names("CKA")
    assert portfolio.has("Kubernetes")
