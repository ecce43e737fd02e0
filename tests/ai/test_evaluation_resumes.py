"""The résumés that come with the questions are imported like any other, and of nobody real."""

import json
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask

from tests.docs.test_sample import DATE, DATES, MEMBERS, NOBODYS, members

RESUMES = sorted(Path("portfolio/ai/evaluation/resumes").glob("*.json"))


@pytest.fixture(params=RESUMES, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture
def resume(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def test_it_is_imported_whole(app: APIFlask, path: Path, resume: dict[str, Any]) -> None:
    result = app.test_cli_runner().invoke(args=["portfolio", "import", str(path), "--dry-run"])
    assert result.exit_code == 0, result.output
    assert f"profile {resume['meta']['x-portfolio']['slug']}: created" in result.output
    for section in MEMBERS.keys() - {"$schema", "meta", "basics"}:
        assert f"{section}: {len(resume[section])} created" in result.output
    assert "ignored" not in result.output


def test_it_has_every_section_and_no_member_that_the_schema_does_not_name(
    resume: dict[str, Any],
) -> None:
    assert resume.keys() == MEMBERS.keys()
    for section, names in MEMBERS.items():
        parts = resume[section] if isinstance(resume[section], list) else [resume[section]]
        for part in parts:
            unknown = set() if isinstance(part, str) else part.keys() - {"x-portfolio"}
            assert unknown <= set(names.split()), section


def test_its_dates_are_consistent(resume: dict[str, Any]) -> None:
    for name, value in members(resume):
        assert name not in DATES or DATE.fullmatch(value), value
    jobs = {job["name"]: job for job in reversed(resume["work"])}
    for part in [*resume["work"], *resume["projects"], *resume["education"]]:
        assert part["startDate"] <= part.get("endDate", "9999"), part
    for project in resume["projects"]:
        job = jobs.get(project.get("entity", ""))
        assert job is None or job["startDate"] <= project["startDate"], project["name"]
        assert job is None or project.get("endDate", "9999") <= job.get("endDate", "9999")


def test_nobody_real_is_named(resume: dict[str, Any]) -> None:
    for name, value in members(resume):
        if name == "url" or name.endswith("Url"):
            assert NOBODYS.fullmatch(value), value
    assert resume["basics"]["email"].partition("@")[2] in {"example.net", "example.org"}
    # A range that is reserved for fiction.
    assert resume["basics"].get("phone", "+353 20 915").startswith("+353 20 91")
