"""Every section of a profile, item by item and as a whole."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import text

from portfolio.blueprints.section_examples import NEW_ITEMS, patch_of, whole_of
from portfolio.caching.flask_adapter.renewal import renew
from portfolio.extensions import db
from portfolio.models import SECTIONS
from portfolio.schemas.profile import ProfileDetail, ProfileWrite
from portfolio.schemas.project import ProjectDetail, ProjectWrite
from portfolio.schemas.section_writes import SECTION_SCHEMAS
from portfolio.vocabulary import SECTION_ITEMS
from tests.api.conftest import Headers, Make

PROFILE = "/api/v1/profiles/ines-calder/"
SKILLS = f"{PROFILE}skills/"

Add = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def profile(make_profile: Make) -> dict[str, Any]:
    return make_profile()


@pytest.fixture
def add(client: FlaskClient, writer: Headers) -> Add:
    """Adds a skill and gives what was answered."""

    def post(name: str, place: int | None = None, **members: Any) -> dict[str, Any]:
        query = {"place": place} if place else {}
        body = {"name": name, **members}
        answer = client.post(SKILLS, json=body, query_string=query, headers=writer)
        assert answer.status_code == 201, answer.text
        return dict(answer.json)

    return post


def address(section: str) -> str:
    return f"{PROFILE}{section.replace('_', '-')}/"


def names(client: FlaskClient) -> list[str]:
    return [item["name"] for item in client.get(f"{SKILLS}?page_size=100").json["items"]]


@pytest.mark.parametrize("section", SECTIONS)
def test_the_examples_work(client: FlaskClient, writer: Headers, section: str) -> None:
    sent = NEW_ITEMS[section]["whole"]["value"]
    created = client.post(address(section), json=sent, headers=writer)
    assert created.status_code == 201, created.text
    path = created.headers["Location"]
    assert created.json == {"id": created.json["id"], **sent}
    assert client.get(path).json == created.json
    assert client.get(PROFILE).json[section] == [created.json]
    (patch,) = (example["value"] for example in patch_of(section).values())
    changed = client.patch(path, json=patch, headers=writer)
    assert changed.json == {**created.json, **patch}
    assert client.put(path, json=sent, headers=writer).json == created.json
    kept = client.put(address(section), json={"items": [sent]}, headers=writer)
    assert kept.json["items"] == [created.json], "what equals an item is that item"
    (whole,) = (example["value"] for example in whole_of(section).values())
    assert client.put(address(section), json=whole, headers=writer).status_code == 409
    items = [{**whole["items"][0], "id": created.json["id"]}, *whole["items"][1:]]
    two = client.put(address(section), json={"items": items}, headers=writer).json["items"]
    assert [item["id"] == created.json["id"] for item in two] == [True, False]
    assert client.delete(path, headers=writer).status_code == 204
    assert client.get(path).status_code == 404
    assert client.get(PROFILE).json[section] == [two[1]]


@pytest.mark.parametrize("section", SECTIONS)
def test_what_was_read_can_be_written(
    client: FlaskClient, writer: Headers, reader: Headers, section: str
) -> None:
    sent = NEW_ITEMS[section]["whole"]["value"]
    path = client.post(address(section), json=sent, headers=writer).headers["Location"]
    client.post(address(section), json={}, headers=writer)
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


def test_a_new_item_goes_where_it_is_told(client: FlaskClient, add: Add) -> None:
    for name, place in (("a", None), ("b", 1), ("c", 2), ("d", 99), ("e", 5)):
        add(name, place)
    assert names(client) == ["b", "c", "a", "d", "e"]
    assert client.get(PROFILE).json["skills"][0]["name"] == "b"


@pytest.mark.parametrize("place", ["0", "-1", "x", "1.5", ""])
def test_no_such_place(client: FlaskClient, writer: Headers, place: str) -> None:
    answer = client.post(f"{SKILLS}?place={place}", json={"name": "a"}, headers=writer)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["parameter"] == "place"


def test_lists_are_paged(client: FlaskClient, add: Add) -> None:
    for name in "abc":
        add(name)
    page = client.get(f"{SKILLS}?page_size=2&page=2").json
    assert [item["name"] for item in page["items"]] == ["c"]
    assert (page["total"], page["pages"]) == (3, 2)
    assert page["links"]["prev"] == f"{SKILLS}?page_size=2"


def test_named_first_and_the_others_behind(client: FlaskClient, writer: Headers, add: Add) -> None:
    ids = [add(name)["id"] for name in "abcd"]
    path = f"{SKILLS}reorder/"
    answer = client.post(path, json={"order": [ids[3], ids[1]]}, headers=writer)
    assert answer.json == {"order": [ids[3], ids[1], ids[0], ids[2]]}
    assert names(client) == ["d", "b", "a", "c"]
    work = client.post(f"{PROFILE}work/", json={}, headers=writer).json["id"]
    wrong = client.post(path, json={"order": [ids[0], ids[0], work]}, headers=writer)
    assert {error["pointer"]: error["detail"] for error in wrong.json["errors"]} == {
        "#/order/1": "is given twice",
        "#/order/2": "is not the id of an item of this section",
    }


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


@pytest.mark.parametrize(
    ("section", "body", "pointer"),
    [
        ("work", {"start_date": "2020-02-30"}, "#/start_date"),
        ("work", {"start_date": "2020", "end_date": "2019-12"}, "#/end_date"),
        ("work", {"startDate": "2020"}, "#/startDate"),
        ("work", {"company": "C"}, "#/company"),
        ("work", {"name": None}, "#/name"),
        ("work", {"highlights": ["a", ""]}, "#/highlights/1"),
        ("skills", {"keywords": "a"}, "#/keywords"),
        ("awards", {"date": "May"}, "#/date"),
        ("publications", {"url": "x"}, "#/url"),
        ("languages", {"language": "x" * 101}, "#/language"),
        ("social_profiles", [], "#"),
    ],
)
def test_refused(
    client: FlaskClient, writer: Headers, section: str, body: Any, pointer: str
) -> None:
    path = address(section)
    answer = client.post(path, json=body, headers=writer)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]
    whole = client.put(path, json={"items": [{}, body]}, headers=writer)
    inside = f"#/items/1{pointer.removeprefix('#')}"
    assert [error["pointer"] for error in whole.json["errors"]] == [inside]
    assert client.get(path).json["total"] == 0


def test_a_section_has_an_end(client: FlaskClient, writer: Headers) -> None:
    items = [{"name": str(number)} for number in range(SECTION_ITEMS)]
    assert client.put(SKILLS, json={"items": items}, headers=writer).status_code == 200
    assert client.post(SKILLS, json={}, headers=writer).status_code == 409
    more = client.put(SKILLS, json={"items": [*items, {}]}, headers=writer)
    assert more.status_code == 422
    assert client.get(SKILLS).json["total"] == SECTION_ITEMS


def test_conditions(client: FlaskClient, writer: Headers, add: Add) -> None:
    path = f"{SKILLS}{add('a')['id']}/"

    def write(method: str, path: str, body: Any, tag: str) -> int:
        headers = {**writer, "If-Match": tag}
        return client.open(path, method=method, json=body, headers=headers).status_code

    for address, body in ((path, {"name": "b"}), (SKILLS, {"items": [{"name": "c"}]})):
        tag = client.get(address).headers["ETag"]
        assert write("PUT", address, body, '"stale"') == 412
        assert write("PUT", address, body, tag) == 200
        assert write("PUT", address, body, tag) == 412
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


def test_drafts_are_seen_with_a_token_only(
    client: FlaskClient, writer: Headers, reader: Headers, add: Add
) -> None:
    item = f"{SKILLS}{add('a')['id']}/"
    assert client.get(item).status_code == client.get(SKILLS).status_code == 200
    client.patch(PROFILE, json={"visibility": "draft"}, headers=writer)
    for path in (item, SKILLS):
        assert client.get(path).status_code == 404
        shown = client.get(path, headers=reader)
        assert shown.status_code == 200
        assert shown.headers["Cache-Control"] == "private, no-store"


def test_nothing_there(client: FlaskClient, writer: Headers, make_profile: Make, add: Add) -> None:
    number = add("a")["id"]
    make_profile("Jon Abara")
    for path in (
        f"{PROFILE}hobbies/",
        f"{PROFILE}work/{number}/",
        f"{SKILLS}a/",
        f"/api/v1/profiles/jon-abara/skills/{number}/",
        f"/api/v1/profiles/nobody/skills/{number}/",
        "/api/v1/profiles/nobody/skills/",
    ):
        assert client.get(path).status_code == 404, path
        allowed = {404, 405} if path.endswith("skills/") else {404}
        for method in ("PATCH", "DELETE"):
            answer = client.open(path, method=method, json={}, headers=writer)
            assert answer.status_code in allowed, path
    empty = client.put("/api/v1/profiles/nobody/skills/", json={"items": []}, headers=writer)
    assert empty.status_code == 404


def test_cached_until_it_changes(
    app: APIFlask, client: FlaskClient, writer: Headers, add: Add
) -> None:
    item = f"{SKILLS}{add('a')['id']}/"
    for path in (SKILLS, item):
        client.get(path)
        assert "hit" in client.get(path).headers["Cache-Status"]
    client.patch(item, json={"name": "b"}, headers=writer)
    assert client.get(item).json["name"] == "b"
    assert names(client) == ["b"]
    with app.app_context():
        db.session.execute(text("UPDATE resume_skills SET name = 'c'"))
        db.session.commit()
    assert (client.get(item).json["name"], names(client)) == ("c", ["c"])
    with app.app_context():
        renew("section_list", {"slug": "ines-calder", "section": "skills"})
    assert "hit" in client.get(SKILLS).headers["Cache-Status"]


def test_members_without_a_column_are_kept_and_not_shown(
    app: APIFlask, client: FlaskClient, writer: Headers, add: Add
) -> None:
    made = add("a")
    with app.app_context():
        db.session.execute(text("""UPDATE resume_skills SET extra = '{"x-secret": 1}'"""))
        db.session.commit()
    item = f"{SKILLS}{made['id']}/"
    client.put(item, json={"name": "b"}, headers=writer)
    client.patch(item, json={"level": "l"}, headers=writer)
    client.put(SKILLS, json={"items": [{"name": "b"}]}, headers=writer)
    client.post(f"{SKILLS}reorder/", json={"order": [made["id"]]}, headers=writer)
    assert "x-secret" not in client.get(PROFILE, headers=writer).text + client.get(item).text
    with app.app_context():
        kept = db.session.scalars(text("SELECT extra FROM resume_skills")).all()
    assert kept == [{"x-secret": 1}]


def test_writers_at_once_lose_nothing(app: APIFlask, client: FlaskClient, writer: Headers) -> None:
    count = 6
    start = Barrier(count)

    def write(number: int) -> None:
        mine = app.test_client()
        start.wait()
        for round_ in range(4):
            body = {"name": f"{number}-{round_}"}
            path = f"{SKILLS}?place={1 + number % 3}"
            made = mine.post(path, json=body, headers=writer)
            assert made.status_code == 201, made.text
            order = {"order": [made.json["id"]]}
            assert mine.post(f"{SKILLS}reorder/", json=order, headers=writer).status_code == 200

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(write, range(count)))
    expected = {f"{number}-{round_}" for number in range(count) for round_ in range(4)}
    assert sorted(names(client)) == sorted(expected)
    with app.app_context():
        places = db.session.scalars(text("SELECT sort_order FROM resume_skills ORDER BY 1")).all()
    assert places == list(range(1, len(expected) + 1))


def test_every_member_that_is_read_can_be_sent_back() -> None:
    assert ProjectDetail.model_fields.keys() <= ProjectWrite.model_fields.keys()
    assert ProfileDetail.model_fields.keys() <= ProfileWrite.model_fields.keys()
    for schemas in SECTION_SCHEMAS.values():
        assert schemas.read.model_fields.keys() == schemas.write.model_fields.keys()
        assert schemas.page.model_fields.keys() == schemas.whole.model_fields.keys()
