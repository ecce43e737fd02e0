"""Sections as a whole, and documents that are sent back as they were read."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from portfolio.blueprints.examples.section_examples import NEW_ITEMS
from portfolio.models import SECTIONS
from portfolio.schemas.profile import ProfileDetail, ProfileWrite
from portfolio.schemas.project import ProjectDetail, ProjectWrite
from portfolio.schemas.section_writes import SECTION_SCHEMAS
from portfolio.vocabulary import SECTION_ITEMS
from tests.api.conftest import Headers, Make
from tests.api.skills import PROFILE, SKILLS, Add, address, names


@pytest.fixture(autouse=True)
def profile(make_profile: Make) -> dict[str, Any]:
    return make_profile()


@pytest.mark.parametrize("section", SECTIONS)
def test_what_was_read_can_be_written(
    client: FlaskClient, writer: Headers, reader: Headers, section: str
) -> None:
    sent = NEW_ITEMS[section]["whole"]["value"]
    path = client.post(address(section), json=sent, headers=writer).headers["Location"]
    for read in (path, address(section), PROFILE):
        before = client.get(read, headers=reader)
        written = client.put(read, json=before.json, headers=writer)
        assert written.status_code == 200, written.text
        after = client.get(read, headers=reader)
        assert after.json == {**before.json, **_time_of_change(after.json)}
        unchanged = client.patch(read, json=before.json, headers=writer)
        assert unchanged.status_code == (405 if read == address(section) else 200)


def _time_of_change(document: dict[str, Any]) -> dict[str, Any]:
    return {name: document[name] for name in ("updated_at",) if name in document}


def test_a_whole_section_keeps_the_ids_that_it_names(
    client: FlaskClient, writer: Headers, add: Add
) -> None:
    first, second, third = (add(name) for name in "abc")
    items = [{**third, "level": "new"}, {"name": "b", "level": "known by its name"}, {"name": "d"}]
    answer = client.put(SKILLS, json={"items": items}, headers=writer)
    assert [item["name"] for item in answer.json["items"]] == ["c", "b", "d"]
    assert [item["id"] for item in answer.json["items"][:2]] == [third["id"], second["id"]]
    assert client.get(f"{SKILLS}{first['id']}/").status_code == 404
    renamed = client.put(SKILLS, json={"items": [{**second, "name": "B"}]}, headers=writer)
    assert [item["id"] for item in renamed.json["items"]] == [second["id"]]
    assert client.put(SKILLS, json={"items": []}, headers=writer).json["total"] == 0


def test_ids_and_totals_that_are_not_the_sections(
    client: FlaskClient, writer: Headers, add: Add, profile: dict[str, Any]
) -> None:
    first, second = add("a"), add("b")
    project = client.post("/api/v1/projects/", json={"title": "T"}, headers=writer).json
    stranger = profile["id"]

    def refused(method: str, path: str, body: dict[str, Any]) -> list[str]:
        answer = client.open(path, method=method, json=body, headers=writer)
        assert answer.status_code == 409, answer.text
        return [error["pointer"] for error in answer.json["errors"]]

    twice = {"items": [first, second, first]}
    assert refused("PUT", SKILLS, twice) == ["#/items/2/id"]
    assert refused("PUT", SKILLS, {"items": [{"id": stranger}]}) == ["#/items/0/id"]
    assert refused("PUT", PROFILE, {"name": "N", "skills": twice["items"]}) == ["#/skills/2/id"]
    assert refused("PATCH", PROFILE, {"work": [{"id": first["id"]}]}) == ["#/work/0/id"]
    assert refused("PUT", SKILLS, {"items": [first], "total": 2}) == ["#/total"]
    assert refused("POST", SKILLS, {"id": stranger}) == ["#/id"]
    assert refused("PUT", f"{SKILLS}{first['id']}/", second) == ["#/id"]
    assert refused("PATCH", f"{SKILLS}{first['id']}/", {"id": stranger}) == ["#/id"]
    assert refused("PUT", PROFILE, {"name": "N", "id": project["id"]}) == ["#/id"]
    path = f"/api/v1/projects/{project['slug']}/"
    assert refused("PUT", path, {"title": "T", "id": stranger}) == ["#/id"]
    assert refused("POST", "/api/v1/projects/", project) == ["#/id"]
    assert refused("POST", "/api/v1/profiles/", profile) == ["#/id"]
    assert names(client) == ["a", "b"]


def test_a_section_has_an_end(client: FlaskClient, writer: Headers) -> None:
    items = [{"name": str(number)} for number in range(SECTION_ITEMS)]
    assert client.put(SKILLS, json={"items": items}, headers=writer).status_code == 200
    assert client.post(SKILLS, json={"name": "a"}, headers=writer).status_code == 409
    more = client.put(SKILLS, json={"items": [*items, {}]}, headers=writer)
    assert more.status_code == 422
    assert client.get(SKILLS).json["total"] == SECTION_ITEMS


def test_conditions(client: FlaskClient, writer: Headers, add: Add) -> None:
    path = f"{SKILLS}{add('a')['id']}/"

    def write(method: str, path: str, body: Any, tag: str) -> int:
        headers = {**writer, "If-Match": tag}
        return client.open(path, method=method, json=body, headers=headers).status_code

    for target, body in ((path, {"name": "b"}), (SKILLS, {"items": [{"name": "c"}]})):
        tag = client.get(target).headers["ETag"]
        assert write("PUT", target, body, '"stale"') == 412
        assert write("PUT", target, body, tag) == 200
        assert write("PUT", target, body, tag) == 412
    last = client.get(f"{SKILLS}?page_size=100")
    added = add("d")
    assert write("PUT", SKILLS, {"items": []}, last.headers["ETag"]) == 412
    part = client.get(f"{SKILLS}?page_size=1").headers["ETag"]
    assert write("PUT", SKILLS, {"items": []}, part) == 412, "a part says nothing of the rest"
    item = f"{SKILLS}{added['id']}/"
    changed = client.patch(item, json={"level": "x"}, headers=writer)
    assert write("DELETE", item, None, '"stale"') == 412
    assert write("DELETE", item, None, changed.headers["ETag"]) == 204


def test_the_profiles_tag_is_that_of_the_whole(
    client: FlaskClient, writer: Headers, add: Add
) -> None:
    tag = client.get(PROFILE).headers["ETag"]
    add("a")
    answer = client.patch(PROFILE, json={"label": "L"}, headers={**writer, "If-Match": tag})
    assert answer.status_code == 412


def test_sections_in_a_profiles_own_document(
    client: FlaskClient, writer: Headers, add: Add
) -> None:
    kept = add("a")
    client.post(f"{PROFILE}work/", json={"name": "W"}, headers=writer)
    body = {"name": "Ines Calder", "skills": [{"name": "b"}, {"name": "a"}]}
    written = client.put(PROFILE, json=body, headers=writer).json
    assert [item["name"] for item in written["skills"]] == ["b", "a"]
    assert written["skills"][1] == kept
    assert [item["name"] for item in written["work"]] == ["W"]
    patched = client.patch(PROFILE, json={"work": None}, headers=writer).json
    assert (patched["work"], patched["skills"]) == ([], written["skills"])
    made = client.post("/api/v1/profiles/", json={**body, "slug": "two"}, headers=writer).json
    assert [item["name"] for item in made["skills"]] == ["b", "a"]


def test_a_project_can_be_written_as_it_is_read(client: FlaskClient, writer: Headers) -> None:
    made = client.post("/api/v1/projects/", json={"title": "T"}, headers=writer)
    path = made.headers["Location"]
    for method in ("PUT", "PATCH"):
        before = client.get(path).json
        answer = client.open(path, method=method, json=before, headers=writer)
        assert answer.status_code == 200, answer.text
        assert client.get(path).json == {**before, **_time_of_change(answer.json)}
    for profile in ({"name": "N"}, {"slug": 1}, {"slug": "ines-calder", "x": 1}):
        answer = client.patch(path, json={"profile": profile}, headers=writer)
        assert [error["pointer"] for error in answer.json["errors"]] == ["#/profile"]


def test_every_member_that_is_read_can_be_sent_back() -> None:
    assert ProjectDetail.model_fields.keys() <= ProjectWrite.model_fields.keys()
    assert ProfileDetail.model_fields.keys() <= ProfileWrite.model_fields.keys()
    for schemas in SECTION_SCHEMAS.values():
        assert schemas.read.model_fields.keys() == schemas.write.model_fields.keys()
        assert schemas.page.model_fields.keys() == schemas.whole.model_fields.keys()
