"""Undoing an import: the tables hold to the letter what they held before."""

from typing import Any
from uuid import UUID

import pytest
from apiflask import APIFlask
from sqlalchemy import delete, select, text, update

from portfolio.errors import Conflict, NotFound
from portfolio.extensions import db
from portfolio.models import Profile, Project, ProjectImage, Work
from portfolio.services.imports.import_snapshots import IMPORTS_KEPT, owned_tables
from portfolio.services.imports.import_undoing import undo_import
from tests.services.test_importing import RESUME, changed, load
from tests.services.test_reimport import edit


@pytest.fixture(autouse=True)
def context(app: APIFlask) -> Any:
    with app.app_context():
        yield


def dump() -> dict[str, list[str]]:
    """Every row of every table that imports write, as PostgreSQL tells it."""
    db.session.rollback()
    names = [*(table.name for table in owned_tables()), "imports"]
    return {
        name: list(db.session.scalars(text(f"SELECT one::text FROM {name} AS one ORDER BY id")))
        for name in names
    }


OTHER = changed(
    basics={"name": "Ines Calder", "label": "Changed", "pronouns": "she"},
    work=[{"name": "Quay", "startDate": "2024"}, RESUME["work"][1]],
    education=[],
    projects=[{"name": "Another"}],
    meta={"x-portfolio": {"default": True, "showEmail": True}},
)


def test_what_was_before_comes_back_to_the_letter() -> None:
    load(RESUME)
    edit(
        update(Profile).values(label="Edited", extra={"basics": {"number": 1e300, "x": "\\u0001"}})
    )
    edit(update(Project).values(demo_url="https://example.org", challenges=["a", "b"]))
    load(changed(basics={"name": "Some Body"}, meta={"x-portfolio": {"default": True}}))
    before = dump()
    load(OTHER)
    assert dump() != before
    report = undo_import("ines-calder")
    assert (report.removed, report.lost) == (False, [])
    assert dump() == before


def test_a_profile_that_the_import_made_is_gone_and_the_default_is_back() -> None:
    load(RESUME, is_sample=True)
    before = dump()
    load(changed(basics={"name": "Jon Abara"}))
    report = undo_import(None)
    assert (report.profile, report.removed) == ("jon-abara", True)
    assert dump() == before
    with pytest.raises(NotFound):
        undo_import("jon-abara")


def test_imports_are_undone_one_after_the_other() -> None:
    load(RESUME)
    states = [dump()]
    for label in ("one", "two"):
        load(changed(basics={"name": "Ines Calder", "label": label}))
        states.append(dump())
    for state in states[-2::-1]:
        undo_import("ines-calder")
        assert dump() == state
    assert undo_import("ines-calder").removed


def test_what_was_edited_since_is_undone_only_by_force() -> None:
    load(RESUME)
    before = dump()
    load(OTHER)
    edit(update(Work).where(Work.name == "Quay").values(summary="Edited"))
    edit(delete(Project))
    edited = dump()
    with pytest.raises(Conflict) as refused:
        undo_import("ines-calder")
    assert "projects (1 removed); work (1 changed)" in refused.value.detail
    assert dump() == edited
    assert undo_import("ines-calder", force=True).lost == [
        "projects (1 removed)",
        "work (1 changed)",
    ]
    assert dump() == before


def test_a_slug_that_is_taken_since_stops_it() -> None:
    load(RESUME)
    load(changed(projects=[]))
    load(changed(basics={"name": "Jon Abara"}, projects=[{"name": "Tide tables"}]))
    state = dump()
    with pytest.raises(Conflict, match="belong to others now: tide-tables"):
        undo_import("ines-calder", force=True)
    assert dump() == state


def test_slugs_that_were_exchanged_since_are_exchanged_back() -> None:
    load(RESUME)
    before = dump()
    load(changed(basics={"name": "Ines Calder", "label": "Changed"}))
    for old, new in (
        ("tide-tables", "x"),
        ("tide-tables-2", "tide-tables"),
        ("x", "tide-tables-2"),
    ):
        edit(update(Project).where(Project.slug == old).values(slug=new))
    assert undo_import("ines-calder", force=True).lost == ["projects (2 changed)"]
    assert dump() == before


@pytest.mark.parametrize("first", [True, False])
def test_a_primary_image_that_changed_since_changes_back(first: bool) -> None:
    load(RESUME)
    project = db.session.scalar(select(Project.id).where(Project.slug == "tide-tables"))
    files = [{"name": "a", "width": 1, "height": 1, "bytes": 1}]
    for place, primary in enumerate((first, not first)):
        image = ProjectImage(
            id=UUID(int=place + 1),
            project_id=project,
            sort_order=place,
            is_primary=primary,
            files=files,
        )
        db.session.add(image)
    db.session.commit()
    before = dump()
    load(changed(basics={"name": "Ines Calder", "label": "Changed"}))
    edit(update(ProjectImage).values(is_primary=False))
    edit(update(ProjectImage).values(is_primary=ProjectImage.sort_order == int(first)))
    undo_import("ines-calder", force=True)
    assert dump() == before


def test_a_project_that_another_profile_took_over_comes_back_with_its_images() -> None:
    load(RESUME)
    before = dump()
    load(changed(basics={"name": "Ines Calder", "label": "Changed"}))
    other = Profile(slug="jon-abara", name="Jon Abara")
    db.session.add(other)
    db.session.flush()
    (project,) = db.session.scalars(
        update(Project)
        .where(Project.slug == "tide-tables")
        .values(profile_id=other.id)
        .returning(Project.id)
    )
    files = [{"name": "a", "width": 1, "height": 1, "bytes": 1}]
    db.session.add(ProjectImage(project_id=project, sort_order=1, files=files))
    db.session.commit()
    with pytest.raises(Conflict, match="the profile jon-abara loses the project “Tide tables”"):
        undo_import("ines-calder")
    assert undo_import("ines-calder", force=True).lost == [
        "projects (1 removed)",
        "the profile jon-abara loses the project “Tide tables”",
    ]
    db.session.delete(other)
    db.session.commit()
    assert dump() == before


def test_the_default_that_was_moved_since_stays_where_it_is() -> None:
    load(RESUME)
    load(OTHER)
    jon = {"basics": {"name": "Jon Abara"}, "meta": {"x-portfolio": {"default": True}}}
    load(jon)
    undo_import("ines-calder", force=True)
    (default,) = db.session.scalars(select(Profile.slug).where(Profile.is_default))
    assert default == "jon-abara"
    undo_import("jon-abara", force=True)
    (default,) = db.session.scalars(select(Profile.slug).where(Profile.is_default))
    assert default == "ines-calder"


def test_an_import_that_changes_nothing_is_none_to_undo() -> None:
    db.session.add(Profile(slug="ines-calder", name="Ines Calder", label="Here"))
    db.session.commit()
    before = dump()
    load(RESUME)
    load(RESUME)
    undo_import("ines-calder")
    assert dump()["profiles"][0].split(",")[1:3] == before["profiles"][0].split(",")[1:3]
    with pytest.raises(Conflict, match="no import"):
        undo_import("ines-calder")


def test_where_nothing_is_known_of_the_past_nothing_is_said_of_it() -> None:
    for count in range(1, IMPORTS_KEPT + 3):
        load(changed(skills=[{"name": f"s{number}"} for number in range(count)]))
    for _ in range(IMPORTS_KEPT):
        undo_import("ines-calder", force=False)
    report = load(changed(skills=[{"name": "s0"}]))
    assert [str(note) for note in report.notes if note.kind == "kept"] == [
        "kept: skills “s1” is not in the file; it stays"
    ]
    assert [(row.change, row.path) for row in report.changed] == []
