"""The facts of a job that stand above what it asks for."""

import pytest

from portfolio.ai.jobs.reading import read_description

BELOW = "\n\nRequirements\n- Go in production\n- Mentoring of junior engineers\n"


@pytest.mark.parametrize(
    ("head", "title", "company", "location"),
    [
        (
            "Backend Engineer (m/f)\nFjordbank AS | Oslo, Norway | Hybrid | Full-time",
            *["Backend Engineer", "Fjordbank AS", "Oslo, Norway"],
        ),
        ("Web Developer\nPixelwerk GmbH\nBerlin", "Web Developer", "Pixelwerk GmbH", "Berlin"),
        (
            "Nurse\nSt. Alban Hospital, Leeds - part-time 60%",
            *["Nurse", "St. Alban Hospital", "Leeds"],
        ),
        ("Designer\nLumen Studio, Lisbon or remote", "Designer", "Lumen Studio", "Lisbon"),
        (
            "Softwareentwickler (m/w/d) Java\nStadtwerke Neudorf GmbH - Freiburg - Vollzeit",
            *["Softwareentwickler Java", "Stadtwerke Neudorf GmbH", "Freiburg"],
        ),
        (
            "Home | Jobs\nSkip to content\nJobs > Engineering\nWeb Developer\nAcme Ltd\nYork",
            *["Web Developer", "Acme Ltd", "York"],
        ),
        ("Tester\nLocation: Z\u00fcrich, hybrid", "Tester", None, "Z\u00fcrich"),
        ("We like tests.\nPublications at NeurIPS or ACL help.", None, None, None),
    ],
)
def test_a_head_names_the_job(
    head: str, title: str | None, company: str | None, location: str | None
) -> None:
    job = read_description(head + BELOW)
    assert (job.title, job.company, job.location) == (title, company, location)
    assert [skill.name for item in job.requirements for skill in item.skills] == ["Go"]


@pytest.mark.parametrize(
    ("head", "seniority", "workplace", "employment"),
    [
        ("Remote: no", None, "on_site", None),
        ("Remote: yes", None, "remote", None),
        ("Vollzeit oder Teilzeit", None, None, "full_time"),
        ("Part-time or full-time", None, None, "full_time"),
        ("Part-time", None, None, "part_time"),
        ("Seniority: Senior", "senior", None, None),
    ],
)
def test_a_head_names_the_terms(
    head: str, seniority: str | None, workplace: str | None, employment: str | None
) -> None:
    job = read_description(f"Tester\n{head}{BELOW}")
    assert (job.seniority, job.workplace, job.employment) == (seniority, workplace, employment)
    assert job.title == "Tester"


def test_a_bullet_is_no_title() -> None:
    job = read_description("- Mentoring of junior engineers\n- Go in production\n")
    assert (job.title, job.seniority) == (None, None)
