"""Whatever is wrong with a file is told at once, whichever step of reading finds it."""

import json

import pytest
from flask.testing import FlaskClient

from portfolio.services.imports.resume_reading import ResumeRefused, read_resume
from tests.api.conftest import Headers

HALF = b'{"basics": {"name": "Vee", "\\udc00": 1}, "q": ["\\ud800"], "work": [{"name": "A",'
HALF += b'"company": "B", "startDate": "2019-13"}], "projects": [{"description": "d"}]}'


def test_an_item_of_which_nothing_else_is_left_lacks_its_name_as_well() -> None:
    document = {"basics": {"name": "Vee"}, "projects": [{"name": "", "startDate": "x"}]}
    with pytest.raises(ResumeRefused) as refused:
        read_resume(json.dumps(document).encode())
    places = [line.partition(": ")[0] for line in refused.value.problems]
    assert places == ["projects[0].name", "projects[0].startDate"]


def test_too_many_items_are_told_in_plain_words() -> None:
    document = {"basics": {"name": "Vee"}, "skills": [{"name": f"s{n}"} for n in range(201)]}
    with pytest.raises(ResumeRefused) as refused:
        read_resume(json.dumps(document).encode())
    assert refused.value.problems == ["skills: should have at most 200 items"]


def test_half_a_character_hides_nothing(client: FlaskClient, writer: Headers) -> None:
    answer = client.post(
        "/api/v1/profiles/import/", data=HALF, content_type="application/json", headers=writer
    )
    assert answer.status_code == 422
    pointers = {error["pointer"] for error in answer.get_json()["errors"]}
    assert pointers == {
        *("#/basics", "#/q/0", "#/work/0/company", "#/work/0/startDate"),
        "#/projects/0/name",
    }
