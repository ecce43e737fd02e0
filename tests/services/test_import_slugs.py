"""Slugs that were edited here: projects and profiles stay themselves, and it is told."""

from typing import Any

import pytest
from apiflask import APIFlask
from sqlalchemy import delete, select, update

from portfolio.extensions import db
from portfolio.models import Profile, Project, ProjectImage
from portfolio.schemas.imports import ImportReport
from tests.services.test_importing import load
from tests.services.test_reimport import edit, told

NAME = "Slug Person"


@pytest.fixture(autouse=True)
def context(app: APIFlask) -> Any:
    with app.app_context():
        yield


def document(*titles: str, slugs: bool = True, text: str = "Old.") -> dict[str, Any]:
    """A file with these projects; as an export has them, with slugs."""
    items = [{"name": title, "description": f"{text} {title}"} for title in titles]
    for item in items if slugs else ():
        item["x-portfolio"] = {"slug": item["name"].lower()}
    return {"basics": {"name": NAME}, "projects": items}


def set_slug(old: str, new: str) -> None:
    edit(update(Project).where(Project.slug == old).values(slug=new))


def swap_slugs() -> None:
    for old, new in (("alpha", "x"), ("beta", "alpha"), ("x", "beta")):
        set_slug(old, new)


def ids() -> dict[str, Any]:
    return {row.title: row.id for row in db.session.execute(select(Project.title, Project.id))}


def slugs() -> dict[str, str]:
    return {row.title: row.slug for row in db.session.execute(select(Project.title, Project.slug))}


def loaded(*titles: str) -> dict[str, Any]:
    """The ids of projects that a file without slugs and an export of it have brought."""
    load(document(*titles, slugs=False))
    load(document(*titles))
    return ids()


def slug_notes(report: ImportReport) -> list[str]:
    return [note for note in told(report, "kept") if ".slug " in note]


def test_a_changed_slug_is_kept_and_told() -> None:
    before = loaded("Alpha", "Beta")
    set_slug("alpha", "alpha-one")
    for _ in range(2):
        report = load(document("Alpha", "Beta"))
        assert str(report.projects) == "1 unchanged, 1 kept"
        assert told(report, "kept") == [
            'projects[0].x-portfolio.slug is "alpha-one" here, and stays so; the file says "alpha"'
        ]
    for options in ({}, {"overwrite": True}):
        report = load(document("Alpha", "Beta", text=f"New {options}"), **options)
        assert (str(report.projects), len(slug_notes(report))) == ("2 updated", 1)
    assert (ids(), slugs()["Alpha"]) == (before, "alpha-one")


def test_a_project_that_took_the_slug_of_a_deleted_one_stays_itself() -> None:
    before = loaded("Alpha", "Beta")
    edit(delete(Project).where(Project.slug == "alpha"))
    set_slug("beta", "alpha")
    report = load(document("Alpha", "Beta"))
    assert str(report.projects) == "2 kept"
    assert told(report, "kept") == [
        "projects[0] was removed here; the file still has it",
        'projects[1].x-portfolio.slug is "alpha" here, and stays so; the file says "beta"',
    ]
    assert ids() == {"Beta": before["Beta"]}


@pytest.mark.parametrize("text", ["Old.", "New."])
def test_projects_that_exchanged_their_slugs_keep_their_texts_and_images(text: str) -> None:
    before = loaded("Alpha", "Beta")
    file = {"name": "a.webp", "width": 4, "height": 3, "bytes": 99}
    db.session.add(ProjectImage(project_id=before["Alpha"], sort_order=1, files=[file]))
    db.session.commit()
    swap_slugs()
    report = load(document("Alpha", "Beta", text=text))
    assert (len(slug_notes(report)), ids()) == (2, before)
    assert slugs() == {"Alpha": "beta", "Beta": "alpha"}
    summaries = dict(db.session.execute(select(Project.title, Project.summary)).tuples().all())
    assert summaries == {title: f"{text} {title}" for title in before}


def test_an_export_from_after_the_exchange_finds_its_projects_too() -> None:
    before = loaded("Alpha", "Beta")
    swap_slugs()
    exported = document("Alpha", "Beta", text="New.")
    for item, slug in zip(exported["projects"], ("beta", "alpha"), strict=True):
        item["x-portfolio"]["slug"] = slug
    report = load(exported)
    assert (str(report.projects), report.notes, ids()) == ("2 updated", [], before)


@pytest.mark.parametrize("text", ["Old.", "New."])
def test_a_new_project_with_the_slug_that_another_gave_up_stays(text: str) -> None:
    before = loaded("Alpha", "Beta")
    set_slug("alpha", "alpha-one")
    owner = db.session.scalars(select(Profile.id)).one()
    db.session.add(Project(profile_id=owner, title="Fresh", slug="alpha", summary="Mine."))
    db.session.commit()
    report = load(document("Alpha", "Beta", text=text))
    assert told(report, "kept")[1:] == ["projects “Fresh” was added here; it stays"]
    assert (told(report, "removed"), len(slug_notes(report))) == ([], 1)
    assert {title: ids()[title] for title in before} == before
    assert slugs() == {"Alpha": "alpha-one", "Beta": "beta", "Fresh": "alpha"}
    assert db.session.scalar(select(Project.summary).where(Project.slug == "alpha")) == "Mine."


def test_an_export_from_before_the_slug_was_edited_finds_its_project() -> None:
    load(document("Alpha", "Beta", slugs=False))
    before = ids()
    swap_slugs()
    report = load(document("Alpha", "Beta"))
    assert (len(slug_notes(report)), ids()) == (2, before)
    set_slug("alpha", "one")
    load(document("Alpha", "Beta", slugs=False))
    set_slug("one", "two")
    exported = document("Beta", text="New.")
    exported["projects"][0]["x-portfolio"]["slug"] = "one"
    load(exported)
    assert (ids(), slugs()) == ({"Beta": before["Beta"]}, {"Beta": "two"})


def test_a_slug_that_nobody_knows_does_not_make_the_project_another() -> None:
    before = loaded("Alpha")
    changed = document("Alpha")
    changed["projects"][0]["x-portfolio"]["slug"] = "other"
    report = load(changed)
    assert (ids(), slugs(), len(slug_notes(report))) == (before, {"Alpha": "alpha"}, 1)
