"""Members of a résumé that no column is for are kept as they came."""

import copy
from typing import Any

import pytest
from apiflask import APIFlask
from sqlalchemy import select

from portfolio.extensions import db
from portfolio.models import Profile, Project, SocialProfile, Work
from portfolio.services.imports.resume_reading import ResumeRefused
from tests.services.test_importing import RESUME, changed, load


@pytest.fixture(autouse=True)
def context(app: APIFlask) -> Any:
    with app.app_context():
        yield


def test_unknown_members_are_kept_as_they_came() -> None:
    document = changed(
        theme={"name": "flat", "sizes": [1, 2.0, 1e300, None]},
        basics={**copy.deepcopy(RESUME["basics"]), "pronouns": "she", "nick": None},
        meta={"version": "v1.0.0", "theme": "flat", "x-portfolio": {"visibility": "public"}},
    )
    document["basics"]["location"]["planet"] = "Earth"
    document["basics"]["profiles"][0]["icon"] = "f"
    document["work"][0]["salary"] = {"amount": 3, "note": "a\0b"}
    document["work"].append({"mystery": True})
    document["projects"][0]["sta\0rs"] = 7
    report = load(document)
    assert [note.path for note in report.notes if note.kind == "unknown"] == [
        "theme",
        "meta.theme",
        "basics.pronouns",
        "basics.nick",
        "basics.location.planet",
        "basics.profiles[0].icon",
        "work[0].salary",
        "work[3].mystery",
        'projects[0]["sta\\x00rs"]',
    ]
    owner = db.session.scalars(select(Profile)).one()
    assert owner.extra == {
        "resume": {
            "$schema": "https://example.org/schema.json",
            "theme": {"name": "flat", "sizes": [1, 2, int(1e300), None]},
        },
        "basics": {"pronouns": "she", "nick": None},
        "location": {"planet": "Earth"},
        "meta": {"version": "v1.0.0", "theme": "flat"},
    }
    (account,) = db.session.scalars(select(SocialProfile))
    assert account.extra == {"icon": "f"}
    jobs = db.session.scalars(select(Work).order_by(Work.sort_order)).all()
    assert [job.extra for job in jobs] == [
        {"salary": {"amount": 3, "note": "ab"}},
        {},
        {"mystery": True},
    ]
    extras = db.session.scalars(select(Project.extra).order_by(Project.sort_order)).all()
    assert [extra.get("stars") for extra in extras] == [7, None]
    again = load(document)
    assert again.change == "unchanged"
    assert (str(again.sections["work"]), str(again.projects)) == ("3 unchanged", "2 unchanged")


@pytest.mark.parametrize("names", [("xy", "x\0y"), ("x\0y", "xy\0"), ("name", "na\0me")])
def test_members_that_would_become_one_are_refused(names: tuple[str, str]) -> None:
    with pytest.raises(ResumeRefused) as refused:
        load(changed(work=[{"deep": [dict.fromkeys(names, 1)]}]))
    assert all("but for a NUL character" in problem for problem in refused.value.problems)
    assert len(refused.value.problems) == sum("\0" in name for name in names)
