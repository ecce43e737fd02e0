"""What there is room for: whatever is here can be exported and imported again."""

from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import insert, select

from portfolio.extensions import db
from portfolio.models import Profile, Project, Work
from portfolio.services.exports.exporting import export_resume
from portfolio.services.imports.resume_reading import ResumeRefused
from portfolio.vocabulary import SECTION_ITEMS, Scope
from tests.api.conftest import bearer
from tests.services.test_importing import load

PROFILE = {"basics": {"name": "Ines Calder"}}
LIST = "/api/v1/projects/"


@pytest.fixture(autouse=True)
def context(app: APIFlask) -> Any:
    with app.app_context():
        yield


def add(section: str, count: int) -> None:
    """Rows as if they were made through the API."""
    owner = db.session.scalars(select(Profile.id)).one()
    rows = [{"profile_id": owner, "sort_order": number} for number in range(count)]
    if section == "work":
        db.session.execute(insert(Work), [{**row, "position": "Here"} for row in rows])
    else:
        titles = ({"title": "Here", "slug": f"here-{number}"} for number in range(count))
        db.session.execute(insert(Project), [{**a, **b} for a, b in zip(rows, titles, strict=True)])
    db.session.commit()


@pytest.mark.parametrize(("section", "name"), [("work", "position"), ("projects", "name")])
def test_an_import_counts_what_was_added_here(section: str, name: str) -> None:
    load(PROFILE)
    add(section, 3)
    document = {**PROFILE, section: [{name: f"{number}"} for number in range(SECTION_ITEMS - 2)]}
    for dry_run in (True, False):
        with pytest.raises(ResumeRefused) as refused:
            load(document, dry_run=dry_run)
        assert refused.value.problems == [
            f"{section}: has 198 items, and 3 were added here; together there can be 200"
        ]
    document[section].pop()
    report = load(document)
    assert {**report.sections, "projects": report.projects}[section].created == 197
    load(export_resume("ines-calder", private=True))


def test_a_profile_has_no_more_projects_than_a_file(app: APIFlask, client: FlaskClient) -> None:
    load(PROFILE)
    add("projects", SECTION_ITEMS - 1)
    writer = bearer(app, Scope.WRITE)
    assert client.post(LIST, json={"title": "Final"}, headers=writer).status_code == 201
    more = client.post(LIST, json={"title": "One more"}, headers=writer)
    assert (more.status_code, more.json["detail"]) == (409, "A profile has at most 200 projects.")
    load({"basics": {"name": "Jon Abara"}, "projects": [{"name": "His"}]})
    here = {"profile": "ines-calder"}
    assert client.patch(f"{LIST}his/", json=here, headers=writer).status_code == 409
    client.delete(f"{LIST}final/", headers=writer)
    assert client.patch(f"{LIST}his/", json=here, headers=writer).status_code == 200
    assert client.patch(f"{LIST}his/", json={"summary": "A"}, headers=writer).status_code == 200
    load(export_resume("ines-calder", private=True))
