"""What a visitor deletes is gone at once: from every address, every process and every cache."""

import uuid
from collections.abc import Callable

import pytest
import redis
from apiflask import APIFlask
from flask.testing import FlaskClient

from portfolio.caching.flask_adapter import EXTENSION
from portfolio.services.matching.making import run_analysis
from tests.chat.conftest import make_wording as make_wording
from tests.chat.conftest import model as model
from tests.chat.model_server import Exchange, ModelServer
from tests.jobs.conftest import ANALYSES, JOB, address, held
from tests.knowledge.conftest import Index

MARK = "Quillonbridge"
TEXT = f"{JOB}- Keeping the books of {MARK} \n- Docker, {MARK} and Terraform\n"


@pytest.fixture
def apps(make_app: Callable[..., APIFlask], sample: str, index: Index) -> list[APIFlask]:
    """Two processes, over a portfolio with its text embedded."""
    index()
    return [make_app(), make_app()]


def is_cached(*apps: APIFlask) -> bool:
    """Whether the word is in Redis or in the memory of a process."""
    word, store = MARK.encode(), redis.Redis.from_url(apps[0].config["REDIS_URL"])
    with store:
        values = [store.get(key) for key in store.scan_iter() if store.type(key) == b"string"]
    for app in apps:
        nearby = app.extensions[EXTENSION].nearby
        for memory in (nearby._memory, nearby._brief):
            values += [
                copy.payload or repr(copy.value).encode() for copy in memory._copies.values()
            ]
    return any(word in value for value in values if isinstance(value, bytes))


def test_what_is_deleted_is_in_no_answer_and_no_cache(apps: list[APIFlask]) -> None:
    one, other = (app.test_client() for app in apps)
    made = one.post(ANALYSES, json={"text": TEXT}).get_json()
    again = other.post(ANALYSES, json={"text": TEXT}).get_json()
    assert (made["cache"]["status"], again["cache"]["status"]) == ("miss", "hit")
    link = one.post(address(made, "share/"), json={}, headers=held(made)).get_json()["url"]
    asked = [skill["name"] for skill in one.get(f"{ANALYSES}stats/").get_json()["most_asked"]]
    # Whose words are in no vocabulary, does not put them into public statistics.
    assert "Terraform" in asked
    assert MARK not in asked
    assert MARK in [
        skill["name"] for one in made["missing"] for skill in one["requirement"]["skills"]
    ]
    assert is_cached(*apps)
    # From the other process; the other analysis of the same text is somebody else's.
    assert other.delete(address(made), headers=held(made)).status_code == 204
    assert not is_cached(*apps)
    for client in (one, other):
        assert client.get(link).status_code == 404
        for rest in ("", "events/", "report.md", "report.html"):
            assert client.get(address(made, rest), headers=held(made)).status_code == 404
        assert client.get(address(again), headers=held(again)).status_code == 200
    assert one.delete(address(again), headers=held(again)).status_code == 204
    assert not is_cached(*apps)
    assert other.post(ANALYSES, json={"text": TEXT}).get_json()["cache"]["status"] == "miss"


def test_what_is_deleted_while_it_is_made_is_in_no_cache(
    client: FlaskClient,
    make_wording: Callable[..., APIFlask],
    model: ModelServer,
    sample: str,
    index: Index,
) -> None:
    index()
    prefer = {"Prefer": "respond-async"}
    begun = client.post(ANALYSES, json={"text": TEXT}, headers=prefer).get_json()
    app = make_wording(LLM_JOB_SUMMARIES="true")
    found = []

    def behave(exchange: Exchange) -> None:
        # The report is there, and not kept yet.
        found.append(is_cached(app))
        found.append(client.delete(address(begun), headers=held(begun)).status_code)
        exchange.head()
        exchange.end()

    model.behave = behave
    with app.app_context():
        assert run_analysis(uuid.UUID(begun["id"]))
    assert found == [True, 204]
    assert not is_cached(app)


def test_without_redis_it_is_deleted_all_the_same(
    make_app: Callable[..., APIFlask], client: FlaskClient, sample: str
) -> None:
    made = client.post(ANALYSES, json={"text": TEXT}).get_json()
    away = make_app(REDIS_URL="redis://127.0.0.1:1/0").test_client()
    assert away.delete(address(made), headers=held(made)).status_code == 204
    assert client.get(address(made), headers=held(made)).status_code == 404
