"""Years: of which skill, of work as such, or of what nobody here knows. None is bound wrongly."""

import pytest

from portfolio.ai.jobs.description import JobDescription
from portfolio.ai.jobs.reading import read_description


def read(line: str) -> JobDescription:
    return read_description(f"Requirements\n- {line}\n- Linux in production\n")


def bound(job: JobDescription) -> dict[str, float]:
    return {name: years.minimum for years in job.skill_years for name in years.skills}


@pytest.mark.parametrize(
    ("line", "years"),
    [
        # In brackets, behind a comma, a dash or a colon they are of what stands before.
        ("Python (5 years), Terraform (2 years), Ruby", {"Python": 5, "Terraform": 2}),
        ("Redis (min. 2 years)", {"Redis": 2}),
        ("C (not C++), 5+ years", {"C": 5}),
        ("PostgreSQL administration, 5 years", {"PostgreSQL": 5}),
        ("Python - 5 years, Docker - 2 years", {"Python": 5, "Docker": 2}),
        ("Python: 5+ years; Docker: 2+ years", {"Python": 5, "Docker": 2}),
        ("Python 5 yrs, Docker 2 yrs, Kafka 1 yr", {"Python": 5, "Docker": 2, "Apache Kafka": 1}),
        ("React and TypeScript (4+ years)", {"TypeScript": 4}),
        ("Kafka in production for at least 6 years", {"Apache Kafka": 6}),
        ("You've used Redis in anger for over ten years", {"Redis": 10}),
        (
            "You have worked with C# for five or more years and with Azure for at least two.",
            {"C#": 5, "Azure": 2},
        ),
        # For a list: what is said of each, and what an either/or joins.
        ("Python and Docker, 5 years each", {"Python": 5, "Docker": 5}),
        ("PostgreSQL and MySQL, at least 12 years with each", {"PostgreSQL": 12, "MySQL": 12}),
        ("Experience with Python or Rust for at least 5 years", {"Python": 5, "Rust": 5}),
        ("Kafka or RabbitMQ (5 years)", {"Apache Kafka": 5, "RabbitMQ": 5}),
        ("Experience with Kubernetes (2+ years) or Nomad", {"Kubernetes": 2}),
        ("Python (5 years) or Go (2 years)", {"Python": 5, "Go": 2}),
        ("Either 5 years of Python or 3 years of Go", {"Python": 5, "Go": 3}),
        # A part of the years before.
        ("5 years of experience, at least 3 of which with Python", {"Python": 3}),
        ("10 years of experience, of which at least 3 with Kubernetes", {"Kubernetes": 3}),
        # What comes behind something else is not theirs.
        ("Good knowledge of Docker, 5 years of Python", {"Python": 5}),
        ("Experience in Python and at least 3 years in Docker", {"Docker": 3}),
        ("5 years of experience and strong knowledge of Docker", {}),
        ("5 years of work experience and a driving licence", {}),
        ("5+ years of experience; Docker; Python", {}),
        ("Python, Docker, 5 years of experience", {}),
        ("5+ years Python, Docker, AWS", {"Python": 5}),
        ("Five years of Python, three of Docker", {"Python": 5}),
        ("5 years as a data engineer with Python", {"Data engineering": 5}),
        ("8+ years in software engineering, including 3+ years managing engineers", "software"),
    ],
)
def test_years_are_of_what_they_are_said_of(line: str, years: dict[str, float] | str) -> None:
    assert bound(read(line)) == ({"Software development": 8} if years == "software" else years)


@pytest.mark.parametrize(
    "line",
    [
        *["5 years of professional experience", "Minimum of 5 years relevant industry experience"],
        *["At least 5 years of hands-on, professional experience", "5+ years in a similar role"],
        *["5 years on the job", "Mindestens 5 Jahre Berufserfahrung", "Experience: 5+ years"],
        *["Mehrj\u00e4hrige Berufserfahrung, mindestens 5 Jahre", "Years of experience: 5"],
        *["Professional experience of at least 5 years", "Experience: Minimum 5 years"],
        *["Senior engineer with 5 years of experience", "5 years of relevant work overall"],
    ],
)
def test_years_of_work_as_such_are_general(line: str) -> None:
    years = read(line).years
    assert years is not None
    assert (years.minimum, years.is_general, years.skills) == (5, True, ())


@pytest.mark.parametrize(
    "line",
    [
        *["At least 5 years of experience in oral surgery", "5 years of experience in dentistry"],
        *["5 years' experience as a registered electrician", "5 years of Quillscript experience"],
        *["5 years' post-registration experience in acute care", "5 years of midwifery"],
        *["5 years experience in retail banking", "5+ years of plumbing experience"],
        *["Surgical experience of at least 5 years", "5 years working in a kitchen"],
        *["Berufserfahrung als Krankenpfleger (5 Jahre)", "5 years of experience as a lawyer"],
    ],
)
def test_years_in_what_no_vocabulary_knows_are_read_and_of_nothing(line: str) -> None:
    job = read(line)
    assert not bound(job)
    assert job.years is not None
    assert not job.years.is_general


@pytest.mark.parametrize(
    "line",
    [
        *["Bachelor's degree in physics or 5 years of work experience", "Duration: 12 months"],
        *["12 months fixed-term contract", "PhD, or 3 years of relevant experience"],
        "Five years of experience in lieu of a degree are fine",
    ],
)
def test_what_stands_for_a_degree_or_is_a_term_asks_for_no_years(line: str) -> None:
    assert read(line).years is None


@pytest.mark.parametrize(
    "table",
    [
        "| Skill | Years |\n|---|---|\n| Kubernetes | 4 |\n| AWS or GCP | 5+ |\n| Docker | 1 |\n",
        "Skill\tYears of experience\nKubernetes\t4\nAWS or GCP\t5\nDocker\t1\n",
        "| Min. years | Skill | Level |\n|-|-|-|\n| 4 | Kubernetes | good |\n"
        "| 5 | AWS or GCP | good |\n| 1 | Docker | basic |\n",
    ],
)
def test_a_column_of_a_table_has_years(table: str) -> None:
    job = read_description(f"Requirements\n{table}")
    assert bound(job) == {"Kubernetes": 4, "AWS": 5, "Google Cloud": 5, "Docker": 1}
