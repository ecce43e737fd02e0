"""Whatever is edited here between two imports: each edit is still there, or it was told."""

from typing import Any

import pytest
from apiflask import APIFlask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from portfolio.extensions import db
from portfolio.models import Profile, Project, ProjectImage, Work
from portfolio.services.exports.exporting import export_resume
from portfolio.services.imports.resume_reading import ResumeRefused
from tests.services.test_import_properties import few, start_anew
from tests.services.test_importing import load
from tests.services.test_reimport import told

TITLES = ("Alpha", "Beta", "Gamma")
FILE = {"name": "a.webp", "width": 4, "height": 3, "bytes": 99}
EDITS = st.one_of(
    st.tuples(st.just("slug"), st.integers(0, 2), st.integers(0, 4)),
    st.tuples(st.just("swap"), st.integers(0, 2), st.integers(0, 2)),
    st.tuples(st.just("delete"), st.integers(0, 2), st.just(0)),
    st.tuples(st.just("title"), st.integers(0, 2), st.integers(0, 4)),
    st.tuples(st.just("summary"), st.integers(0, 2), st.integers(0, 4)),
    st.tuples(st.just("image"), st.integers(0, 2), st.just(0)),
    st.tuples(st.just("new"), st.just(0), st.integers(0, 4)),
    st.tuples(st.just("profile"), st.just(0), st.integers(0, 1)),
    st.tuples(st.just("work"), st.integers(0, 2), st.integers(0, 2)),
)
NAMES = (*TITLES, "Delta", "Fresh")
Row = tuple[str, str, str, int]


@pytest.fixture(autouse=True)
def context(app: APIFlask) -> Any:
    with app.app_context():
        yield


def resume(label: str) -> dict[str, Any]:
    return {
        "basics": {"name": "Slug Person"},
        "work": [{"name": title, "summary": f"{label} {title}"} for title in TITLES],
        "projects": [{"name": title, "description": f"{label} {title}"} for title in TITLES],
    }


def edit(ids: list[Any], kind: str, which: int, name: int) -> None:
    """One edit, as it can be made through the API."""
    one, slug = Project.id == ids[which], NAMES[name].lower()
    taken = db.session.scalar(select(Project.id).where(Project.slug == slug)) is not None
    if kind == "slug" and not taken:
        db.session.execute(update(Project).where(one).values(slug=slug))
    elif kind == "swap":
        rows = db.session.scalars(select(Project).where(Project.id.in_((ids[which], ids[name]))))
        pair = list(rows)
        if len(pair) == 2:
            slugs = [row.slug for row in pair]
            for row, new in zip([*pair, *pair], ["x-a", "x-b", *reversed(slugs)], strict=True):
                row.slug = new
                db.session.flush()
    elif kind == "delete":
        db.session.execute(delete(Project).where(one))
    elif kind in ("title", "summary"):
        db.session.execute(update(Project).where(one).values({kind: f"{NAMES[name]} of mine"}))
    elif kind == "image" and db.session.scalar(select(Project.id).where(one)):
        place = len(db.session.scalars(select(ProjectImage.id)).all())
        db.session.add(ProjectImage(project_id=ids[which], sort_order=place, files=[FILE]))
    elif kind == "new" and not taken:
        owner = db.session.scalars(select(Profile.id)).one()
        row = Project(profile_id=owner, title=NAMES[name], slug=slug, summary="Mine.")
        db.session.add(row)
    elif kind == "profile":
        db.session.execute(update(Profile).values(slug=("sp", "slug-person")[name]))
    elif kind == "work":
        jobs = db.session.scalars(select(Work).order_by(Work.sort_order)).all()
        first, second = jobs[which], jobs[name]
        first.name, second.name = second.name, first.name
        first.summary, second.summary = second.summary, first.summary
    db.session.commit()
    db.session.expire_all()


def rows() -> dict[Any, Row]:
    """By id the slug, title, summary and number of images of each project."""
    images = select(ProjectImage.project_id)
    held = list(db.session.scalars(images))
    found = db.session.execute(select(Project.id, Project.slug, Project.title, Project.summary))
    return {row.id: (row.slug, row.title, row.summary, held.count(row.id)) for row in found}


def jobs() -> list[tuple[Any, str, str]]:
    found = db.session.execute(select(Work.id, Work.name, Work.summary).order_by(Work.sort_order))
    return [(row.id, row.name, row.summary) for row in found]


def begin(exported: bool) -> tuple[dict[str, Any], list[Any]]:
    """The file that was imported last, and the projects that it made."""
    start_anew()
    document = resume("Old")
    load(document)
    if exported:
        document = export_resume("slug-person", private=True)
        load(document)
    return document, list(db.session.scalars(select(Project.id).order_by(Project.sort_order)))


@few
@given(st.booleans(), st.lists(EDITS, max_size=5))
def test_an_unchanged_file_changes_nothing_and_tells_every_edit(
    exported: bool, edits: list[tuple[str, int, int]]
) -> None:
    document, ids = begin(exported)
    origin = rows()
    for one in edits:
        edit(ids, *one)
    before, work = rows(), jobs()
    slug = db.session.scalars(select(Profile.slug)).one()
    for _ in range(2):
        report = load(document)
        assert report.profile == slug
        assert (rows(), jobs()) == (before, work)
        assert not [note for note in report.notes if note.kind in ("overwritten", "removed")]
        kept = "\n".join(told(report, "kept"))
        if "new" not in [kind for kind, _, _ in edits]:
            gone = origin.keys() - before.keys()
            assert kept.count("was removed here") == len(gone)
        for number in origin.keys() & before.keys():
            old, new = origin[number], before[number]
            place = f"projects[{ids.index(number)}]"
            assert old[1] == new[1] or f"{place}.name was edited" in kept
            assert old[2] == new[2] or f"{place}.description was edited" in kept
            assert old[0] == new[0] or not exported or f"{place}.x-portfolio.slug is" in kept
        assert slug == "slug-person" or '"sp" here' in kept


@few
@given(st.booleans(), st.lists(EDITS, max_size=5), st.permutations(range(3)), st.integers(1, 3))
def test_a_changed_file_loses_no_edit_without_a_word(
    exported: bool, edits: list[tuple[str, int, int]], order: list[int], length: int
) -> None:
    document, ids = begin(exported)
    origin = rows()
    for one in edits:
        edit(ids, *one)
    before = rows()
    document["projects"] = [document["projects"][place] for place in order[:length]]
    document["projects"][0]["description"] = "New in the file."
    try:
        report = load(document)
    except ResumeRefused:
        assert rows() == before  # nothing is lost: a slug that comes back is another's by now
        return
    after = rows()
    assert len(db.session.scalars(select(Profile.id)).all()) == 1
    words = "\n".join(str(note) for note in report.notes)
    for number, row in before.items():
        now = after.get(number)
        if now is None:
            assert f"“{row[1]}” is not in the file any more" in words
            continue
        assert (now[0], now[3]) == (row[0], row[3]), "slugs and images stay"
        was = origin.get(number)
        for place in (1, 2):
            if now[place] != row[place] and (was is None or was[place] != row[place]):
                assert f'"{row[place]}" here; now' in words
