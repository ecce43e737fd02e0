"""Projects of a file that comes again: which is which, and what of them goes with the file."""

from datetime import date
from typing import Any

import pytest
from apiflask import APIFlask
from sqlalchemy import delete, func, select, update

from portfolio.extensions import db
from portfolio.models import Project, ProjectImage, ResumeImport
from portfolio.services.exports.exporting import export_resume
from tests.services.test_importing import changed, load
from tests.services.test_reimport import edit, told

LONG = "All of it. " * 209


@pytest.fixture(autouse=True)
def context(app: APIFlask) -> Any:
    with app.app_context():
        yield


def described(text: str | None, **members: Any) -> dict[str, Any]:
    return changed(projects=[{"name": "Cli", "description": text, **members}])


def texts() -> tuple[str, str]:
    row = db.session.execute(select(Project.summary, Project.description)).one()
    return row.summary, row.description


@pytest.mark.parametrize("short", ["Short now.", "", None])
@pytest.mark.parametrize("overwrite", [False, True])
def test_a_long_description_goes_when_the_file_shortens_it(
    short: str | None, overwrite: bool
) -> None:
    load(described(LONG))
    assert len(texts()[1]) > 2000
    report = load(described(short), overwrite=overwrite)
    assert texts() == (short or "", "")
    assert (str(report.projects), report.notes) == ("1 updated", [])
    assert str(load(described(short), overwrite=overwrite).projects) == "1 unchanged"


def test_an_edit_in_place_of_a_long_description_is_kept_and_told() -> None:
    load(described(LONG))
    edit(update(Project).values(description="Mine."))
    report = load(described("Short now."))
    assert texts() == ("Short now.", "Mine.")
    assert told(report, "kept") == [
        'projects[0].x-portfolio.longDescription was edited here and says "Mine."; '
        'the file still says ""'
    ]


def test_overwriting_takes_an_edit_in_place_of_a_long_description() -> None:
    load(described(LONG))
    edit(update(Project).values(description="Mine."))
    report = load(described("Short now."), overwrite=True)
    assert texts() == ("Short now.", "")
    assert len(told(report, "overwritten")) == 1


def test_a_description_under_a_name_of_its_own_stays_when_the_file_is_silent() -> None:
    load(described(LONG, **{"x-portfolio": {"longDescription": "By itself."}}))
    load(described("Short now."))
    assert texts() == ("Short now.", "By itself.")


def named(*titles: str, text: str, name: str = "Ines Calder") -> dict[str, Any]:
    items = [{"name": title, "description": f"{text} {n}"} for n, title in enumerate(titles)]
    return changed(basics={"name": name}, projects=items)


def rows() -> list[tuple[Any, ...]]:
    """Identity, slug, title and summary of all projects, in the order in which they were made."""
    found = db.session.execute(
        select(Project.id, Project.slug, Project.title, Project.summary).order_by(
            Project.created_at, Project.profile_id, Project.sort_order
        )
    )
    return [tuple(row) for row in found]


def test_projects_whose_titles_lead_to_each_others_slugs_stay_themselves() -> None:
    titles = ("Cli", "Cli", "Cli 2")
    for name in ("Ines Calder", "Jon Abara"):
        load(named(*titles, text="Old", name=name))
    before = rows()
    slugs = [slug for _, slug, _, _ in before]
    assert slugs == ["cli", "cli-2", "cli-2-2", "cli-3", "cli-4", "cli-2-3"]
    for name in ("Ines Calder", "Jon Abara"):
        report = load(named(*titles, text="New", name=name))
        assert (str(report.projects), report.notes) == ("3 updated", [])
    assert [row[:3] for row in rows()] == [row[:3] for row in before]
    assert [row[3] for row in rows()] == ["New 0", "New 1", "New 2"] * 2


def test_a_project_never_takes_the_row_of_one_that_left_the_file() -> None:
    load(named("Cli", "Cli", "Cli 2", text="Old"))
    before = rows()
    load(named("Cli", "Cli 2", text="New"))
    assert [row[:2] for row in rows()] == [before[0][:2], before[2][:2]]


def test_a_new_project_does_not_take_the_row_that_left_for_its_slug() -> None:
    load(named("Cli", "Cli", text="Old"))
    before = rows()
    report = load(named("Cli", "Cli 2", text="New"))
    assert str(report.projects) == "1 created, 1 updated, 1 removed"
    assert before[1][0] not in [row[0] for row in rows()]


def test_of_equal_titles_the_place_in_the_file_decides_whatever_the_order_here() -> None:
    load(named("Cli", "Cli", "Cli", text="Old"))
    before = rows()
    edit(update(Project).values(sort_order=9 - Project.sort_order))
    load(named("Cli", "Cli", "Cli", text="New"), overwrite=True)
    assert {row[0]: row[3] for row in rows()} == {
        row[0]: f"New {n}" for n, row in enumerate(before)
    }


def test_of_equal_titles_one_that_was_removed_here_does_not_shift_the_others() -> None:
    load(named("Cli", "Cli", text="Old"))
    first, second = rows()
    edit(delete(Project).where(Project.id == first[0]))
    load(named("Cli", "Cli", text="New"))
    assert (second[0], "New 1") in [(row[0], row[3]) for row in rows()]


def test_a_title_written_otherwise_is_the_same_project() -> None:
    load(named("Tide tables", text="Old"))
    before = rows()
    load(named("Tide Tables!", text="New"))
    assert [row[:2] for row in rows()] == [row[:2] for row in before]
    assert rows()[0][2] == "Tide Tables!"


def test_the_slug_that_the_file_gives_goes_before_all_else() -> None:
    slugs = ("one", "two")
    document = named("Cli", "Cli", text="Old")
    for item, slug in zip(document["projects"], slugs, strict=True):
        item["x-portfolio"] = {"slug": slug}
    load(document)
    document["projects"].reverse()
    for item in document["projects"]:
        item["description"] += " and new"
    load(document)
    assert {row[1]: row[3] for row in rows()} == {"one": "Old 0 and new", "two": "Old 1 and new"}


def add_images(count: int) -> None:
    owner = db.session.scalars(select(Project.id)).one()
    file = {"name": "a.webp", "width": 4, "height": 3, "bytes": 99}
    for place in range(count):
        db.session.add(ProjectImage(project_id=owner, sort_order=place, files=[file]))
    db.session.commit()


@pytest.mark.parametrize(
    ("edits", "images", "held"),
    [
        ({}, 0, ""),
        ({"summary": "Mine."}, 0, ", with what was edited here"),
        ({"description": "Mine."}, 0, ", with what was edited here"),
        ({"difficulty": "expert"}, 0, ", with what was edited here"),
        ({"challenges": ["Wind"]}, 0, ", with what was edited here"),
        ({"visibility": "draft"}, 0, ", with what was edited here"),
        ({"slug": "mine"}, 0, ", with what was edited here"),
        ({}, 1, ", with 1 image"),
        ({"featured": True}, 2, ", with what was edited here and 2 images"),
    ],
)
def test_of_a_project_that_goes_it_is_told_what_it_held(
    edits: dict[str, Any], images: int, held: str
) -> None:
    load(described("One."))
    if edits:
        edit(update(Project).values(**edits))
    load(described("One.", entity="Another import comes between."))
    add_images(images)
    report = load(changed(projects=[]))
    assert told(report, "removed") == [f"projects “Cli” is not in the file any more{held}"]


def test_what_a_file_once_said_is_no_edit_of_a_project_that_goes() -> None:
    load(described(LONG, **{"x-portfolio": {"featured": True, "teamSize": 3}}))
    load(described("Short now."))
    load(described("Shorter."))
    report = load(changed(projects=[]))
    assert told(report, "removed") == ["projects “Cli” is not in the file any more"]


@pytest.mark.parametrize(
    "edits",
    [
        {"start_date": date(2019, 3, 1)},
        {"start_date": date(2018, 1, 1), "end_date": date(2020, 2, 29)},
        {"role": "Boss"},
        {"summary": "Mine."},
    ],
)
def test_words_of_a_file_that_were_edited_here_are_no_change_of_the_own_export(
    edits: dict[str, Any],
) -> None:
    document = described("One.", startDate="2019", endDate="2020", roles=["A, B", "C"])
    load(document)
    edit(update(Project).values(**edits))
    before = db.session.scalars(select(Project.updated_at)).one()
    exported = export_resume("ines-calder", private=True)
    report = load(exported)
    assert (str(report.projects), report.notes) == ("1 unchanged", [])
    assert db.session.scalars(select(Project.updated_at)).one() == before
    assert db.session.scalar(select(func.count()).select_from(ResumeImport)) == 1
    report = load(changed(projects=[]))
    assert told(report, "removed") == ["projects “Cli” is not in the file any more"]
