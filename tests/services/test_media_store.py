"""Where files of images lie: a folder and an S3 store behave alike, and say when they are away."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from apiflask import APIFlask

from portfolio.config import Settings, SettingsError
from portfolio.errors import ServiceUnavailable
from portfolio.services.images import image_cleaning, media_store
from tests.services.images import NOW, Owner, files
from tests.services.pictures import encoded, gradient

NAME = "ab" * 32 + ".webp"
OTHER = "cd" * 32 + ".png"


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
    assert owner.client.head(url).status_code == 503
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


def test_a_store_that_hangs_does_not_take_every_thread(stored: APIFlask) -> None:
    with stored.app_context(), ExitStack() as held:
        media_store.put_file(NAME, b"x")
        for _ in range(media_store.AT_ONCE):
            held.enter_context(media_store.asking())
        with pytest.raises(ServiceUnavailable):
            media_store.read_file(NAME)
        held.close()
        assert b"".join(media_store.read_file(NAME)) == b"x"


def test_the_setting(environment: dict[str, str]) -> None:
    def location(**given: str) -> Path | str:
        return Settings.load({**environment, "PORTFOLIO_MEDIA": "", **given}).media_location

    assert location() == Path("/nonexistent/media")
    assert location(PORTFOLIO_MEDIA="x") == Path("x").absolute()
    assert location(PORTFOLIO_MEDIA="s3://a/b") == "s3://a/b"
    for wrong in ("ftp://a", "s3://", "https://a/b"):
        with pytest.raises(SettingsError, match="PORTFOLIO_MEDIA: expected"):
            location(PORTFOLIO_MEDIA=wrong)
