"""What takes longer is made by a task, can be watched, and is never lost nor half there."""

import json
import uuid
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from portfolio.extensions import db
from portfolio.services.locks import held_alone
from portfolio.services.matching.making import ATTEMPTS, FAILED, find_open_analyses, run_analysis
from tests.api.conftest import Headers
from tests.jobs.conftest import ANALYSES, JOB, Analyse, address, finished, held, running_worker

LONG = JOB + "We like the sea, and boats that are on it.\n" * 500


@pytest.fixture
def begun(client: FlaskClient, sample: str) -> dict[str, Any]:
    """An analysis that waits for a worker."""
    answer = client.post(ANALYSES, json={"text": LONG})
    assert (answer.status_code, len(LONG) > 20_000) == (202, True), answer.text
    return dict(answer.get_json())


def events(answer: TestResponse) -> Iterator[tuple[str, dict[str, Any]]]:
    for block in answer.iter_encoded():
        name, data = block.decode().strip().split("\n")
        yield name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def run(app: APIFlask, begun: dict[str, Any]) -> bool:
    with app.app_context():
        return run_analysis(uuid.UUID(begun["id"]))


def change(app: APIFlask, statement: str) -> None:
    with app.app_context():
        db.session.execute(text(statement))
        db.session.commit()


def shown(client: FlaskClient, begun: dict[str, Any]) -> dict[str, Any]:
    return dict(client.get(address(begun), headers=held(begun)).get_json())


def test_long_text_is_matched_by_a_worker(
    app: APIFlask, client: FlaskClient, begun: dict[str, Any], analyse: Analyse
) -> None:
    assert (begun["status"], begun["requirements"], begun["scores"]) == ("pending", [], None)
    with running_worker(app):
        done = finished(client, begun)
    assert (done["status"], done["reason"]) == ("done", "")
    assert done["finished_at"] >= done["created_at"]
    assert done["scores"] == analyse()["scores"]
    # A second delivery finds that it is done.
    assert not run(app, begun)
    again = client.post(address(begun, "rerun/"), headers=held(begun))
    assert (again.status_code, again.get_json()["rerun_of"]) == (202, begun["id"])


def test_nobody_has_to_wait(client: FlaskClient, sample: str) -> None:
    prefer = {"Prefer": "respond-async, wait=5"}
    answer = client.post(ANALYSES, json={"text": JOB}, headers=prefer)
    assert (answer.status_code, answer.get_json()["status"]) == (202, "pending")


def test_it_can_be_watched(app: APIFlask, client: FlaskClient, begun: dict[str, Any]) -> None:
    answer = client.get(address(begun, "events/"), headers=held(begun), buffered=False)
    assert answer.mimetype == "text/event-stream"
    told = events(answer)
    assert next(told) == ("status", {"status": "pending"})
    with running_worker(app):
        seen = list(told)
    assert [name for name, _ in seen][-1] == "done"
    assert {name for name, _ in seen[:-1]} == {"status"}
    assert seen[-1][1] == shown(client, begun)


def test_who_watches_what_is_deleted_is_told(
    client: FlaskClient, begun: dict[str, Any], writer: Headers
) -> None:
    told = events(client.get(address(begun, "events/"), headers=held(begun), buffered=False))
    next(told)
    client.delete(address(begun), headers=writer)
    name, problem = next(told)
    assert (name, problem["status"]) == ("error", 404)
    assert list(told) == []


@pytest.mark.parametrize(
    "options",
    [{"json": {"text": LONG}}, {"data": {"file": (BytesIO(JOB.encode()), "job.txt")}}],
    ids=["text", "file"],
)
def test_without_a_queue_nothing_is_kept(
    make_app: Callable[..., APIFlask], sample: str, options: dict[str, Any]
) -> None:
    app = make_app(CELERY_BROKER_URL="redis://127.0.0.1:1/0")
    client = app.test_client()
    answer = client.post(ANALYSES, **options)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert answer.get_json()["detail"] == "The task queue is away; nothing was kept."
    with app.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM job_analyses")) == 0
    # What needs no queue is answered.
    assert client.post(ANALYSES, json={"text": JOB}).status_code == 201


def test_what_the_queue_has_lost_is_found(app: APIFlask, begun: dict[str, Any]) -> None:
    with app.app_context():
        assert find_open_analyses() == []
    change(app, "UPDATE job_analyses SET created_at = now() - interval '2 minutes'")
    with app.app_context():
        assert find_open_analyses() == [uuid.UUID(begun["id"])]
    assert run(app, begun)
    with app.app_context():
        assert find_open_analyses() == []


def test_one_worker_at_a_time_makes_it(app: APIFlask, begun: dict[str, Any]) -> None:
    with app.app_context(), held_alone(uuid.UUID(begun["id"]).int % 2**63) as alone:
        assert alone
        assert not run(app, begun)
    assert run(app, begun)


def test_what_ends_its_worker_again_and_again_fails(
    app: APIFlask, client: FlaskClient, begun: dict[str, Any]
) -> None:
    change(app, f"UPDATE job_analyses SET status = 'running', attempts = {ATTEMPTS}")
    assert run(app, begun)
    failed = shown(client, begun)
    assert (failed["status"], failed["reason"], failed["job"]) == ("failed", FAILED, None)
    told = list(events(client.get(address(begun, "events/"), headers=held(begun))))
    assert [name for name, _ in told] == ["status", "failed"]
    shared = client.post(address(begun, "share/"), json={}, headers=held(begun))
    assert shared.status_code == 409
    page = client.get(address(begun, "report.html"), headers=held(begun))
    assert "status: failed" in page.text


def test_a_profile_that_became_a_draft_meanwhile_is_not_matched(
    app: APIFlask, client: FlaskClient, sample: str, begun: dict[str, Any]
) -> None:
    change(app, "UPDATE profiles SET visibility = 'draft'")
    assert run(app, begun)
    failed = shown(client, begun)
    assert (failed["status"], failed["reason"]) == ("failed", "There is no such profile.")


def test_what_was_deleted_meanwhile_is_no_error(
    app: APIFlask, client: FlaskClient, begun: dict[str, Any]
) -> None:
    assert client.delete(address(begun), headers=held(begun)).status_code == 204
    assert not run(app, begun)
