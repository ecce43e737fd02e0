"""Files that are not imported: each reason with its place, and nothing is changed."""

from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from portfolio.services.importing import ResumeRefused, read_resume
from tests.services.test_importing import RESUME, changed, load, profile


@pytest.fixture(autouse=True)
def context(app: APIFlask) -> Any:
    with app.app_context():
        yield


def test_everything_wrong_is_named_by_its_path(client: FlaskClient) -> None:
    document = changed()
    document["basics"]["email"] = "nobody"
    document["basics"]["picture"] = "https://example.org/old.png"
    document["work"][0]["startDate"] = "May 2020"
    document["work"][1]["endDate"] = "2017"
    document["work"].append({"company": "Lost Ltd", "website": "https://example.org"})
    document["work"].append({"company": "Also Ltd", "name": "Also Ltd"})
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
        "work[3].company",
        "work[3].website",
        "projects[0].name",
        "projects[1].x-portfolio.complexity",
        "projects[1].x-portfolio.colour",
        "meta.x-portfolio.slug",
    }
    assert "calls it name" in problems["work[3].company"]
    assert "before startDate" in problems["work[1].endDate"]
    assert client.get("/api/v1/profiles/").json["total"] == 0


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b'{"basics": {"name": "x",}}', "line 1, column 25"),
        (b"[]", "the file: "),
        (b"{}", "basics: is required"),
        (b'{"basics": {}}', "basics.name: is required"),
        (b'{"basics": {"name": "\\ud800"}}', "basics.name: holds half of a surrogate pair"),
        (b'{"basics": {"name": "x"}, "basics": {}}', "more than once"),
        ('{"basics": {"name": "é"}}'.encode("latin-1"), "not UTF-8"),
        (b"[" * 100_000, "deeply"),
        (b"", "not JSON"),
        (b"\x00\x01", "not JSON"),
    ],
)
def test_refused(text: bytes, problem: str) -> None:
    with pytest.raises(ResumeRefused) as refused:
        read_resume(text)
    assert len(refused.value.problems) == 1
    assert problem in refused.value.problems[0]


def test_a_slug_of_another_profile_is_refused_whole(client: FlaskClient) -> None:
    load(RESUME)
    before = profile(client)
    document = changed(basics={"name": "Jon Abara"})
    document["projects"][0]["x-portfolio"] = {"slug": "tide-tables"}
    with pytest.raises(ResumeRefused) as refused:
        load(document)
    assert refused.value.problems == [
        "projects[0].x-portfolio.slug: The slug 'tide-tables' is taken."
    ]
    assert client.get("/api/v1/profiles/jon-abara/").status_code == 404
    assert profile(client) == before
