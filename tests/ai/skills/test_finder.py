"""Skills are found where a text names them, and nowhere else."""

import time
from itertools import pairwise

import pytest
from hypothesis import given

from portfolio.ai.skills.concepts import Category
from portfolio.ai.skills.finder import find_skills
from portfolio.ai.skills.vocabulary import standard_vocabulary
from tests.ai.jobs.labelled import labelled_descriptions
from tests.ai.jobs.strategies import any_texts


def found(text: str) -> list[tuple[str, str]]:
    return [(skill.name, skill.surface) for skill in find_skills(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C, C++ and C#", [("C", "C"), ("C++", "C++"), ("C#", "C#")]),
        ("C/C++", [("C", "C"), ("C++", "C++")]),
        ("C++17 and Objective-C++", [("C++", "C++17"), ("Objective-C++", "Objective-C++")]),
        (".NET and ASP.NET Core", [(".NET", ".NET"), ("ASP.NET Core", "ASP.NET Core")]),
        ("proficient in . NET and C #", [(".NET", ". NET"), ("C#", "C #")]),
        ("Node.js, NodeJS, node js", [("Node.js", s) for s in ["Node.js", "NodeJS", "node js"]]),
        ("Java and JavaScript", [("Java", "Java"), ("JavaScript", "JavaScript")]),
        ("React, React Native", [("React", "React"), ("React Native", "React Native")]),
        ("Python3 and Vue.js 3", [("Python", "Python3"), ("Vue.js", "Vue.js 3")]),
        ("Java11, Kotlin2", [("Java", "Java11"), ("Kotlin", "Kotlin2")]),
        ("BAPIs and VPNs", [("BAPI", "BAPIs"), ("VPN", "VPNs")]),
        ("HTML5/CSS3", [("HTML", "HTML5"), ("CSS", "CSS3")]),
        ("amazon-web-services", [("AWS", "amazon-web-services")]),
        ("Amazon Web\u00a0Services", [("AWS", "Amazon Web\u00a0Services")]),
        ("CI/CD, CI / CD, CI\u2011CD", [("CI/CD", s) for s in ["CI/CD", "CI / CD", "CI\u2011CD"]]),
        ("T-SQL is not SQL", [("T-SQL", "T-SQL"), ("SQL", "SQL")]),
        ("TCP/IP", [("TCP/IP", "TCP/IP")]),
        ("REST APIs", [("REST", "REST APIs")]),
        ("k8s on Postgres", [("Kubernetes", "k8s"), ("PostgreSQL", "Postgres")]),
        (
            "\uff30\uff59\uff54\uff48\uff4f\uff4e",
            [("Python", "\uff30\uff59\uff54\uff48\uff4f\uff4e")],
        ),
        ("statistical modelling", [("Statistical modeling", "statistical modelling")]),
        (
            "Python\u2019s pandas and numpy",
            [("Python", "Python"), ("Pandas", "pandas"), ("NumPy", "numpy")],
        ),
        ("\U0001f680 Rust, Go", [("Rust", "Rust"), ("Go", "Go")]),
    ],
)
def test_names_are_found_as_they_are_written(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "We go to market and go live.",
        "R&D, C-level, vitamin C, Series C, C.V., I'd",
        "A swift response in spring; take a rest and express yourself.",
        "We react quickly, excel in teams and keep our word.",
        "See https://react.dev/learn, www.python.org and java@example.net.",
        "The chef adds salt. Beware of rust. No less than that.",
        "Gather around, cargo ships and yarn; a storm hit the hive.",
        "Flights to Salt Lake City with Rocket Mortgage.",
        "Our marketing team and the sales department report to the board.",
        "It is what it is, and you may do as I do.",
        "Experience in R&D, knowledge of C.V. writing, skills for C&A",
        "Experience with Rocket Mortgage",
    ],
)
def test_ordinary_words_are_no_skills(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("You write Go every day.", "Go"),
        ("Experience with Spring and Java", "Spring"),
        ("python, go and rust", "Go"),
        ("Knowledge of C is needed.", "C"),
        ("Statistics in R or SAS", "R"),
        ("Swift developer", "Swift"),
        ("Advanced Excel skills", "Excel"),
        ("Chef, Puppet or Salt", "SaltStack"),
        ("a RESTful service", "REST"),
        ("experience in marketing", "Marketing"),
    ],
)
def test_ambiguous_words_are_skills_where_something_speaks_for_it(text: str, name: str) -> None:
    assert name in [skill.name for skill in find_skills(text)]


def test_a_stranger_in_a_list_of_skills_is_one() -> None:
    names = [(s.name, s.category) for s in find_skills("Django, Zorblax and Flask, Quuxly.")]
    assert ("Zorblax", Category.UNLISTED) in names
    assert ("Quuxly", Category.UNLISTED) in names


def test_what_a_profile_lists_is_learned_and_what_is_known_keeps_its_name() -> None:
    vocabulary = standard_vocabulary().extended_with(["Frobnicator", "k8s", "x", "\n"])
    names = [skill.name for skill in find_skills("frobnicator on k8s, x", vocabulary)]
    assert names == ["Frobnicator", "Kubernetes"]
    assert standard_vocabulary().name_of("Frobnicator") is None


@given(any_texts)
def test_spans_are_verbatim_and_in_order(text: str) -> None:
    skills = find_skills(text)
    assert all(text[s.start : s.end] == s.surface and s.surface for s in skills)
    assert all(one.end <= other.start for one, other in pairwise(skills))


@given(any_texts)
def test_all_names_are_of_the_vocabulary_or_of_a_list(text: str) -> None:
    for skill in find_skills(text):
        known = standard_vocabulary().concept(skill.name)
        assert known is not None or skill.category is Category.UNLISTED


def test_five_thousand_words_take_milliseconds() -> None:
    words = " ".join(labels["text"] for labels in labelled_descriptions()).split(" ")
    text = " ".join((words * 5)[:5000])
    find_skills(text)
    assert min(_seconds(text) for _ in range(5)) < 0.15  # a twentieth is usual; machines differ


def _seconds(text: str) -> float:
    start = time.process_time()
    find_skills(text)
    return time.process_time() - start
