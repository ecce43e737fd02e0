"""Entries with the same keys: the file's are those that they are the most alike, in any order."""

import copy
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from portfolio.extensions import db
from portfolio.models import Award, Education, Project, ProjectImage, Work
from portfolio.services.content.likeness import assign
from portfolio.services.exports.exporting import export_resume
from portfolio.vocabulary import Scope
from tests.api.conftest import bearer
from tests.services.test_import_edits import FILE
from tests.services.test_importing import load
from tests.services.test_reimport import edit, told

NAME = "Alike Person"
MSC = {"institution": "Poly", "studyType": "MSc", "area": "Computing", "endDate": "2016"}
BSC = {"institution": "Poly", "studyType": "BSc", "area": "Maths", "endDate": "2014"}
PHD = {"institution": "Poly", "studyType": "PhD", "area": "Computing"}
SCORED = {**MSC, "score": "4.0"}


@pytest.fixture(autouse=True)
def context(app: APIFlask) -> Any:
    with app.app_context():
        yield


def document(**members: Any) -> dict[str, Any]:
    return {"basics": {"name": NAME}, **copy.deepcopy(members)}


def courses() -> dict[str, tuple[Any, str]]:
    rows = db.session.scalars(select(Education))
    return {row.study_type: (row.id, "".join(row.courses)) for row in rows}


def with_courses() -> dict[str, tuple[Any, str]]:
    """Two degrees, each with courses that were put in here."""
    load(document(education=[MSC, BSC]))
    for kind in ("MSc", "BSc"):
        edit(update(Education).where(Education.study_type == kind).values(courses=[f"Of {kind}"]))
    return courses()


@pytest.mark.parametrize(
    ("degrees", "counts"),
    [
        ([PHD, SCORED, BSC], "1 created, 1 updated, 1 kept"),
        ([{**BSC, "score": "3.0"}], "1 updated, 1 removed"),
        ([{**BSC, "score": "3.0"}, PHD, SCORED], "1 created, 2 updated"),
        ([PHD, {**BSC, "score": "3.0"}], "1 created, 1 updated, 1 removed"),
    ],
)
def test_degrees_of_one_school_keep_what_was_edited_in_each(
    degrees: list[dict[str, Any]], counts: str
) -> None:
    before = with_courses()
    report = load(document(education=degrees))
    after = courses()
    assert str(report.sections["education"]) == counts
    assert after["BSc"] == before["BSc"]
    assert after.get("MSc", before["MSc"]) == before["MSc"]
    assert str(load(document(education=degrees)).sections["education"]).count("created") == 0


def test_a_degree_that_has_nothing_in_common_but_the_school_is_another() -> None:
    before = with_courses()
    law = {"institution": "Poly", "studyType": "LLM", "area": "Law"}
    report = load(document(education=[law, {**BSC, "score": "3.0"}]))
    assert (courses()["LLM"][1], courses()["BSc"]) == ("", before["BSc"])
    assert told(report, "removed") == [
        "education “Poly” is not in the file any more, with what was edited here"
    ]


def test_a_promotion_on_top_leaves_the_old_job_its_edits() -> None:
    old = {"name": "Acme", "position": "Engineer", "summary": "Built."}
    load(document(work=[old]))
    edit(update(Work).values(highlights=["Mine"]))
    load(document(work=[{"name": "Acme", "position": "Manager"}, {**old, "endDate": "2020"}]))
    rows = db.session.execute(select(Work.position, Work.highlights).order_by(Work.sort_order))
    assert [tuple(row) for row in rows] == [("Manager", []), ("Engineer", ["Mine"])]


def test_an_award_that_is_won_again_takes_nothing_of_the_last() -> None:
    years = [{"title": "Best of the year", "date": year} for year in ("2021", "2020", "2019")]
    load(document(awards=years[1:]))
    edit(update(Award).where(Award.date == "2020").values(summary="Mine."))
    load(document(awards=[years[0], {**years[1], "awarder": "Acme"}, years[2]]))
    rows = db.session.execute(select(Award.date, Award.summary).order_by(Award.sort_order))
    assert [tuple(row) for row in rows] == [("2021", ""), ("2020", "Mine."), ("2019", "")]


def test_jobs_that_are_exchanged_and_changed_stay_themselves() -> None:
    jobs = [{"name": "Acme", "position": position} for position in ("Developer", "Lead")]
    load(document(work=jobs))
    before = dict(db.session.execute(select(Work.position, Work.id)).all())
    for position in before:
        edit(update(Work).where(Work.position == position).values(summary=f"My {position}"))
    report = load(document(work=[{**job, "summary": "New."} for job in reversed(jobs)]))
    assert dict(db.session.execute(select(Work.position, Work.id)).all()) == before
    assert told(report, "overwritten") == [
        'work[0].summary said "My Lead" here; now it says "New.", as the file',
        'work[1].summary said "My Developer" here; now it says "New.", as the file',
    ]


def tools(*texts: str) -> dict[str, Any]:
    return document(projects=[{"name": "Tool", "description": text} for text in texts])


def with_image(*texts: str) -> dict[str, tuple[Any, str]]:
    """Projects of one title, the first of which has an image."""
    load(tools(*texts))
    first = db.session.scalars(select(Project.id).order_by(Project.sort_order)).first()
    db.session.add(ProjectImage(project_id=first, sort_order=1, files=[FILE]))
    db.session.commit()
    return identities()


def identities() -> dict[str, tuple[Any, str]]:
    """By their texts, the id and slug of each project."""
    rows = db.session.execute(select(Project.summary, Project.id, Project.slug))
    return {row.summary: (row.id, row.slug) for row in rows}


def test_a_new_project_of_the_same_title_takes_neither_slug_nor_image() -> None:
    before = with_image("about a", "about b")
    report = load(tools("about c", "about a, longer", "about b"))
    assert str(report.projects) == "1 created, 1 updated, 1 unchanged"
    after = identities()
    assert (after["about a, longer"], after["about b"]) == (before["about a"], before["about b"])
    assert told(report, "kept") == [
        "projects[1] is taken for tool and its 1 image: of those called “Tool” the most alike, "
        "or of equal ones the next; with x-portfolio.slug the file says which one is meant"
    ]


def test_a_project_that_is_like_another_in_its_title_only_is_told_of() -> None:
    before = with_image("first", "second")
    report = load(tools("other", "second"))
    after = identities()
    assert (after["second"], after["other"]) == (before["second"], before["first"])
    [note] = told(report, "kept")
    assert note.startswith("projects[0] is taken for tool and its 1 image: of those called “Tool”")


def test_an_unclear_project_is_told_without_images_too() -> None:
    load(tools("", ""))
    report = load(tools("", "", "first"))
    assert (str(report.projects), report.notes) == ("1 created, 2 unchanged", [])
    load(tools("", "second"))
    report = load(tools("second of all", "second of many"))
    assert len(told(report, "kept")) == 2


@pytest.mark.parametrize("text", ["", "Another text."])
def test_a_copy_before_the_project_whose_slug_is_given_makes_another(text: str) -> None:
    load(tools("about a"))
    exported = export_resume("alike-person", private=True)
    for _ in range(2):
        load(exported)
        before = identities()["about a"]
        copied = {**exported["projects"][0], **({"description": text} if text else {})}
        del copied["x-portfolio"]
        report = load({**exported, "projects": [copied, *exported["projects"]]})
        assert str(report.projects) == "1 created, 1 unchanged"
        assert before in [
            tuple(row) for row in db.session.execute(select(Project.id, Project.slug))
        ]
        load(exported)


def test_a_section_that_is_put_without_ids_keeps_what_each_had(
    app: APIFlask, client: FlaskClient
) -> None:
    load(document(education=[{**MSC, "x": "of MSc"}, {**BSC, "x": "of BSc"}]))
    items = [
        {"institution": "Poly", "study_type": "PhD"},
        {"institution": "Poly", "study_type": "MSc", "score": "4"},
        {"institution": "Poly", "study_type": "BSc"},
    ]
    address = "/api/v1/profiles/alike-person/education/"
    answer = client.put(address, json={"items": items}, headers=bearer(app, Scope.WRITE))
    assert answer.status_code == 200
    exported = export_resume("alike-person", private=True)["education"]
    assert [item.get("x") for item in exported] == [None, "of MSc", "of BSc"]


@given(st.data())
def test_pairs_are_the_best_that_there_are(data: st.DataObject) -> None:
    width = data.draw(st.integers(1, 4))
    row = st.lists(st.none() | st.integers(0, 300), min_size=width, max_size=width)
    scores = data.draw(st.lists(row, min_size=1, max_size=4))

    def best(rows: int, taken: frozenset[int]) -> int:
        if rows == len(scores):
            return 0
        found = [best(rows + 1, taken)]
        for column, score in enumerate(scores[rows]):
            if score is not None and column not in taken:
                found.append(score + 1 + best(rows + 1, taken | {column}))
        return max(found)

    pairs = assign(scores)
    assert len(set(pairs.values())) == len(pairs)
    gained = [scores[one][other] for one, other in pairs.items()]
    assert sum(score + 1 for score in gained if score is not None) == best(0, frozenset())


def test_equal_scores_are_paired_in_order() -> None:
    assert assign([[5, 5], [5, 5], [5, 5]]) == {0: 0, 1: 1}
    assert assign([[5, 5, 5], [5, 5, 5]]) == {0: 0, 1: 1}
