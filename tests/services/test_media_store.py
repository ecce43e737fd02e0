"""Where files of images lie: a folder and an S3 store behave alike, and say when they are away."""

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from moto.server import ThreadedMotoServer

from portfolio.config import Settings, SettingsError
from portfolio.errors import ServiceUnavailable
from portfolio.extensions import db
from portfolio.models import ProjectImage
from portfolio.services import image_cleaning, media_store
from portfolio.services.image_writing import UPLOADS
from portfolio.services.tokens import create_token
from portfolio.vocabulary import Scope
from tests.services.pictures import encoded, gradient

NAME = "ab" * 32 + ".webp"
OTHER = "cd" * 32 + ".png"
NOW = timedelta(seconds=-5)
"""A grace that every file has outlived."""


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of an S3 server with a bucket in it."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    httpx.put(f"{address}/bucket").raise_for_status()
    yield address
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "folder":
        return str(tmp_path / "new" / "media")
    monkeypatch.setenv("AWS_ENDPOINT_URL", request.getfixturevalue("s3"))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    return f"s3://bucket/{tmp_path.name}"


@pytest.fixture
def stored(make_app: Callable[..., APIFlask], place: str) -> APIFlask:
    """An application that keeps its images there."""
    return make_app(PORTFOLIO_MEDIA=place)


def files(app: APIFlask) -> set[str]:
    with app.app_context():
        return set(media_store.list_old_files(datetime.now(UTC) + timedelta(hours=1)))


class Owner:
    """A client that writes, with a project to write to."""

    def __init__(self, app: APIFlask) -> None:
        with app.app_context():
            token = create_token("owner", Scope.WRITE)
        self.headers = {"Authorization": f"Bearer {token}"}
        self.client: FlaskClient = app.test_client()
        for path, body in (("profiles", {"name": "Ines"}), ("projects", {"title": "Tide"})):
            self.client.post(f"/api/v1/{path}/", json=body, headers=self.headers)

    images = "/api/v1/projects/tide/images/"

    def upload(self, turn: int = 0) -> int:
        body = {"file": (BytesIO(encoded(gradient(40, 30, turn))), "a.png")}
        return self.client.post(self.images, data=body, headers=self.headers).status_code

    def delete_all(self) -> None:
        for item in self.client.get(self.images).json["items"]:
            self.client.delete(f"{self.images}{item['id']}/", headers=self.headers)


def test_what_is_put_is_there_and_can_be_taken_away(stored: APIFlask) -> None:
    content = os.urandom(media_store.CHUNK * 3 + 7)
    with stored.app_context():
        with pytest.raises(FileNotFoundError):
            media_store.read_file(NAME)
        for _ in range(2):
            media_store.put_file(NAME, content)
        assert b"".join(media_store.read_file(NAME)) == content
        media_store.put_file(OTHER, b"x")
        media_store.put_file("notes.txt", b"somebody else's")
        assert files(stored) == {NAME, OTHER}
        assert not list(media_store.list_old_files(datetime.now(UTC) - timedelta(hours=1)))
        for _ in range(2):
            media_store.delete_file(NAME)
        assert files(stored) == {OTHER}


def test_an_image_from_upload_to_the_end_of_its_files(stored: APIFlask) -> None:
    owner = Owner(stored)
    assert owner.upload() == 201
    (item,) = owner.client.get(owner.images).json["items"]
    urls = [item["file"]["url"], *(size["url"] for size in item["sizes"])]
    assert {url.removeprefix("/media/") for url in urls} == files(stored)
    for url in urls:
        assert owner.client.get(url).status_code == 200
    assert owner.upload() == 201
    assert len(files(stored)) == len(urls)
    owner.delete_all()
    assert len(files(stored)) == len(urls)
    with stored.app_context():
        assert image_cleaning.clean_images() == 0
        assert image_cleaning.clean_images(NOW) == len(urls)
    assert files(stored) == set()


def test_the_command(stored: APIFlask) -> None:
    result = stored.test_cli_runner().invoke(args=["portfolio", "clean-images"])
    assert (result.exit_code, result.output) == (0, "0 files removed.\n")


def test_what_is_named_stays_and_so_does_what_is_not_ours(stored: APIFlask) -> None:
    owner = Owner(stored)
    owner.upload()
    named = files(stored)
    with stored.app_context():
        media_store.put_file(NAME, b"an orphan")
        media_store.put_file("notes.txt", b"somebody else's")
        assert image_cleaning.clean_images(NOW) == 1
        assert b"".join(media_store.read_file("notes.txt")) == b"somebody else's"
    assert files(stored) == named


def test_cleaning_waits_for_uploads_that_are_between_files_and_row(stored: APIFlask) -> None:
    with stored.app_context(), db.engine.begin() as upload:
        upload.exec_driver_sql(f"SELECT pg_advisory_xact_lock_shared({UPLOADS})")
        media_store.put_file(NAME, b"its row comes soon")
        with ThreadPoolExecutor(1) as pool:
            cleaning = pool.submit(_clean, stored)
            until = time.monotonic() + 5
            waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            while not upload.exec_driver_sql(waiting).scalar() and time.monotonic() < until:
                pass
            owner_of_row = Owner(stored)
            with stored.app_context():
                project = db.session.execute(db.text("SELECT id FROM projects")).scalar_one()
                files_of_row = [{"name": NAME, "width": 1, "height": 1, "bytes": 18}]
                db.session.add(ProjectImage(project_id=project, sort_order=1, files=files_of_row))
                db.session.commit()
            upload.commit()
            assert cleaning.result() == 0
    assert files(stored) == {NAME}
    assert owner_of_row.client.get(f"/media/{NAME}").status_code == 200


def _clean(app: APIFlask) -> int:
    with app.app_context():
        return image_cleaning.clean_images(NOW)


def test_uploads_and_cleaning_all_at_once_lose_nothing(stored: APIFlask) -> None:
    owner = Owner(stored)
    with ThreadPoolExecutor(4) as pool:
        uploads = [pool.submit(owner.upload, turn % 3) for turn in range(12)]
        cleanings = [pool.submit(_clean, stored) for _ in range(4)]
        assert {upload.result() for upload in uploads} == {201}
        for cleaning in cleanings:
            cleaning.result()
    items = owner.client.get(owner.images).json["items"]
    assert len(items) == 12
    assert len({item["sort_order"] for item in items}) == 12
    assert sum(item["is_primary"] for item in items) == 1
    for item in items:
        assert owner.client.get(item["file"]["url"]).status_code == 200


@pytest.fixture
def away(
    make_app: Callable[..., APIFlask], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> APIFlask:
    """An application whose S3 server does not answer."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    return make_app(PORTFOLIO_MEDIA=f"s3://away/{tmp_path.name}")


def test_a_store_that_is_away_leaves_nothing_half_made(app: APIFlask, away: APIFlask) -> None:
    owner = Owner(away)
    body = {"file": (BytesIO(encoded(gradient(40, 30))), "a.png")}
    refused = owner.client.post(owner.images, data=body, headers=owner.headers)
    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    assert refused.json["type"] == "/problems/service-unavailable/"
    assert owner.client.get(owner.images).json["items"] == []
    elsewhere = app.test_client()
    body = {"file": (BytesIO(encoded(gradient(40, 30))), "a.png")}
    made = elsewhere.post(owner.images, data=body, headers=owner.headers)
    assert made.status_code == 201
    url = made.json["file"]["url"]
    assert owner.client.get(url).status_code == 503
    assert owner.client.head(url).status_code == 200
    with away.app_context(), pytest.raises(ServiceUnavailable):
        image_cleaning.clean_images()


def test_a_folder_that_cannot_be_made(make_app: Callable[..., APIFlask], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    owner = Owner(make_app(PORTFOLIO_MEDIA=str(tmp_path / "file" / "media")))
    assert owner.upload() == 503
    assert owner.client.get(owner.images).json["items"] == []


def test_a_file_that_was_lost(make_app: Callable[..., APIFlask], tmp_path: Path) -> None:
    owner = Owner(make_app(PORTFOLIO_MEDIA=str(tmp_path)))
    owner.upload()
    for path in tmp_path.iterdir():
        path.unlink()
    (item,) = owner.client.get(owner.images).json["items"]
    assert owner.client.get(item["file"]["url"]).status_code == 404


def test_the_setting(environment: dict[str, str]) -> None:
    def location(**given: str) -> Path | str:
        return Settings.load({**environment, "PORTFOLIO_MEDIA": "", **given}).media_location

    assert location() == Path("/nonexistent/media")
    assert location(PORTFOLIO_MEDIA="x") == Path("x").absolute()
    assert location(PORTFOLIO_MEDIA="s3://a/b") == "s3://a/b"
    for wrong in ("ftp://a", "s3://", "https://a/b"):
        with pytest.raises(SettingsError, match="PORTFOLIO_MEDIA: expected"):
            location(PORTFOLIO_MEDIA=wrong)
