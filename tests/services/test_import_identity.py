"""Which profile and which project an import is about, and which profile is the default."""

import copy
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from portfolio.extensions import db
from portfolio.models import Profile, Project, ResumeImport
from portfolio.services.exports.exporting import export_resume
from portfolio.services.imports.resume_reading import ResumeRefused
from tests.services.test_importing import RESUME, changed, load
from tests.services.test_reimport import edit, told


@pytest.fixture(autouse=True)
def context(app: APIFlask) -> Any:
    with app.app_context():
        yield


def test_a_slug_that_was_changed_here_is_still_the_same_project() -> None:
    document = changed()
    document["projects"][0]["x-portfolio"] = {"slug": "tides"}
    load(document)
    edit(update(Project).where(Project.slug == "tides").values(slug="high-water"))
    report = load(document)
    assert str(report.projects) == "1 unchanged, 1 kept"
    document["projects"][0]["description"] = "Changed."
    assert str(load(document).projects) == "1 updated, 1 unchanged"
    slugs = db.session.scalars(select(Project.slug).order_by(Project.sort_order)).all()
    assert slugs == ["high-water", "tide-tables"]


def test_projects_follow_the_order_of_the_file() -> None:
    document = changed(projects=[{"name": name} for name in ("A", "B", "C")])
    load(document)
    document["projects"] = [{"name": name} for name in ("C", "New", "A", "B")]
    report = load(document)
    titles = db.session.scalars(select(Project.title).order_by(Project.sort_order)).all()
    assert titles == ["C", "New", "A", "B"]
    assert told(report, "reordered") == ["projects is put in the order of the file"]


def test_the_owners_first_profile_takes_over_from_the_sample() -> None:
    load(changed(basics={"name": "Sam Ple"}), is_sample=True)
    draft = changed(
        basics={"name": "Not Yet"}, meta={"x-portfolio": {"visibility": "draft"}}, projects=[]
    )
    assert told(load(draft), "default") == []
    report = load(RESUME)
    assert told(report, "default") == [
        "ines-calder is the default profile now, instead of the sample sam-ple"
    ]
    assert told(load(changed(basics={"name": "Jon Abara"})), "default") == []
    (default,) = db.session.scalars(select(Profile.slug).where(Profile.is_default))
    assert default == "ines-calder"


def test_names_of_which_no_slug_can_be_made_are_people_of_their_own() -> None:
    for name in ("山田太郎", "李明"):
        assert load({"basics": {"name": name}}).change == "created"
        assert load({"basics": {"name": name}}).change == "unchanged"
    slugs = db.session.scalars(select(Profile.slug).order_by(Profile.slug)).all()
    assert slugs == ["my-profile", "my-profile-2"]


def test_few_imports_are_remembered() -> None:
    for number in range(8):
        load(changed(basics={"name": "Ines Calder", "label": str(number)}))
    load(changed(basics={"name": "Ines Calder", "label": "7"}))
    records = db.session.scalars(select(ResumeImport).order_by(ResumeImport.id)).all()
    assert [record.document["basics"]["label"] for record in records] == list("34567")


def test_two_hundred_projects_are_quick(client: FlaskClient) -> None:
    many = [{"name": f"Project {number}", "keywords": ["Go"]} for number in range(200)]
    assert load(changed(projects=many)).projects.created == 200
    assert load(changed(projects=copy.deepcopy(many))).projects.unchanged == 200


def person(name: str, **members: Any) -> dict[str, Any]:
    return {"basics": {"name": name, **members}}


@pytest.mark.parametrize(
    ("first", "second", "slug"),
    [
        ("李 Lee", "王 Lee", "lee"),
        ("Zoë Müller", "Zoe Muller", "zoe-muller"),
        ("李明", "山田太郎", "my-profile"),
    ],
)
def test_another_person_with_the_same_slug_is_another_profile(
    first: str, second: str, slug: str
) -> None:
    load(person(first, label="First"))
    report = load(person(second, label="Second"))
    assert (report.profile, report.change) == (f"{slug}-2", "created")
    assert told(report, "profile") == [
        f'basics.name is not the name of the profile {slug}, "{first}", so {slug}-2 is made; '
        f"--profile {slug} (over HTTP: ?profile={slug}) updates that one instead"
    ]
    for name, expected in ((first, slug), (second, f"{slug}-2")):
        report = load(person(name, label="Changed"))
        assert (report.profile, report.change, report.notes) == (expected, "updated", [])
    names = db.session.scalars(select(Profile.name).order_by(Profile.slug)).all()
    assert names == [first, second]


def test_the_same_name_in_other_letters_of_the_same_is_the_same_person() -> None:
    load(person("Zoë Müller"))
    report = load(person("ZOE\u0308  Mu\u0308ller"))
    assert (report.profile, report.change) == ("zoe-muller", "updated")
    assert told(report, "profile") == ['basics.name was "Zoë Müller" and is "ZOË Müller"']


def test_a_name_that_was_edited_here_is_still_that_of_the_last_file() -> None:
    load(person("Zoë Müller"))
    edit(update(Profile).values(name="Z. Müller"))
    report = load(person("Zoë Müller", label="New"))
    assert (report.profile, report.change) == ("zoe-muller", "updated")
    assert db.session.scalars(select(Profile.name)).all() == ["Z. Müller"]


def test_a_file_with_the_slug_of_another_person_is_refused_unless_it_is_asked_for() -> None:
    load(person("Zoë Müller", email="zoe@example.org", summary="Mine."))
    document = {**person("Bob Other"), "meta": {"x-portfolio": {"slug": "zoe-muller"}}}
    for dry_run in (True, False):
        with pytest.raises(ResumeRefused) as refused:
            load(document, dry_run=dry_run)
        assert refused.value.problems == [
            'meta.x-portfolio.slug: is that of the profile zoe-muller, whose name is "Zoë Müller" '
            'and not "Bob Other", and nothing was changed; --profile zoe-muller (over HTTP: '
            "?profile=zoe-muller) replaces that profile, and without its slug the file makes "
            "another"
        ]
    db.session.rollback()
    assert db.session.scalars(select(Profile.summary)).all() == ["Mine."]
    report = load(document, profile_slug="zoe-muller")
    assert (report.profile, report.change) == ("zoe-muller", "updated")
    assert told(report, "profile") == ['basics.name was "Zoë Müller" and is "Bob Other"']


def test_an_own_export_in_which_the_name_was_changed_is_known_by_its_address() -> None:
    load(person("Eve Old", email="eve@example.org"))
    exported = export_resume("eve-old", private=True)
    exported["basics"]["name"] = "Eve New"
    report = load(exported)
    assert (report.profile, report.change) == ("eve-old", "updated")
    assert told(report, "profile") == ['basics.name was "Eve Old" and is "Eve New"']
    load(person("Sam Ple"), is_sample=True)
    exported = {**export_resume("sam-ple", private=True), **person("My Self")}
    assert (load(exported).profile, load(exported).change) == ("sam-ple", "unchanged")


def test_a_slug_that_comes_twice_in_the_file_is_told_with_all_else() -> None:
    item = {"name": "x", "x-portfolio": {"slug": "zz"}}
    with pytest.raises(ResumeRefused) as refused:
        load(changed(projects=[item, {"name": "y", "startDate": "soon"}, item]))
    assert refused.value.problems[1:] == [
        "projects[2].x-portfolio.slug: is the slug of projects[0] of this file, too"
    ]
    assert refused.value.problems[0].startswith("projects[1].startDate: ")
