"""Importing again after edits here: nothing of them is lost without a word."""

from typing import Any

import pytest
from apiflask import APIFlask
from sqlalchemy import delete, select, update

from portfolio.extensions import db
from portfolio.models import Profile, Project, Skill, Work
from portfolio.schemas.imports import ImportReport
from portfolio.services.exports.exporting import export_resume
from tests.services.test_importing import RESUME, changed, load


@pytest.fixture(autouse=True)
def context(app: APIFlask) -> Any:
    with app.app_context():
        yield


def edit(statement: Any) -> None:
    db.session.execute(statement)
    db.session.commit()


def told(report: ImportReport, kind: str) -> list[str]:
    return [f"{note.path} {note.detail}" for note in report.notes if note.kind == kind]


def jobs() -> list[tuple[str, str]]:
    rows = db.session.execute(
        select(Work.position, Work.summary).order_by(Work.sort_order, Work.id)
    )
    return [tuple(row) for row in rows]


def longer() -> dict[str, Any]:
    """The résumé with a third job and a word on the first."""
    document = changed()
    document["work"] = [
        {**RESUME["work"][0], "summary": "As the file has it."},
        document["work"][1],
        {"name": "Third Ltd", "position": "Apprentice", "startDate": "2015"},
    ]
    return document


def test_an_edit_stays_while_the_file_says_what_it_said() -> None:
    load(longer())
    edit(update(Work).where(Work.position == "Developer").values(summary="Better."))
    edit(update(Profile).values(label="Architect", city="Bath"))
    edit(update(Project).where(Project.slug == "tide-tables").values(title="Tides"))
    report = load(longer())
    assert told(report, "kept") == [
        'basics.label was edited here and says "Architect"; the file still says ""',
        'basics.location.city was edited here and says "Bath"; the file still says "Bristol"',
        'work[0].summary was edited here and says "Better."; '
        'the file still says "As the file has it."',
        'projects[0].name was edited here and says "Tides"; the file still says "Tide tables"',
    ]
    assert told(report, "overwritten") == []
    assert (report.change, str(report.sections["work"])) == ("unchanged", "2 unchanged, 1 kept")
    assert str(report.projects) == "1 unchanged, 1 kept"
    assert jobs()[0] == ("Developer", "Better.")
    assert load(longer()) == report


def test_where_both_changed_the_file_wins_and_says_so() -> None:
    load(longer())
    edit(update(Work).where(Work.position == "Developer").values(summary="Better."))
    document = longer()
    document["work"][0]["summary"] = "New in the file."
    for dry_run in (True, False):
        report = load(document, dry_run=dry_run)
        assert told(report, "overwritten") == [
            'work[0].summary said "Better." here; now it says "New in the file.", as the file'
        ]
        assert str(report.sections["work"]) == "2 unchanged, 1 overwritten"
        assert jobs()[0] == ("Developer", "Better." if dry_run else "New in the file.")
    assert told(load(document), "overwritten") == []


def test_what_only_the_file_changed_is_updated_silently() -> None:
    load(longer())
    edit(update(Work).where(Work.position == "Developer").values(summary="Better."))
    document = longer()
    document["work"][0]["highlights"] = ["Three"]
    report = load(document)
    assert str(report.sections["work"]) == "1 updated, 2 unchanged"
    assert [note.path for note in report.notes] == ["work[0].summary"]
    assert jobs()[0] == ("Developer", "Better.")


def test_overwrite_lets_the_file_win() -> None:
    load(longer())
    edit(update(Work).where(Work.position == "Developer").values(summary="Better."))
    edit(delete(Work).where(Work.position == "Apprentice"))
    report = load(longer(), overwrite=True)
    assert str(report.sections["work"]) == "1 unchanged, 2 overwritten"
    assert [summary for _, summary in jobs()] == ["As the file has it.", "", ""]
    assert jobs()[2][0] == "Apprentice"


def test_rows_that_were_added_here_stay() -> None:
    load(longer())
    owner = db.session.scalars(select(Profile.id)).one()
    db.session.add(Skill(profile_id=owner, name="Knots", sort_order=1))
    db.session.add(Work(profile_id=owner, position="Here", sort_order=0))
    db.session.commit()
    for options in ({}, {"overwrite": True}):
        report = load(longer(), **options)
        assert told(report, "kept") == [
            "work “Here” was added here; it stays",
            "skills “Knots” was added here; it stays",
        ]
    assert jobs()[0][0] == "Here"


def test_rows_of_the_last_file_go_when_the_new_one_has_them_no_more() -> None:
    load(longer())
    edit(update(Work).where(Work.position == "Freelance").values(summary="Better."))
    document = longer()
    del document["work"][1:]
    report = load(document)
    assert str(report.sections["work"]) == "1 unchanged, 2 removed"
    assert told(report, "removed") == [
        "work “Freelance” is not in the file any more, with what was edited here",
        "work “Third Ltd” is not in the file any more",
    ]


def test_what_was_removed_here_stays_removed_until_the_file_speaks_of_it_anew() -> None:
    load(longer())
    edit(delete(Work).where(Work.position == "Apprentice"))
    for _ in range(2):
        report = load(longer())
        assert told(report, "kept") == ["work[2] was removed here; the file still has it"]
        assert len(jobs()) == 2
    document = longer()
    document["work"][2]["summary"] = "Now told."
    report = load(document)
    assert told(report, "overwritten") == ["work[2] was removed here; now it is back"]
    assert jobs()[2] == ("Apprentice", "Now told.")


def test_a_row_is_known_again_when_its_name_was_edited_here_or_in_the_file() -> None:
    load(longer())
    before = db.session.scalars(select(Work.id).order_by(Work.sort_order)).all()
    edit(update(Work).where(Work.position == "Developer").values(name="Harbour"))
    document = longer()
    document["work"][1]["endDate"] = "2018-08"
    report = load(document)
    assert str(report.sections["work"]) == "1 updated, 1 unchanged, 1 kept"
    assert db.session.scalars(select(Work.id).order_by(Work.sort_order)).all() == before


def test_a_section_that_was_made_anew_here_is_known_again() -> None:
    load(longer())
    owner = db.session.scalars(select(Profile.id)).one()
    edit(delete(Work))
    for place, (name, start, summary) in enumerate(
        [("Harbour Trust", "2020-05", "Better."), ("Third Ltd", "2015", "")], start=1
    ):
        row = Work(profile_id=owner, name=name, start_date=start, summary=summary)
        row.sort_order = place
        db.session.add(row)
    db.session.commit()
    report = load(longer())
    assert str(report.sections["work"]) == "3 kept"
    assert [note.path for note in report.notes if note.path.endswith("summary")] == [
        "work[0].summary"
    ]


def test_an_order_made_here_stays_until_the_file_has_another() -> None:
    load(longer())
    order = {"Apprentice": 1, "Freelance": 2, "Developer": 3}
    for position, place in order.items():
        edit(update(Work).where(Work.position == position).values(sort_order=place))
    report = load(longer())
    assert told(report, "kept") == ["work is in another order here than in the file; it stays"]
    document = longer()
    document["work"].append({"position": "Fourth", "startDate": "2012"})
    load(document)
    assert [position for position, _ in jobs()] == [
        "Apprentice",
        "Fourth",
        "Freelance",
        "Developer",
    ]
    document["work"][0], document["work"][1] = document["work"][1], document["work"][0]
    report = load(document)
    assert told(report, "reordered") == [
        "work is put in the order of the file, which replaces the order made here"
    ]
    assert [position for position, _ in jobs()] == [
        "Freelance",
        "Developer",
        "Apprentice",
        "Fourth",
    ]


def test_of_equal_rows_one_that_was_added_here_keeps_its_place() -> None:
    load(RESUME)
    owner = db.session.scalars(select(Profile.id)).one()
    db.session.add(
        Work(
            profile_id=owner,
            position="Freelance",
            start_date="2018",
            end_date="2018-07-03",
            sort_order=0,
        )
    )
    db.session.commit()
    before = db.session.scalars(select(Work.id).order_by(Work.sort_order)).all()
    report = load(export_resume("ines-calder", private=True))
    assert db.session.scalars(select(Work.id).order_by(Work.sort_order)).all() == before
    assert (str(report.sections["work"]), told(report, "reordered")) == ("3 unchanged", [])


def test_rows_whose_contents_were_exchanged_here_stay_exchanged() -> None:
    document = changed(work=[{"name": name, "summary": name} for name in ("One", "Two")])
    load(document)
    first, second = db.session.scalars(select(Work).order_by(Work.sort_order))
    for row, name in ((first, "Two"), (second, "One")):
        row.name = row.summary = name
    db.session.commit()
    before = db.session.execute(select(Work.id, Work.name).order_by(Work.sort_order)).all()
    report = load(document)
    assert db.session.execute(select(Work.id, Work.name).order_by(Work.sort_order)).all() == before
    assert len(told(report, "kept")) == 4
    assert told(report, "reordered") == []


def test_the_first_import_over_what_was_made_here_tells_what_it_replaces() -> None:
    db.session.add(Profile(slug="ines-calder", name="Ines Calder", label="Here", summary="Here"))
    db.session.commit()
    document = changed(basics={"name": "Ines Calder", "label": "There", "email": "i@example.org"})
    report = load(document)
    assert report.change == "updated"
    assert told(report, "overwritten") == [
        'basics.label said "Here" here; now it says "There", as the file',
        'basics.summary said "Here" here; now it says "", as the file',
    ]
