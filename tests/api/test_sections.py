"""Every section of a profile, item by item."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import text

from portfolio.blueprints.examples.section_examples import NEW_ITEMS, patch_of, whole_of
from portfolio.caching.flask_adapter.renewal import renew
from portfolio.extensions import db
from portfolio.models import SECTIONS
from tests.api.conftest import Headers, Make
from tests.api.skills import PROFILE, SKILLS, Add, address, names


@pytest.fixture(autouse=True)
def profile(make_profile: Make) -> dict[str, Any]:
    return make_profile()


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


def test_a_new_item_goes_where_it_is_told(client: FlaskClient, add: Add) -> None:
    for name, place in (("a", None), ("b", 1), ("c", 2), ("d", 99), ("e", 5)):
        add(name, place)
    assert names(client) == ["b", "c", "a", "d", "e"]
    assert client.get(PROFILE).json["skills"][0]["name"] == "b"


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
    work = client.post(f"{PROFILE}work/", json={"name": "W"}, headers=writer).json["id"]
    wrong = client.post(path, json={"order": [ids[0], ids[0], work]}, headers=writer)
    assert {error["pointer"]: error["detail"] for error in wrong.json["errors"]} == {
        "#/order/1": "is given twice",
        "#/order/2": "is not the id of an item of this section",
    }


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
