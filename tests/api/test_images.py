"""Images of projects: seen everywhere, changed, put in order and deleted."""

import uuid
from io import BytesIO

from flask.testing import FlaskClient

from portfolio.blueprints.examples import content_examples
from portfolio.vocabulary import PROJECT_IMAGES
from tests.api.conftest import Headers
from tests.api.uploads import IMAGES, SMALL, Upload, errors, picture, send
from tests.services.pictures import encoded, gradient


def order(client: FlaskClient) -> list[str]:
    return [item["id"] for item in client.get(IMAGES).json["items"]]


def primaries(client: FlaskClient) -> list[str]:
    return [item["id"] for item in client.get(IMAGES).json["items"] if item["is_primary"]]


def test_an_upload_is_seen_everywhere_at_once(client: FlaskClient, upload: Upload) -> None:
    paths = (IMAGES, "/api/v1/projects/tide-tables/", "/api/v1/projects/", "/")
    for path in paths:
        client.get(path)
        assert "hit" in client.get(path).headers["Cache-Status"]
    data = encoded(gradient(1600, 900), "JPEG")
    answer = upload(data, caption=" The tide\u200b ", alt="A curve")
    assert answer.status_code == 201, answer.text
    made = answer.json
    assert (made["caption"], made["alt"], made["is_primary"]) == ("The tide", "A curve", True)
    assert made["file"]["media_type"] == "image/jpeg"
    assert (made["file"]["width"], made["file"]["height"]) == (1600, 900)
    assert [size["width"] for size in made["sizes"]] == [1280, 640, 320]
    assert {size["media_type"] for size in made["sizes"]} == {"image/webp"}
    shown = client.get(answer.headers["Location"])
    assert shown.json == made
    assert shown.headers["ETag"] == answer.headers["ETag"]
    assert client.get(paths[0]).json["items"] == [made]
    detail = client.get(paths[1]).json
    assert (detail["images"], detail["image"]) == ([made], made)
    listed = client.get(paths[2]).json["items"][0]
    assert listed["image"] == made
    assert "images" not in listed
    assert made["sizes"][0]["url"] in client.get("/").text


def test_who_may_write(client: FlaskClient, reader: Headers, upload: Upload) -> None:
    made = upload().json
    for headers, status in (({}, 401), (reader, 403)):
        assert send(client, headers).status_code == status
        one = f"{IMAGES}{made['id']}/"
        assert client.patch(one, json={"alt": "x"}, headers=headers).status_code == status
        assert client.delete(one, headers=headers).status_code == status
        body = {"order": [made["id"]]}
        assert client.post(f"{IMAGES}reorder/", json=body, headers=headers).status_code == status
    assert client.get(IMAGES).json["items"] == [made]


def test_nothing_for_a_project_that_is_not_there(
    client: FlaskClient, writer: Headers, upload: Upload
) -> None:
    gone = "/api/v1/projects/gone/images/"
    one = f"{IMAGES}{uuid.uuid4()}/"
    body = {"file": (BytesIO(SMALL), "a")}
    assert client.post(gone, data=body, headers=writer).status_code == 404
    assert client.get(gone).status_code == 404
    order = {"order": [str(uuid.uuid4())]}
    assert client.post(f"{gone}reorder/", json=order, headers=writer).status_code == 404
    for path in (one, f"{IMAGES}x/", f"{gone}{uuid.uuid4()}/"):
        assert client.get(path).status_code == 404
        assert client.patch(path, json={}, headers=writer).status_code == 404
        assert client.delete(path, headers=writer).status_code == 404


def test_the_examples_work(client: FlaskClient, writer: Headers, upload: Upload) -> None:
    upload()
    one = f"{IMAGES}{upload(picture(9)).json['id']}/"
    for patch in content_examples.IMAGE_PATCH.values():
        answer = client.patch(one, json=patch["value"], headers=writer)
        assert answer.status_code == 200, answer.text
        for name, value in patch["value"].items():
            assert client.get(one).json[name] == value


def test_there_is_one_primary(client: FlaskClient, writer: Headers, upload: Upload) -> None:
    first, second, third = (upload(picture(turn)).json["id"] for turn in range(3))
    assert primaries(client) == [first]
    answer = client.patch(f"{IMAGES}{third}/", json={"is_primary": True}, headers=writer)
    assert answer.json["is_primary"]
    assert primaries(client) == [third]
    assert client.get("/api/v1/projects/").json["items"][0]["image"]["id"] == third
    for value in (False, None):
        refused = client.patch(f"{IMAGES}{third}/", json={"is_primary": value}, headers=writer)
        assert errors(refused).keys() == {"#/is_primary"}
    assert client.delete(f"{IMAGES}{second}/", headers=writer).status_code == 204
    assert primaries(client) == [third]
    assert client.delete(f"{IMAGES}{third}/", headers=writer).status_code == 204
    assert primaries(client) == [first]
    assert client.delete(f"{IMAGES}{first}/", headers=writer).status_code == 204
    assert client.get("/api/v1/projects/tide-tables/").json["image"] is None
    upload()
    assert len(primaries(client)) == 1


def test_order(client: FlaskClient, writer: Headers, upload: Upload) -> None:
    ids = [upload(picture(turn)).json["id"] for turn in range(4)]
    assert order(client) == ids
    path = f"{IMAGES}reorder/"
    answer = client.post(path, json={"order": [ids[3], ids[1]]}, headers=writer)
    assert answer.json == {"order": [ids[3], ids[1], ids[0], ids[2]]}
    assert order(client) == answer.json["order"]
    assert client.get(f"{IMAGES}?page=2&page_size=3").json["items"][0]["id"] == ids[2]
    unknown = str(uuid.uuid4())
    refused = client.post(path, json={"order": [ids[0], ids[0], unknown]}, headers=writer)
    assert errors(refused) == {
        "#/order/1": "is given twice",
        "#/order/2": "is not the id of an image of this project",
    }


def test_conditions(client: FlaskClient, writer: Headers, upload: Upload) -> None:
    answer = upload()
    one, old = f"{IMAGES}{answer.json['id']}/", answer.headers["ETag"]
    given = {**writer, "If-Match": old}
    changed = client.patch(one, json={"alt": "new"}, headers=given)
    assert changed.status_code == 200
    assert client.patch(one, json={"alt": "newer"}, headers=given).status_code == 412
    assert client.delete(one, headers=given).status_code == 412
    given["If-Match"] = client.get(one).headers["ETag"]
    assert given["If-Match"] == changed.headers["ETag"]
    assert client.delete(one, headers=given).status_code == 204


def test_the_project_changes_with_its_images(
    client: FlaskClient, writer: Headers, upload: Upload
) -> None:
    project = "/api/v1/projects/tide-tables/"
    given = {**writer, "If-Match": client.get(project).headers["ETag"]}
    upload()
    assert client.patch(project, json={"role": "x"}, headers=given).status_code == 412
    given["If-Match"] = client.get(project).headers["ETag"]
    patched = client.patch(project, json={"role": "x"}, headers=given)
    assert patched.status_code == 200
    assert len(patched.json["images"]) == 1
    assert patched.headers["ETag"] == client.get(project).headers["ETag"]


def test_only_so_many(client: FlaskClient, writer: Headers, upload: Upload) -> None:
    for turn in range(PROJECT_IMAGES):
        assert upload(picture(turn)).status_code == 201
    assert upload().status_code == 409
    assert len(order(client)) == PROJECT_IMAGES


def test_images_go_with_their_project(client: FlaskClient, writer: Headers, upload: Upload) -> None:
    url = upload().json["file"]["url"]
    assert client.get(url).status_code == 200
    assert client.delete("/api/v1/projects/tide-tables/", headers=writer).status_code == 204
    assert client.get(url).status_code == 404
    assert client.get(IMAGES).status_code == 404
