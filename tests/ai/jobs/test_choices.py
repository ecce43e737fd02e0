"""Either/or lists: of skills, of spoken languages and of degrees."""

import pytest

from portfolio.ai.jobs.description import Degree, Requirement
from portfolio.ai.jobs.reading import read_description


def choices(text: str) -> list[Requirement]:
    return [item for item in read_description(text).requirements if item.any_of]


@pytest.mark.parametrize(
    ("line", "number", "names"),
    [
        ("At least two of Ruby, Scala, Python or Elixir", 2, 4),
        ("Two or more of Kafka, RabbitMQ, NATS", 2, 3),
        ("Experience with any two of Kafka, NATS, Pulsar", 2, 3),
        ("at least two of the following: Kafka, RabbitMQ, NATS, Pulsar", 2, 4),
        ("Three of Python, Ruby, Elixir, Go, Rust", 3, 5),
        ("Proficiency in two or more languages (Python, Ruby, Elixir)", 2, 3),
        ("Mindestens zwei der folgenden Sprachen: Python, Ruby, Scala", 2, 3),
        ("Knowledge of 2 out of these: Ruby, Scala and Python", 2, 3),
        ("Any two of Kafka, FooMQ or BarMQ", 2, 1),
        ("Kafka, NATS or Pulsar (at least two)", 2, 3),
        ("AWS, Azure, GCP, at least two of them", 2, 3),
        ("2 of the following 3: Kafka, NATS, Pulsar", 2, 3),
        ("One or two of Kafka, NATS, Pulsar", 1, 3),
        ("Two years of Ruby, Scala or Python", 1, 3),
        ("You know one of Ruby, FooScript and Python", 1, 3),
        ("Django (or Flask)", 1, 2),
        ("Docker | Podman", 1, 2),
        ("PostgreSQL (MySQL is fine too)", 1, 2),
        ("Python; Ruby is also OK instead", 1, 2),
        ("Vue.js \u2014 React would be fine too", 1, 2),
        ("Kotlin, or Java", 1, 2),
    ],
)
def test_a_list_needs_so_many(line: str, number: int, names: int) -> None:
    [item] = choices(f"Requirements\n- {line}\n")
    assert (item.at_least, len(item.skills)) == (number, names)


@pytest.mark.parametrize("line", ["Python | Django | PostgreSQL", "Python (JavaScript is a plus)"])
def test_a_list_of_signs_leaves_no_choice(line: str) -> None:
    assert not choices(f"Requirements\n- {line}\n")


def test_alternatives_may_be_several_skills() -> None:
    [item] = choices("Requirements\n- Either Swift and SwiftUI, or Kotlin and Jetpack Compose\n")
    assert item.alternatives == (("Swift", "SwiftUI"), ("Kotlin", "Jetpack Compose"))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("- One of the following:\n  - Ruby\n  - Python\n  - Scala\n- Docker\n", 1),
        ("- At least two of these:\n    * Ruby in production\n    * Python\n    * Scala\n", 2),
        ("You know at least one of the following:\n\n- Ruby\n- Python\n- Scala\n\n- Docker\n", 1),
        ("Two or more of these skills:\n1. Ruby\n2. Python\n3. Scala\n", 2),
    ],
)
def test_bullets_under_a_lead_are_one_requirement(text: str, number: int) -> None:
    [item] = choices(f"Requirements\n{text}")
    assert ([skill.name for skill in item.skills], item.at_least) == (
        ["Ruby", "Python", "Scala"],
        number,
    )


@pytest.mark.parametrize(
    ("line", "others"),
    [
        ("German or French (B2)", {"German": ("French",), "French": ("German",)}),
        ("Deutsch oder Franz\u00f6sisch auf B2", {"German": ("French",), "French": ("German",)}),
        ("German B2 or French B2", {"German": ("French",), "French": ("German",)}),
        (
            "English and either Spanish or Portuguese",
            {"English": (), "Spanish": ("Portuguese",), "Portuguese": ("Spanish",)},
        ),
        ("English and German", {"English": (), "German": ()}),
        ("Fluent English; German or French is a plus", {"English": (), "German": ("French",)}),
        ("German, French or Dutch", {"German": ("French", "Dutch")}),
        ("One of German, French, Dutch", {"German": ("French", "Dutch")}),
    ],
)
def test_spoken_languages_may_be_a_choice(line: str, others: dict[str, tuple[str, ...]]) -> None:
    languages = read_description(f"Requirements\n- {line}\n").languages
    found = {language.name: language.others for language in languages}
    assert {name: found.get(name) for name in others} == others
    if "B2" in line:
        assert {language.proficiency for language in languages} == {"B2"}


@pytest.mark.parametrize(
    ("line", "asked", "preferred", "equivalent"),
    [
        ("BS in CS, MS preferred", "bachelor", "master", False),
        ("BA or BS required; MS a plus", "bachelor", "master", False),
        (
            "You have a BS in CS, MS preferred. You have at least five years of industry "
            "experience, or a PhD and two years.",
            *("bachelor", "master", False),
        ),
        ("Bachelor's or Master's degree preferred", None, "bachelor", False),
        ("Bachelor's degree, Python preferred", "bachelor", None, False),
        ("Degree in physics, mathematics or chemistry is preferred", None, "bachelor", False),
        ("Degree in physics, or 5 years of relevant work instead", "bachelor", None, True),
        ("5 years of experience or a Bachelor's degree", "bachelor", None, True),
        ("Bachelor's in physics or work experience", "bachelor", None, True),
        ("Bachelor's degree and 5 years of experience", "bachelor", None, False),
        ("MS Office and MS SQL Server", None, None, False),
    ],
)
def test_degrees_are_asked_for_or_preferred_or_stand_for_years(
    line: str, asked: str | None, preferred: str | None, equivalent: bool
) -> None:
    job = read_description(f"Requirements\n- {line}\n")
    own, other = job.education, job.preferred_education
    assert (own and own.degree) == (asked and Degree(asked))
    assert (other and other.degree) == (preferred and Degree(preferred))
    assert (own is not None and own.equivalent) is equivalent
