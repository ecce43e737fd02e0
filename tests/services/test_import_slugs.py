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
    rows = db.session.execute(select(Project.title, Project.summary))
    assert {row.title: row.summary for row in rows} == {
        title: f"{text} {title}" for title in before
    }


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


def private_export(slug: str = "slug-person") -> dict[str, Any]:
    return {**document("Alpha"), "meta": {"x-portfolio": {"slug": slug}}}


def set_profile_slug(old: str, new: str) -> None:
    edit(update(Profile).where(Profile.slug == old).values(slug=new))


def profiles() -> list[str]:
    return list(db.session.scalars(select(Profile.slug).order_by(Profile.slug)))


@pytest.mark.parametrize("name", [NAME, "S. Person"])
def test_a_profile_whose_slug_was_edited_is_still_that_of_the_last_file(name: str) -> None:
    load(document("Alpha", slugs=False))
    edit(update(Profile).values(slug="sp", name=name))
    for text in ("Old.", "New.", "Newer."):
        for dry_run in (True, False):
            report = load(document("Alpha", slugs=False, text=text), dry_run=dry_run)
            assert (report.profile, report.change) == ("sp", "unchanged")
            assert told(report, "kept")[0] == (
                'basics.name gives the slug "slug-person"; '
                'the profile\'s is "sp" here, and stays so'
            )
    assert (profiles(), slugs()) == (["sp"], {"Alpha": "alpha"})


@pytest.mark.parametrize("imported", [True, False])
def test_a_private_export_with_the_slug_from_before_finds_the_profile(imported: bool) -> None:
    load(document("Alpha", slugs=False))
    if imported:
        load(private_export())
    set_profile_slug("slug-person", "sp")
    for _ in range(2):
        report = load(private_export())
        assert (report.profile, report.change) == ("sp", "unchanged")
        assert told(report, "kept") == [
            'meta.x-portfolio.slug is "sp" here, and stays so; the file says "slug-person"'
        ]
    set_profile_slug("sp", "other")
    assert load(document("Alpha", slugs=False)).profile == "other"
    assert load(private_export("sp")).profile == "other"
    assert profiles() == ["other"]


def test_a_profile_that_has_the_slug_by_now_is_not_overwritten() -> None:
    load(document("Alpha", slugs=False))
    set_profile_slug("slug-person", "sp")
    db.session.add(Profile(slug="slug-person", name=NAME, summary="Mine."))
    db.session.commit()
    for again in (document("Alpha", slugs=False), private_export()):
        assert load(again).profile == "sp"
    assert db.session.scalar(select(Profile.summary).where(Profile.slug == "slug-person"))


def test_two_profiles_of_one_name_that_exchanged_their_slugs_stay_themselves() -> None:
    english, german = ({"basics": {"name": NAME, "label": label}} for label in ("Dev", "Dev (de)"))
    load(english)
    load(german, profile_slug="german")
    for old, new in (("slug-person", "x"), ("german", "slug-person"), ("x", "german")):
        set_profile_slug(old, new)
    assert (load(english).profile, load(english).change) == ("german", "unchanged")
    report = load(german, profile_slug="slug-person")
    assert (report.profile, report.change) == ("slug-person", "unchanged")


def test_another_profile_of_the_same_name_is_told() -> None:
    load(document(slugs=False))
    assert load(document(slugs=False), profile_slug="short").notes == []
    report = load({**document(slugs=False), "meta": {"x-portfolio": {"slug": "long"}}})
    assert told(report, "profile") == [
        "basics.name is the name of the profile slug-person, too, and long is made; "
        "--profile slug-person (over HTTP: ?profile=slug-person) updates that one instead"
    ]


@pytest.mark.parametrize("imported", [True, False])
def test_of_two_namesakes_the_one_that_had_the_slug_last_is_found(imported: bool) -> None:
    load(document(slugs=False))
    set_profile_slug("slug-person", "sp-x")
    load(document(slugs=False), profile_slug="slug-person")
    if imported:
        load(private_export())
    set_profile_slug("slug-person", "sp-y")
    assert load(private_export()).profile == "sp-y"


def test_a_slug_that_was_edited_and_is_asked_for_is_told() -> None:
    load(document(slugs=False), profile_slug="dd")
    set_profile_slug("dd", "ee")
    assert told(load(document(slugs=False), profile_slug="dd"), "profile") == [
        "basics.name is imported into a new profile, dd; what was imported under this slug before "
        "is ee by now; --profile ee (over HTTP: ?profile=ee) updates that one instead"
    ]
