"""A file that follows what was edited here, as an export does, finds the rows as they are here."""

from typing import Any

import pytest
from apiflask import APIFlask
from sqlalchemy import delete, func, select, update

from portfolio.extensions import db
from portfolio.models import Profile, Project, ProjectImage, Skill
from portfolio.services.exports.exporting import export_resume
from portfolio.services.imports.resume_reading import ResumeRefused
from tests.services.test_import_edits import FILE
from tests.services.test_importing import load
from tests.services.test_reimport import edit, told

SLUG = "slug-person"


@pytest.fixture(autouse=True)
def context(app: APIFlask) -> Any:
    with app.app_context():
        yield


def document(*, skills: tuple[str, ...] = (), projects: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "basics": {"name": "Slug Person"},
        "skills": [{"name": name} for name in skills],
        "projects": [{"name": name, "description": f"Of {name}"} for name in projects],
    }


def rename(old: str, new: str) -> None:
    edit(update(Skill).where(Skill.name == old).values(name=new))


def skills() -> list[tuple[str, Any]]:
    rows = db.session.execute(select(Skill.name, Skill.id).order_by(Skill.sort_order))
    return [(row.name, row.id) for row in rows]


def names() -> list[str]:
    return [name for name, _ in skills()]


def add(title: str, slug: str, summary: str = "Mine.") -> None:
    owner = db.session.scalars(select(Profile.id)).one()
    last = db.session.scalar(select(func.max(Project.sort_order))) or 0
    row = Project(profile_id=owner, title=title, slug=slug, summary=summary, sort_order=last + 1)
    db.session.add(row)
    db.session.commit()


def patch(old: str, **values: Any) -> None:
    edit(update(Project).where(Project.slug == old).values(**values))


def projects() -> list[tuple[Any, str, str, str]]:
    columns = Project.id, Project.slug, Project.title, Project.summary
    rows = db.session.execute(select(*columns).order_by(Project.sort_order, Project.slug))
    return [(row.id, row.slug, row.title, row.summary) for row in rows]


def load_own_export() -> None:
    """Import the private export, twice; nothing is changed, and nothing told."""
    before = skills(), projects()
    for _ in range(2):
        report = load(export_resume(SLUG, private=True))
        assert ((skills(), projects()), report.notes) == (before, [])
        assert str(report.projects).endswith("unchanged") or not before[1]


@pytest.mark.parametrize("other", ["Javascript", "Go"])
def test_a_row_that_took_the_name_of_a_deleted_one_is_not_lost(other: str) -> None:
    load(document(skills=("JS", other)))
    edit(delete(Skill).where(Skill.name == "JS"))
    rename(other, "JS")
    load_own_export()
    before = skills()
    edit(update(Skill).values(level="Mine"))
    load(document(skills=("JS", "Python")))
    assert skills()[0] == before[0]


def test_a_row_that_was_made_anew_beside_the_renamed_one_does_not_double_it() -> None:
    load(document(skills=("JS", "Go")))
    rename("JS", "TypeScript")
    owner = db.session.scalars(select(Profile.id)).one()
    db.session.add(Skill(profile_id=owner, name="JS", sort_order=3))
    db.session.commit()
    load_own_export()
    load(document(skills=("TypeScript", "Go", "JS", "Rust")))
    assert names() == ["TypeScript", "Go", "JS", "Rust"]


def swap_skills() -> None:
    for old, new in (("JS", "x"), ("Go", "JS"), ("x", "Go")):
        rename(old, new)


def test_rows_that_exchanged_their_names_stay_where_they_are() -> None:
    load(document(skills=("JS", "Go")))
    swap_skills()
    load_own_export()


@pytest.mark.parametrize("more", [(), ("Rust",)])
def test_a_file_that_goes_on_from_the_last_one_keeps_an_exchange(more: tuple[str, ...]) -> None:
    load(document(skills=("JS", "Go")))
    swap_skills()
    before = skills()
    report = load(document(skills=("JS", "Go", *more)))
    assert skills()[:2] == before
    assert len(told(report, "kept")) == 2


def test_a_project_with_the_slug_of_one_that_was_renamed_is_not_refused() -> None:
    load(document(projects=("Alpha",)))
    patch("alpha", title="Alpha (old)", slug="alpha-old")
    add("Alpha", "alpha")
    changed = export_resume(SLUG, private=True)
    load_own_export()
    for item in changed["projects"]:
        item["description"] = f"New {item['name']}"
    before = projects()
    load(changed)
    assert [row[:3] for row in projects()] == [row[:3] for row in before]
    assert [row[3] for row in projects()] == ["New Alpha (old)", "New Alpha"]


def test_a_project_that_took_name_and_slug_of_a_deleted_one_is_not_refused() -> None:
    load(document(projects=("Alpha", "Beta")))
    edit(delete(Project).where(Project.slug == "alpha"))
    patch("beta", title="Alpha", slug="alpha")
    load_own_export()


def test_a_third_project_of_one_title_is_not_refused() -> None:
    load(document(projects=("Cli", "Cli")))
    patch("cli-2", slug="tool")
    add("Cli", "cli-2")
    load_own_export()


def test_projects_that_exchanged_name_and_slug_keep_their_texts_and_images() -> None:
    load(document(projects=("Alpha", "Beta")))
    load_own_export()
    number = projects()[0][0]
    db.session.add(ProjectImage(project_id=number, sort_order=1, files=[FILE]))
    db.session.commit()
    for old, new in (("alpha", "x"), ("beta", "alpha"), ("x", "beta")):
        patch(old, slug=new, title=new.title())
    load_own_export()
    assert db.session.scalars(select(ProjectImage.project_id)).all() == [number]


@pytest.mark.parametrize(
    ("old", "new"),
    [("図書館アプリ", "天気予報"), ("C++", "C#"), ("Node", "node!!"), ("Café", "Cafe")],
)
def test_a_project_is_that_of_a_like_name_only(old: str, new: str) -> None:
    load(document(projects=(old,)))
    before = projects()
    report = load(document(projects=(new,)))
    alike = old.isascii() != new.isascii() or old == "Node"
    assert (projects()[0][0] == before[0][0]) == alike
    assert bool(told(report, "removed")) != alike


def test_a_project_added_under_the_slug_of_a_deleted_one_is_not_mixed_with_it() -> None:
    load(document(projects=("Alpha",)))
    edit(delete(Project))
    add("Fresh", "alpha")
    fresh = projects()[0]
    changed = document(projects=("Alpha",))
    changed["projects"][0]["description"] = "New."
    load(changed)
    assert fresh in projects()
    assert sorted(row[1:] for row in projects()) == [
        ("alpha", "Fresh", "Mine."),
        ("alpha-2", "Alpha", "New."),
    ]


@pytest.mark.parametrize("summary", ["Mine.", "Of Alpha"])
def test_a_project_made_anew_stays_where_it_was_put(summary: str) -> None:
    load(document(projects=("Alpha", "Beta")))
    edit(delete(Project).where(Project.slug == "alpha"))
    add("Alpha", "alpha", summary)
    before = projects()
    for _ in range(2):
        report = load(document(projects=("Alpha", "Beta")))
        assert (projects(), told(report, "reordered")) == (before, [])
        assert told(report, "kept")[-1].startswith("projects is in another order here")


def test_a_slug_of_another_profile_is_told_with_its_owner() -> None:
    load(document(projects=("Alpha", "Gamma")))
    exported = export_resume(SLUG, private=True)
    load(exported)
    db.session.add(Profile(slug="other", name="Other"))
    db.session.flush()
    other = db.session.scalar(select(Profile.id).where(Profile.slug == "other"))
    patch("gamma", profile_id=other)
    exported["projects"][1]["description"] = "New."
    with pytest.raises(ResumeRefused) as refused:
        load(exported)
    [text] = refused.value.problems
    assert "“Gamma” in the profile other: change it there" in text
    del exported["projects"][1]["x-portfolio"]["slug"]
    assert str(load(exported).projects) == "1 unchanged, 1 overwritten"


def test_the_original_file_says_no_more_of_what_is_gone_than_the_export_of_it() -> None:
    original = document(projects=("Alpha", "Beta"))
    load(original)
    load_own_export()
    edit(delete(Project).where(Project.slug == "alpha"))
    report = load(original)
    assert told(report, "kept") == ["projects[0] was removed here; the file still has it"]
    assert [row[1] for row in projects()] == ["beta"]
