"""Files that are not imported: each reason with its place, and nothing is changed."""

from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from portfolio.services.imports.resume_reading import (
    ResumeRefused,
    path_text,
    read_document,
    read_resume,
)
from portfolio.vocabulary import RESUME_BYTES, TOLD_OF_A_FILE
from tests.services.test_importing import RESUME, changed, load, profile


@pytest.fixture(autouse=True)
def context(app: APIFlask) -> Any:
    with app.app_context():
        yield


def test_everything_wrong_is_named_by_its_path(client: FlaskClient) -> None:
    document = changed()
    document["basics"]["email"] = ["nobody"]
    document["basics"]["image"] = "https://example.org/new.png"
    document["basics"]["picture"] = "https://example.org/old.png"
    document["work"][0]["startDate"] = "in May 2020"
    document["work"][1]["endDate"] = "2017"
    document["work"].append({"company": "Old Ltd", "website": ["https://example.org"]})
    document["work"].append({"company": "Also Ltd", "name": "Other Ltd"})
    document["work"].append({"company": "Same Ltd", "name": "Same Ltd"})
    document["projects"][0].pop("name")
    document["projects"][1]["x-portfolio"] = {"complexity": 11, "colour": "red"}
    document["meta"] = {"x-portfolio": {"slug": "api"}}
    with pytest.raises(ResumeRefused) as refused:
        load(document)
    problems = {line.split(": ")[0]: line for line in refused.value.problems}
    assert problems.keys() == {
        "basics.email",
        "basics.picture",
        "work[0].startDate",
        "work[1].endDate",
        "work[3].website",
        "work[4].company",
        "projects[0].name",
        "projects[1].x-portfolio.complexity",
        "projects[1].x-portfolio.colour",
        "meta.x-portfolio.slug",
    }
    assert "differs from name" in problems["work[4].company"]
    assert "such as 2019, 2019-06" in problems["work[0].startDate"]
    assert "before startDate" in problems["work[1].endDate"]
    assert client.get("/api/v1/profiles/").json["total"] == 0


DEFLATED = b"PK\x03\x04\x14\x00\x06\x00 and bytes \xff\xfe"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b'{"basics": {"name": "x",}}', "line 1, column 25"),
        (b'{"basics":\n {"name": "x"}', "line 2, column 15"),
        (b"[]", "the file: is a list"),
        (b'"basics"', "the file: is not an object"),
        (b"{}", "basics: is required"),
        (b'{"basics": null}', "basics: is required"),
        (b'{"basics": {}}', "basics.name: is required"),
        (b'{"basics": {"name": "\\ud800"}}', "basics.name: holds half of a surrogate pair"),
        (b'{"basics": {"name": "x"}, "basics": {}}', "more than once"),
        ('{"basics": {"name": "é"}}'.encode("latin-1"), "in line 1. Save it as UTF-8."),
        ("\ufeff{".encode("utf-16")[:-1], "begins like UTF-16"),
        (b"[" * 100_000, "deeply: more than 50 levels at line 1, column 51"),
        (b'{"basics": {"name": "x"},\n "y": [NaN, -Infinity]}', "NaN, at line 2, column 8. The"),
        (b'{"y":\n' + b"1" * 5000 + b"}", "too many digits at line 2, column 1."),
        (
            b'{"basics": {"name": "\\"a", "name": "b"},\n "basics": {}}',
            '"name" more than once, at line 1, column 28. An object names the member "basics" '
            "more than once, at line 2, column 2.",
        ),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        ('{"basics": {}}'.encode("utf-16-le"), "UTF-16 without a byte order mark"),
        (b'{"basics": {"name": "x"}, "y": ' + b"[" * 60 + b"]" * 60 + b"}", "deeply"),
        (b'{"basics": {"name": "x"}, "y": 1e999}', "y: is a number that is too large"),
        (b" \n", "The file is empty."),
        (b"\x00\x01", "not JSON"),
        (b"%PDF-1.7 \xff", "a PDF"),
        (DEFLATED, "a ZIP archive"),
        (DEFLATED + b"word/document.xml", "a Word document (DOCX)"),
        (DEFLATED + b"Positions.csv", "LinkedIn"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a Word document"),
        (b"{\\rtf1\\ansi}", "an RTF document"),
        (b"\n<!DOCTYPE html><html></html>", "an HTML page"),
        (b"<!-- mine --><HTML>", "an HTML page"),
        (b'<?xml version="1.0"?>\n<SkillsPassport xmlns="x"/>', "a Europass XML file"),
        (b'<?xml version="1.0"?>\n<resume/>', "XML"),
        (b"---\nbasics:\n  name: x\n", "YAML"),
        (b"# my life\nbasics:\n  name: x\n", "Markdown"),
        (b"basics:\n  name: x\n", "YAML"),
        (b"First Name,Last Name,Headline\nA,B,C\n", "LinkedIn"),
        (b"\\documentclass{moderncv}", "TeX"),
        (b"export default {}", "JavaScript"),
        (b'{"meta": {"format": "FRESH@0.6.0"}, "name": "x"}', "a FRESH r"),
        (b'{"name": "x", "info": {}, "employment": {"history": []}}', "a FRESH r"),
        (b'{"$schema": "http://json-schema.org/draft-07/schema#"}', "a JSON Schema"),
        (b'{"SkillsPassport": {}}', "Europass"),
        (b'{"localizedFirstName": "x", "positions": {}}', "LinkedIn"),
        (b'{"bio": {"firstName": "x"}}', "rename `bio`"),
        (b'{"resume": {"basics": {"name": "x"}}}', "within the member `resume`"),
    ],
)
def test_refused(text: bytes, problem: str) -> None:
    with pytest.raises(ResumeRefused) as refused:
        read_resume(text)
    assert len(refused.value.problems) == 1
    assert problem in refused.value.problems[0]


def test_a_file_that_is_too_large() -> None:
    with pytest.raises(ResumeRefused) as refused:
        read_resume(b" " * (RESUME_BYTES + 1))
    assert "larger than 16 MB" in str(refused.value.problems)


def test_numbers_in_places_are_sorted_as_numbers() -> None:
    wrong = {"name": "x", "startDate": "soon"}
    with pytest.raises(ResumeRefused) as refused:
        load(changed(work=[*[wrong] * 11], skills=5))
    places = [problem.split(":")[0] for problem in refused.value.problems]
    assert places == ["skills", *(f"work[{index}].startDate" for index in range(11))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_in_every_form_that_says_which(encoding: str) -> None:
    text = '{"basics": {"name": "Zoë"}}'.encode(encoding)
    assert read_resume(text).resume.basics.name == "Zoë"


@pytest.mark.parametrize(
    "day", ["2019-13", "2019-02-30", "2019-00", "19", "0999", "Juno 2019", "2019-06-31", "13/2019"]
)
def test_days_that_are_none(day: str) -> None:
    document = changed(work=[None, {"name": "x", "startDate": day}], awards=[{"date": day}])
    with pytest.raises(ResumeRefused) as refused:
        load(document)
    places = [problem.split(":")[0] for problem in refused.value.problems]
    assert places == ["awards[0].date", "work[1].startDate"]


def test_what_is_wrong_is_said_in_words_of_the_file() -> None:
    document = changed(
        work=[{"name": True, "highlights": 5, "startDate": "2019-02-30"}],
        skills=[{"name": "x", "keywords": {"no": "list"}}],
    )
    with pytest.raises(ResumeRefused) as refused:
        load(document)
    assert refused.value.problems == [
        "skills[0].keywords: should be a list",
        "work[0].highlights: should be a list",
        "work[0].name: should be a text",
        "work[0].startDate: 2019-02 has 28 days only",
    ]


@pytest.mark.parametrize(
    "value", [5, True, {"no": "text"}, [5]], ids=["number", "flag", "object", "list"]
)
@pytest.mark.parametrize(
    ("section", "member"), [("work", None), ("work", "highlights"), ("skills", "keywords")]
)
def test_wrong_types(section: str, member: str | None, value: Any) -> None:
    if (member, value) == ("keywords", [5]) or (member, value) == ("highlights", [5]):
        pytest.skip("numbers in a list of texts are read as texts")
    document = changed(**{section: [{member: value}] if member else value})
    with pytest.raises(ResumeRefused, match=r"."):
        load(document)


def test_a_slug_of_another_profile_is_refused_whole(client: FlaskClient) -> None:
    load(RESUME)
    before = profile(client)
    document = changed(basics={"name": "Jon Abara"})
    document["projects"][0]["x-portfolio"] = {"slug": "tide-tables"}
    with pytest.raises(ResumeRefused) as refused:
        load(document)
    assert refused.value.problems == [
        "projects[0].x-portfolio.slug: The slug 'tide-tables' is taken. It is that of “Tide "
        "tables” in the profile ines-calder: change it there, or take it out of the file, which "
        "makes a project with a slug of its own."
    ]
    assert client.get("/api/v1/profiles/jon-abara/").status_code == 404
    assert profile(client) == before


def test_more_unknown_members_than_anybody_would_read_of_are_refused() -> None:
    unknown = {f"x{number}": number for number in range(TOLD_OF_A_FILE)}
    assert len(read_document({**RESUME, "interests": [unknown]}).unknown_members())
    with pytest.raises(ResumeRefused) as refused:
        read_document(changed(interests=[unknown], **{"one-more": 1}))
    assert refused.value.problems == [
        f"the file: has {TOLD_OF_A_FILE + 1} members that JSON Resume does not know; "
        f"at most {TOLD_OF_A_FILE} are kept"
    ]


def test_more_odd_values_than_anybody_would_read_of_are_refused() -> None:
    numbers = list(range(100))
    items = [{"name": f"n{number}", "keywords": numbers} for number in range(51)]
    with pytest.raises(ResumeRefused, match=r"."):
        read_document(changed(skills=items))
    assert read_document(changed(skills=items[:50]))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("plain-name", "work[0].plain-name"),
        ("größe_2", "work[0].größe_2"),
        ("$schema", "work[0].$schema"),
        ("a.b", 'work[0]["a.b"]'),
        ("a b", 'work[0]["a b"]'),
        ("0]", 'work[0]["0]"]'),
        ("", 'work[0][""]'),
        ('"', 'work[0]["\\""]'),
        ("a\nname: fine", 'work[0]["a\\nname: fine"]'),
        ("\x1b]0;x\x07\x7f\x9b", 'work[0]["\\x1b]0;x\\x07\\x7f\\x9b"]'),
        ("\u202eevil\u2066\u2028\0", 'work[0]["\\u202eevil\\u2066\\u2028\\x00"]'),
        ("x" * 1000, f"work[0].{'x' * 79}…"),
        ("\n" * 1000, 'work[0]["' + "\\n" * 79 + '…"]'),
    ],
)
def test_a_place_is_one_line_of_what_can_be_seen(name: str, text: str) -> None:
    assert path_text(("work", 0, name)) == text


def test_a_place_may_begin_with_an_odd_name() -> None:
    assert path_text(("a.b",)) == '["a.b"]'
    assert path_text(("a", "b")) == "a.b"
