"""A public export that is imported again takes away nothing of what it leaves out."""

import copy
from typing import Any

import pytest
from apiflask import APIFlask
from sqlalchemy import func, select

from portfolio.extensions import db
from portfolio.models import Project, ResumeImport
from portfolio.services.exports.exporting import export_resume
from tests.services.test_importing import load
from tests.services.test_reimport import told

ORIGINAL: dict[str, Any] = {
    "basics": {
        "name": "Pub Person",
        "email": "pub@example.org",
        "phone": "+1 5",
        "zodiac": "Lion",
        "location": {"city": "Bath", "address": "Quay 1", "postalCode": "BA1"},
    },
    "work": [{"name": "Acme", "x-desk": 7}, {"x-only": "unknown"}],
    "projects": [
        {"name": "Open", "startDate": "2019", "stars": 5},
        {"name": "Draft", "x-portfolio": {"visibility": "draft"}},
        {"name": "Quiet", "x-portfolio": {"visibility": "unlisted"}},
    ],
    "favourites": ["tea"],
}


@pytest.fixture(autouse=True)
def context(app: APIFlask) -> Any:
    with app.app_context():
        yield


def exports() -> tuple[dict[str, Any], dict[str, Any]]:
    public, private = (export_resume("pub-person", private=flag) for flag in (False, True))
    return public, private


@pytest.mark.parametrize("original", [ORIGINAL, "own export"])
def test_a_public_export_changes_nothing(original: Any) -> None:
    load(ORIGINAL)
    if original == "own export":
        original = exports()[1]
        load(original)
    before = exports()
    for _ in range(2):
        report = load(before[0])
        assert (exports(), report.change, str(report.projects)) == (
            before,
            "unchanged",
            "1 unchanged, 2 kept",
        )
        assert told(report, "removed") == told(report, "overwritten") == []
        assert told(report, "kept") == [
            "meta.x-portfolio.export says that the file leaves out what is hidden here, which "
            "stays: basics.email, basics.phone, basics.location.address, "
            "basics.location.postalCode, work “”, projects “Draft”, projects “Quiet”"
        ]
    assert db.session.scalar(select(func.count()).select_from(ResumeImport)) == 1
    report = load(original)
    assert (exports(), report.notes) == (
        before,
        [note for note in report.notes if note.kind in ("unknown", "read")],
    )


def test_what_is_edited_in_a_public_export_is_imported() -> None:
    load(ORIGINAL)
    changed = copy.deepcopy(exports()[0])
    changed["basics"] = {"name": "Pub Person", "label": "Tester", "email": "new@example.org"}
    changed["work"][0]["position"] = "Lead"
    changed["projects"][0] |= {"description": "New.", "startDate": "2020"}
    load(changed)
    private = exports()[1]
    assert private["basics"]["email"] == "new@example.org"
    assert (private["basics"]["phone"], private["basics"]["zodiac"]) == ("+1 5", "Lion")
    assert private["work"][0] == {"name": "Acme", "position": "Lead", "x-desk": 7}
    assert (private["projects"][0]["stars"], private["projects"][0]["startDate"]) == (5, "2020")
    changed["projects"] = []
    load(changed)
    assert sorted(db.session.scalars(select(Project.slug))) == ["draft", "quiet"]


def test_a_public_export_makes_the_same_again_where_there_is_none() -> None:
    load(ORIGINAL)
    public = exports()[0]
    copied = copy.deepcopy(public)
    copied["meta"]["x-portfolio"]["slug"] = "copied"
    for item in copied["projects"]:
        item["x-portfolio"]["slug"] = "copied-open"
    load(copied, profile_slug="copied")
    assert export_resume("copied", private=False) == copied
    assert "export" not in export_resume("copied", private=True)["meta"]["x-portfolio"]
