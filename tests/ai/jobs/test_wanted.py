"""What one line of requirements wants, would like, leaves to choose and does not want."""

import pytest

from portfolio.ai.jobs.description import Degree, Level
from portfolio.ai.jobs.reading import read_description

REQUIRED, NICE = Level.REQUIRED, Level.NICE_TO_HAVE


def names(line: str, level: Level) -> set[str]:
    job = read_description(f"Requirements\n- {line}\n")
    return {s.name for item in job.requirements if item.level is level for s in item.skills}


@pytest.mark.parametrize(
    ("line", "required", "nice"),
    [
        ("Familiarity with Docker is nice to have but not required", set(), {"Docker"}),
        ("Kubernetes (nice to have), Docker, Helm (optional)", {"Docker"}, {"Kubernetes", "Helm"}),
        ("It's a bonus if you know Elixir or Erlang", set(), {"Elixir", "Erlang"}),
        ("10+ years experience (Java preferred)", set(), {"Java"}),
        ("Java 8+ and Spring Boot, ideally with Kafka", {"Java", "Spring Boot"}, {"Apache Kafka"}),
        ("SQL (MySQL/PostgreSQL preferred)", {"SQL"}, {"MySQL", "PostgreSQL"}),
        ("CORBA and Python are also big pluses", set(), {"CORBA", "Python"}),
        ("Python is essential, Rust desirable", {"Python"}, {"Rust"}),
        ("Own Terraform; Ansible is good, but not a must", {"Terraform"}, {"Ansible"}),
        ("Haskell ideally", set(), {"Haskell"}),
    ],
)
def test_a_line_has_levels(line: str, required: set[str], nice: set[str]) -> None:
    assert (names(line, REQUIRED), names(line, NICE)) == (required, nice)


@pytest.mark.parametrize(
    ("line", "wanted", "excluded"),
    [
        ("Python is required; knowledge of Go is not.", {"Python"}, {"Go"}),
        ("Java (not JavaScript)", {"Java"}, {"JavaScript"}),
        ("No need to know Java", set(), {"Java"}),
        ("PHP experience is not necessary", set(), {"PHP"}),
        ("We do not use Windows or Java", set(), {"Windows", "Java"}),
        ("We're not looking for a Java guru", set(), {"Java"}),
        ("Must work without supervision; Python", {"Python"}, set()),
        ("Java experience isn't required", set(), {"Java"}),
        ("Non-relational databases", {"NoSQL"}, set()),
    ],
)
def test_a_line_says_what_it_does_not_want(line: str, wanted: set[str], excluded: set[str]) -> None:
    job = read_description(f"Requirements\n- {line}\n")
    assert names(line, REQUIRED) | names(line, NICE) == wanted
    assert {skill.name for skill in job.excluded} == excluded


@pytest.mark.parametrize(
    ("line", "choices"),
    [
        ("Either AWS or Azure and Terraform", [{"AWS", "Azure"}]),
        ("At least one of the following: AWS, Azure, GCP", [{"AWS", "Azure", "Google Cloud"}]),
        ("Python (Django or Flask), PostgreSQL", [{"Django", "Flask"}]),
        ("React and/or Vue", [{"React", "Vue.js"}]),
        ("SQL, Spark or Flink, AWS", [{"Apache Spark", "Apache Flink"}]),
        ("R; C or C++; Bash; Git", [{"C", "C++"}]),
        ("Brokers (Kafka, RabbitMQ or similar)", [{"Apache Kafka", "RabbitMQ"}]),
        ("Python or, failing that, Java", [{"Python", "Java"}]),
        ("A language like Ruby, Python or Go", [{"Ruby", "Python", "Go"}]),
        ("Python 3.8+ / Django 4.x", []),
        ("HTML/CSS", []),
        ("Python and Go", []),
    ],
)
def test_a_line_leaves_a_choice(line: str, choices: list[set[str]]) -> None:
    job = read_description(f"Requirements\n- {line}\n")
    assert [{s.name for s in item.skills} for item in job.requirements if item.any_of] == choices


@pytest.mark.parametrize(
    ("line", "years"),
    [
        ("3-5 years' Python experience", {"Python": 3}),
        ("Python \u2013 at least 4 years", {"Python": 4}),
        ("At least five (5) years in Python", {"Python": 5}),
        ("18 months of Go", {"Go": 1.5}),
        ("2 years with Python, 3 years with Docker", {"Python": 2, "Docker": 3}),
        ("A company with 20 years of history in Python", {}),
        ("Python 3 years ago", {}),
        ("Up to 3 years of Python", {}),
        ("Python 3.11 for 2 years", {"Python": 2}),
        ("Erfahrung (mind. 5 Jahre) mit Python", {"Python": 5}),
    ],
)
def test_a_line_asks_for_years(line: str, years: dict[str, float]) -> None:
    job = read_description(f"Requirements\n- {line}\n")
    assert {name: y.minimum for y in job.skill_years for name in y.skills} == years


def test_a_degree_may_be_preferred_to_another() -> None:
    job = read_description("Requirements\n- B.Sc. or higher in CS, Master's preferred\n")
    assert job.education is not None
    assert job.preferred_education is not None
    assert job.education.degree is Degree.BACHELOR
    assert job.preferred_education.degree is Degree.MASTER


@pytest.mark.parametrize(
    ("text", "required"),
    [
        ("Requirements\nExperience with Java\nKnowledge of Scala\n", {"Java", "Scala"}),
        (
            "Nice to have\n- Go\n\nEverything else is written by the whole team in Python, and "
            "you will, too.\n",
            {"Python"},
        ),
        ("About us\nWe sell SAP add-ons.\nYou will write them in Kotlin.\n", {"Kotlin"}),
        ("Our customers run SAP.\nAcme is a leading provider of Oracle add-ons.\n- Go\n", {"Go"}),
    ],
)
def test_a_sentence_is_asked_for_by_where_it_stands_and_what_it_says(
    text: str, required: set[str]
) -> None:
    job = read_description(text)
    asked = [item for item in job.requirements if item.level is REQUIRED]
    assert {skill.name for item in asked for skill in item.skills} == required


@pytest.mark.parametrize(
    ("asked", "degree"),
    [
        ("Master's degree in computer science", "master"),
        ("MSc degree in physics", "master"),
        ("Master of Science degree", "master"),
        ("PhD in Computer Science degree", "doctorate"),
        ("A doctorate degree in statistics", "doctorate"),
        ("Bachelor's degree in physics", "bachelor"),
        ("Master's or a degree in physics", "bachelor"),
        ("Degree in physics", "bachelor"),
    ],
)
def test_the_word_degree_belongs_to_the_grade_before_it(asked: str, degree: str) -> None:
    education = read_description(f"Requirements\n- {asked}\n").education
    assert education is not None
    assert education.degree == degree
