"""Files that no image names go, and no other, whatever uploads do meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore

import pytest
from apiflask import APIFlask

from portfolio.extensions import db
from portfolio.models import ProjectImage
from portfolio.services.images import image_cleaning, media_store, pictures
from portfolio.services.images.image_writing import UPLOADS
from tests.services.images import NOW, Owner, files
from tests.waiting import until

NAME = "ab" * 32 + ".webp"
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


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


def test_files_that_undoing_an_import_would_bring_back_stay(stored: APIFlask) -> None:
    owner = Owner(stored)
    address = "/api/v1/profiles"
    document = {"basics": {"name": "Ines"}, "projects": [{"name": "Tide"}]}
    owner.client.post(f"{address}/import/", json=document, headers=owner.headers)
    owner.upload()
    named, before = files(stored), owner.client.get(owner.images).json
    document["projects"] = []
    owner.client.post(f"{address}/import/", json=document, headers=owner.headers)
    assert owner.client.get(owner.images).status_code == 404
    with stored.app_context():
        assert image_cleaning.clean_images(NOW) == 0
    undone = owner.client.post(f"{address}/ines/undo-import/", headers=owner.headers)
    assert undone.status_code == 200, undone.text
    assert owner.client.get(owner.images).json == before
    assert files(stored) == named


def test_cleaning_waits_for_uploads_that_are_between_files_and_row(stored: APIFlask) -> None:
    with stored.app_context(), db.engine.begin() as upload:
        upload.exec_driver_sql(f"SELECT pg_advisory_xact_lock_shared({UPLOADS})")
        media_store.put_file(NAME, b"its row comes soon")
        with ThreadPoolExecutor(1) as pool:
            cleaning = pool.submit(_clean, stored)
            until(lambda: upload.exec_driver_sql(WAITING).scalar(), seconds=5)
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


def test_uploads_wait_for_cleaning_before_their_first_file(stored: APIFlask) -> None:
    owner = Owner(stored)
    with ThreadPoolExecutor(1) as pool, stored.app_context():
        with db.engine.begin() as cleaning:
            cleaning.exec_driver_sql(f"SELECT pg_advisory_xact_lock({UPLOADS})")
            upload = pool.submit(owner.upload)
            until(lambda: cleaning.exec_driver_sql(WAITING).scalar(), seconds=5)
            assert files(stored) == set()
        assert upload.result() == 201


def _clean(app: APIFlask) -> int:
    with app.app_context():
        return image_cleaning.clean_images(NOW)


def test_uploads_and_cleaning_all_at_once_lose_nothing(
    stored: APIFlask, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As many turns as several processes have.
    monkeypatch.setattr(pictures, "_turns", BoundedSemaphore(4))
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
