"""What real files write otherwise: where its meaning is clear it is read, else kept, and told."""

from typing import Any

import pytest
from apiflask import APIFlask

from portfolio.services.exports.exporting import export_resume
from portfolio.services.imports.importing import import_resume
from portfolio.services.imports.resume_reading import ResumeFile, ResumeRefused, read_document
from tests.services.test_import_properties import is_idle


def read(basics: dict[str, Any] | None = None, **sections: Any) -> ResumeFile:
    return read_document({"basics": {"name": "Ines Calder", **(basics or {})}, **sections})


def notes(file: ResumeFile) -> list[tuple[str, str]]:
    return [(file.path(place), text) for place, text in file.reading.notes]


@pytest.mark.parametrize(
    ("written", "date"),
    [
        *[("Jan 2015", "2015-01"), ("January 2015", "2015-01"), ("SEPT. 2019", "2019-09")],
        *[("may 2019", "2019-05"), ("Dec, 2019", "2019-12"), ("03/2019", "2019-03")],
        *[("3.2019", "2019-03"), ("2019/03", "2019-03"), ("Expected 2026", "2026")],
        *[("Expected: June 2026", "2026-06"), ("2026 (expected)", "2026")],
    ],
)
def test_dates_are_read_and_told(written: str, date: str) -> None:
    file = read(education=[{"institution": "Here", "endDate": written}])
    assert file.resume.education[0].end_date == date
    assert notes(file) == [("education[0].endDate", f"is read as {date}")]


@pytest.mark.parametrize("word", ["-", "\N{EN DASH}", "Present day", "heute", "now", "Ongoing"])
def test_words_for_no_end(word: str) -> None:
    assert read(work=[{"name": "A", "endDate": word}]).resume.work[0].end_date is None
    with pytest.raises(ResumeRefused, match=r"work\[0\]\.startDate|1 thing"):
        read(work=[{"name": "A", "startDate": word}])


@pytest.mark.parametrize("day", ["13/2019", "00/2019", "Foo 2019", "Expected", "expected soon"])
def test_dates_that_nobody_understands_are_refused(day: str) -> None:
    with pytest.raises(ResumeRefused):
        read(awards=[{"date": day}])


@pytest.mark.parametrize("day", [2019.1, 2019.0, 1e300])
def test_a_date_that_is_no_whole_number_is_refused(day: float) -> None:
    # Nobody can say whether 2019.10 was January or October.
    with pytest.raises(ResumeRefused) as refused:
        read(awards=[{"title": "A", "date": day}])
    assert 'awards[0].date: should be a text such as "2019-06"' in refused.value.problems[0]
    assert read(awards=[{"title": "A", "date": 2019}]).resume.awards[0].date == "2019"


@pytest.mark.parametrize(
    ("written", "kept", "told"),
    [
        (["Go", "go", "R", "r "], ["Go", "R"], "repeats “go”, “r”, read once"),
        (["Go", None, "go\u200b"], ["Go"], "repeats “go”, read once"),
        (["C", "C++", "c#"], ["C", "C++", "c#"], None),
    ],
)
def test_a_keyword_of_a_project_that_comes_again_is_told(
    written: list[Any], kept: list[str], told: str | None
) -> None:
    file = read(projects=[{"name": "A", "keywords": written}])
    assert file.resume.projects[0].keywords == kept
    assert notes(file) == ([("projects[0].keywords", told)] if told else [])
    skills = read(skills=[{"name": "A", "keywords": ["Go", "go"]}])
    assert (skills.resume.skills[0].keywords, notes(skills)) == (["Go", "go"], [])


@pytest.mark.parametrize("name", ["url", "website"])
@pytest.mark.parametrize("link", ["N/A", "#", "ftp://example.org", "@ines", "mailto:a@example.org"])
def test_an_address_that_is_none_is_kept_aside(app: APIFlask, name: str, link: str) -> None:
    item = {"name": "A", name: link}
    file = read({name: link}, work=[item], projects=[item])
    assert (file.resume.basics.url, file.resume.work[0].url) == (None, None)
    assert file.unknown_members() == [f"basics.{name}", f"work[0].{name}", f"projects[0].{name}"]
    with app.app_context():
        report = import_resume(file)
        told = [note.path for note in report.notes if note.kind == "unknown"]
        assert told == file.unknown_members()
        private = export_resume(report.profile, private=True)
        assert [private[part][0]["url"] for part in ("work", "projects")] == [link, link]
        assert private["basics"]["url"] == link
        assert "url" not in export_resume(report.profile, private=False)["basics"]
        assert is_idle(import_resume(read_document(private)))


def test_an_address_gets_its_scheme() -> None:
    file = read({"url": "example.org"})
    assert file.resume.basics.url == "https://example.org"
    assert notes(file) == [("basics.url", "is read as https://example.org")]


@pytest.mark.parametrize("picture", ["ftp://example.org/me.png", "me.png", "https://"])
def test_a_picture_that_is_no_address_is_kept_aside(picture: str) -> None:
    assert read({"image": picture}).unknown_members() == ["basics.image"]


def test_mail_addresses(app: APIFlask) -> None:
    linked = read({"email": "mailto:ines@example.org"})
    assert linked.resume.basics.email == "ines@example.org"
    assert notes(linked) == [("basics.email", "is read as ines@example.org")]
    odd = read({"email": "ines [at] example.org"})
    assert (odd.resume.basics.email, odd.unknown_members()) == (None, ["basics.email"])
    with app.app_context():
        slug = import_resume(odd).profile
        private = export_resume(slug, private=True)["basics"]
        assert private["email"] == "ines [at] example.org"
        assert "email" not in export_resume(slug, private=False)["basics"]


@pytest.mark.parametrize(
    ("url", "website", "same"),
    [
        ("https://example.org", "http://example.org/", True),
        ("https://example.org/a", "example.org/a/", True),
        ("https://example.org/a", "https://example.org/b", False),
    ],
)
def test_addresses_under_both_names(url: str, website: str, same: bool) -> None:
    basics = {"url": url, "website": website}
    if same:
        assert read(basics).resume.basics.url == url
    else:
        with pytest.raises(ResumeRefused):
            read(basics)


def test_our_own_words_stay_strict() -> None:
    project = {"name": "B", "x-portfolio": {"url": "N/A", "sourceUrl": "N/A"}}
    with pytest.raises(ResumeRefused) as refused:
        read(projects=[project])
    assert len(refused.value.problems) == 2
