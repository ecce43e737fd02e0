"""The sample is a fictional person's valid JSON Resume, and consistent in itself."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).parents[2] / "portfolio/local/sample.json"
DATES = {"startDate", "endDate", "date", "releaseDate"}
DATE = re.compile(r"[12][0-9]{3}(-[01][0-9](-[0-3][0-9])?)?")
NOBODYS = re.compile(r"https://([a-z]+\.)*example\.(com|net|org)(/[^\s]*)?")
# The members that the schema of JSON Resume 1.0 names; it allows no others at the top.
MEMBERS = {
    "$schema": "",
    "meta": "canonical version lastModified",
    "basics": "name label image email phone url summary location profiles",
    "work": "name location description position url startDate endDate summary highlights",
    "volunteer": "organization position url startDate endDate summary highlights",
    "education": "institution url area studyType startDate endDate score courses",
    "awards": "title date awarder summary",
    "certificates": "name date url issuer",
    "publications": "name publisher releaseDate url summary",
    "skills": "name level keywords",
    "languages": "language fluency",
    "interests": "name keywords",
    "references": "name reference",
    "projects": "name description highlights keywords startDate endDate url roles entity type",
}


@pytest.fixture(scope="module")
def sample() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(SAMPLE.read_text("utf-8"))
    return content


def members(value: Any) -> Iterator[tuple[str, Any]]:
    """Every member of every object, with its name."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield name, item
            yield from members(item)
    elif isinstance(value, list):
        for item in value:
            yield from members(item)


def test_it_has_every_section_and_no_member_that_the_schema_does_not_name(
    sample: dict[str, Any],
) -> None:
    assert sample.keys() == MEMBERS.keys()
    for section, names in MEMBERS.items():
        parts = sample[section] if isinstance(sample[section], list) else [sample[section]]
        for part in parts:
            unknown = set() if isinstance(part, str) else part.keys() - {"x-portfolio"}
            assert unknown <= set(names.split()), section


def test_dates_have_the_schemas_form_and_order(sample: dict[str, Any]) -> None:
    for name, value in members(sample):
        assert name not in DATES or DATE.fullmatch(value), value
    for part in [*sample["work"], *sample["projects"], *sample["education"]]:
        assert part["startDate"] <= part.get("endDate", "9999"), part


def test_projects_lie_within_the_jobs_that_they_belong_to(sample: dict[str, Any]) -> None:
    jobs = {job["name"]: job for job in sample["work"]}
    for project in sample["projects"]:
        job = jobs.get(project.get("entity", ""))
        assert job is None or job["startDate"] <= project["startDate"], project["name"]
        assert job is None or project["startDate"] <= job.get("endDate", "9999"), project["name"]


def test_jobs_follow_each_other(sample: dict[str, Any]) -> None:
    for later, earlier in pairwise(sample["work"]):
        assert earlier["endDate"] < later["startDate"]


def test_nobody_real_is_named(sample: dict[str, Any]) -> None:
    """Addresses lie in reserved domains, the number in a range reserved for fiction."""
    for name, value in members(sample):
        if name == "url" or name.endswith("Url"):
            assert NOBODYS.fullmatch(value), value
    assert sample["basics"]["email"].endswith("@example.com")
    assert sample["basics"]["phone"].startswith("+44 117 496 0")


def test_it_shows_every_kind_of_project(sample: dict[str, Any]) -> None:
    extras = [project["x-portfolio"] for project in sample["projects"]]
    assert {extra["visibility"] for extra in extras} == {"draft", "unlisted", "public"}
    assert {extra["difficulty"] for extra in extras} == {
        *("beginner", "intermediate", "advanced", "expert"),
    }
    assert {extra["status"] for extra in extras} == {
        *("planning", "in_progress", "completed", "on_hold", "archived"),
    }
    slugs = [extra["slug"] for extra in extras]
    assert len(set(slugs)) == len(slugs) == 14
