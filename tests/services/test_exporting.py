"""Exporting JSON Resume 1.0: it says what was imported, and importing it changes nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import delete, text

from portfolio.extensions import db
from portfolio.models import Profile
from portfolio.schemas.imports import ImportReport
from portfolio.schemas.json_resume.resume import SCHEMA
from portfolio.schemas.json_resume.resume_values import is_blank
from portfolio.services.exports.exporting import export_resume
from portfolio.services.exports.resume_formats import write_json
from portfolio.services.imports.importing import import_resume
from portfolio.services.imports.resume_reading import read_resume
from tests.services.json_resume import schema_errors
from tests.services.resumes import resumes
from tests.services.test_real_resumes import RESUMES, leaves, words

SAMPLE = Path("portfolio/local/sample.json")
EMPTY: tuple[Any, ...] = (None, "", [], {})
SHOWN = {"visibility": "public", "showEmail": False, "showPhone": False, "showAddress": False}


@pytest.fixture(autouse=True)
def context(app: APIFlask) -> Any:
    with app.app_context():
        yield


def load(document: Any) -> ImportReport:
    return import_resume(read_resume(json.dumps(document).encode()))


def export(slug: str = "ines-calder", *, private: bool = True) -> dict[str, Any]:
    return dict(json.loads(write_json(export_resume(slug, private=private))))


def back_and_forth(document: Any) -> dict[str, Any]:
    """What is exported after an import into an empty database."""
    db.session.execute(delete(Profile))
    db.session.commit()
    return export(load(document).profile)


def project(**members: Any) -> dict[str, Any]:
    """What becomes of the one project of a résumé."""
    document = {"basics": {"name": "Ines Calder"}, "projects": [{"name": "Tides", **members}]}
    return dict(back_and_forth(document)["projects"][0])


def change(statement: str) -> None:
    db.session.execute(text(statement))
    db.session.commit()


def filled(part: dict[str, Any], *unknown: str) -> dict[str, Any]:
    return {k: v for k, v in part.items() if v not in EMPTY or k in unknown}


def items(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    told = (filled(part, "zodiac") for part in parts if not is_blank(part))
    return [item for item in told if item]


def normalise(document: dict[str, Any], exported: dict[str, Any]) -> dict[str, Any]:
    """The document with what an import adds; the slugs that it chose are taken on trust."""
    basics = document["basics"]
    place = filled(basics.get("location", {}), "planet")
    accounts = items(basics.get("profiles", []))
    result: dict[str, Any] = {"$schema": SCHEMA, **document}
    result["basics"] = filled({**basics, "location": place, "profiles": accounts}, "birthday")
    for name in result.keys() - {"$schema", "basics", "projects", "meta", "favourites"}:
        result[name] = items(result[name])
    slugs = {item["name"]: item["x-portfolio"]["slug"] for item in exported.get("projects", [])}
    projects = []
    for index, item in enumerate(result.get("projects", []), start=1):
        told = filled(item.get("x-portfolio", {}), "achievements")
        status = "completed" if item.get("endDate") else "in_progress"
        plain = {"status": status, "visibility": "public", "featured": False, "openSource": False}
        own = {**plain, "order": index, **told, "slug": slugs[item["name"]]}
        description = item.get("description", "")
        if len(description) > 1000 and own.get("longDescription") == description:
            del own["longDescription"]
        if own.get("achievements") == item.get("highlights", []):
            own.pop("achievements", None)
        projects.append({**filled(item, "zodiac"), "x-portfolio": own})
    place_of = {slug: n for n, slug in enumerate(sorted(slugs.values()))}
    projects.sort(key=lambda p: (p["x-portfolio"]["order"], place_of[p["x-portfolio"]["slug"]]))
    result["projects"] = projects
    own_meta = {"x-portfolio": {**SHOWN, "slug": "ines-calder", "default": True}}
    result["meta"] = {**document.get("meta", {}), **own_meta}
    return filled(result, "favourites")


@settings(
    max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(document=resumes)
def test_import_and_export_give_back_what_was_said(document: dict[str, Any]) -> None:
    exported = back_and_forth(document)
    assert schema_errors(export(private=False)) == []
    assert exported == normalise(document, exported)
    unchanged(load(exported))
    assert export() == exported
    assert write_json(back_and_forth(exported)) == write_json(exported)


def unchanged(report: ImportReport) -> None:
    assert report.change == "unchanged"
    for counts in (*report.sections.values(), report.projects):
        assert sum(count for _, count in counts) == counts.unchanged


def test_the_sample_comes_back() -> None:
    sample = json.loads(SAMPLE.read_text("utf-8"))
    exported = back_and_forth(sample)
    unsaid = ("challenges", "learnings", "achievements")
    for item in sample["projects"]:
        for name in unsaid:
            if not item["x-portfolio"].get(name):
                item["x-portfolio"].pop(name, None)
    assert exported == sample
    unchanged(load(exported))


@pytest.mark.parametrize("path", RESUMES, ids=lambda path: path.stem)
def test_what_people_write_comes_back_without_loss(path: Path) -> None:
    document = json.loads(path.read_text("utf-8"))
    exported = back_and_forth(document)
    said = {word for leaf in leaves(document) for word in words(leaf)}
    assert said - {word for leaf in leaves(exported) for word in words(leaf)} == set()
    unchanged(load(exported))
    slug = exported["meta"]["x-portfolio"]["slug"]
    assert export(slug) == exported
    assert schema_errors(export(slug, private=False)) == []
    assert write_json(back_and_forth(exported)) == write_json(exported)


@pytest.mark.parametrize(
    ("start", "end"), [("2019", "2019"), ("2019-06", "2020-02"), ("2019-06-01", "2019")]
)
def test_dates_are_as_exact_as_they_were(start: str, end: str) -> None:
    item = project(startDate=start, endDate=end)
    assert (item["startDate"], item["endDate"]) == (start, end)
    change("UPDATE projects SET start_date = '2019-05-02', summary = 'x'")
    (item,) = export()["projects"]
    assert (item["startDate"], item["endDate"]) == ("2019-05-02", end)


@pytest.mark.parametrize(
    "roles", [["Lead", "Author"], ["Lead, at last", "Author"], ["One, two"], ["a,b", "c"]]
)
def test_roles_come_back_one_by_one(roles: list[str]) -> None:
    assert project(roles=roles)["roles"] == roles
    change("UPDATE projects SET role = 'Cook, Sailor'")
    assert export()["projects"][0]["roles"] == ["Cook", "Sailor"]


@pytest.mark.parametrize("role", ["x , y", ", ", "a, ", ", ".join("abcdefghijklmnop")])
def test_roles_that_cannot_be_told_apart_are_one(role: str) -> None:
    project()
    db.session.execute(text("UPDATE projects SET role = :role"), {"role": role})
    assert export()["projects"][0]["roles"] == [role]


LONG = "A long word and another one. " * 60


@pytest.mark.parametrize("told", ["", "Something else.", LONG + "And more."])
def test_a_description_too_long_for_a_summary_comes_back_whole(told: str) -> None:
    item = project(description=LONG, **{"x-portfolio": {"longDescription": told}})
    assert item["description"] == LONG.strip()
    assert item["x-portfolio"].get("longDescription", "") == told
    change("UPDATE projects SET summary = 'Short.'")
    (item,) = export()["projects"]
    assert item["description"] == "Short."
    assert item["x-portfolio"]["longDescription"] == (told or LONG.strip())


def test_highlights_beside_other_achievements_stay_until_those_change() -> None:
    item = project(highlights=["One"], **{"x-portfolio": {"achievements": ["Two"]}})
    assert (item["highlights"], item["x-portfolio"]["achievements"]) == (["One"], ["Two"])
    none = {"x-portfolio": {"achievements": []}}
    assert project(highlights=["One"], **none)["x-portfolio"]["achievements"] == []
    unchanged(load(export()))
    change("UPDATE projects SET achievements = '{Three}'")
    (item,) = export()["projects"]
    assert item["highlights"] == ["Three"]
    assert "achievements" not in item["x-portfolio"]


def test_projects_that_share_a_place_come_in_the_same_order_elsewhere() -> None:
    items = [{"name": name, "x-portfolio": {"order": 3}} for name in "hgfedcba"]
    exported = back_and_forth({"basics": {"name": "Ines Calder"}, "projects": items})
    assert [item["name"] for item in exported["projects"]] == list("abcdefgh")
    assert write_json(back_and_forth(exported)) == write_json(exported)
