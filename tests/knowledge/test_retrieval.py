"""What is found is the text as it is now, and only what the asker may see."""

import pytest
import redis
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import text

from portfolio.extensions import db
from portfolio.services.knowledge.retrieval import Found, retrieve
from portfolio.services.knowledge.sources import read_sources
from portfolio.services.knowledge.state import knowledge_state
from tests.api.conftest import Headers, Make
from tests.api.conftest import make_profile as make_profile
from tests.api.conftest import make_project as make_project
from tests.api.conftest import writer as writer
from tests.knowledge.conftest import Index


def ask(
    app: APIFlask, question: str, profile: str | None = None, *, private: bool = False
) -> Found:
    with app.app_context():
        return retrieve(question, profile=profile, private=private)


def quotes(found: Found) -> str:
    return " ".join(span.text for hit in found.hits for span in hit.chunk.spans)


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("Have you used MongoDB?", "We evaluated MongoDB for two weeks"),
        ("kubernetes certificate", "Certified Kubernetes Administrator"),
        ("How much data does the metering platform take in?", "41.8 million"),
        ("Where did you study computer science?", "Severnside University"),
    ],
)
def test_the_fitting_text_is_found(
    app: APIFlask, sample: str, index: Index, question: str, quoted: str
) -> None:
    index()
    found = ask(app, question, sample)
    assert quoted in quotes(found)
    assert not found.knowledge.indexing


def test_every_span_is_verbatim_in_its_document(app: APIFlask, sample: str) -> None:
    found = ask(app, "Python", sample)
    for chunk in found.knowledge.index.chunks:
        document = found.knowledge.source_of(chunk).document
        for span in chunk.spans:
            value = document
            for step in span.field.split("/")[1:]:
                value = value[int(step)] if isinstance(value, list) else value[step]
            assert value[span.start : span.end] == span.text


def test_new_text_is_found_by_its_words_at_once_and_old_text_never_again(
    app: APIFlask, client: FlaskClient, writer: Headers, sample: str, index: Index
) -> None:
    index()
    before = ask(app, "zeppelin MongoDB", sample)
    assert "MongoDB" in quotes(before)
    edit = {"description": "We moor a zeppelin at the office."}
    client.patch("/api/v1/projects/plainmeter/", json=edit, headers=writer)
    meanwhile = ask(app, "zeppelin MongoDB", sample)
    assert "zeppelin" in quotes(meanwhile)
    assert "MongoDB" not in quotes(meanwhile)
    assert meanwhile.knowledge.indexing
    assert meanwhile.version != before.version
    index()
    after = ask(app, "an airship", sample)
    assert "zeppelin" in quotes(after)
    assert not after.knowledge.indexing
    assert after.version == meanwhile.version


def test_a_deletion_by_sql_is_seen_with_its_commit(
    app: APIFlask, sample: str, index: Index
) -> None:
    index()
    assert "MongoDB" in quotes(ask(app, "MongoDB", sample))
    with app.app_context():
        db.session.execute(text("DELETE FROM projects WHERE slug = 'plainmeter'"))
        db.session.commit()
    assert "MongoDB" not in quotes(ask(app, "MongoDB", sample))


def test_what_is_hidden_is_found_by_its_owner_alone(
    app: APIFlask, make_profile: Make, make_project: Make, index: Index
) -> None:
    make_profile("Ines Calder", email="ines@example.org", location={"address": "1 Quay Street"})
    make_project("Heliograph", visibility="draft")
    make_project("Semaphore", visibility="unlisted")
    make_project("Telegraph")
    make_profile("Odd Person", visibility="draft", summary="Keeps a marmot.")
    make_profile("Shy Person", visibility="unlisted", summary="Keeps an otter.")
    index()
    for profile in (None, "ines-calder", "odd-person"):
        seen = quotes(ask(app, "heliograph semaphore marmot quay ines@example.org", profile))
        assert not {"Heliograph", "Semaphore", "Keeps a marmot."} & set(seen.split(" "))
        assert "Quay" not in seen
        assert "@" not in seen
    assert "otter" not in quotes(ask(app, "otter"))
    assert "otter" in quotes(ask(app, "otter", "shy-person"))
    owner = quotes(ask(app, "heliograph semaphore marmot", private=True))
    assert "Heliograph" in owner
    assert "marmot" in owner


def test_with_redis_away_everything_is_found_all_the_same(
    app: APIFlask, environment: dict[str, str], sample: str, index: Index
) -> None:
    index()
    with redis.Redis.from_url(environment["REDIS_URL"]) as store:
        store.flushall()
    assert "Severnside" in quotes(ask(app, "Where did you study computer science?", sample))


def test_the_version_follows_the_text_and_nothing_else(
    app: APIFlask, client: FlaskClient, writer: Headers, sample: str, index: Index
) -> None:
    def version() -> str:
        with app.app_context():
            return knowledge_state(profile=sample)["version"]

    first = version()
    index()
    assert version() == first
    path = "/api/v1/projects/plainmeter/"
    client.patch(path, json={"complexity": 3}, headers=writer)
    assert version() == first
    client.patch(path, json={"summary": "Other words."}, headers=writer)
    second = version()
    assert second != first
    client.patch(path, json={"visibility": "draft"}, headers=writer)
    assert version() not in (first, second)


def test_drafts_are_read_for_the_owner_alone(app: APIFlask, sample: str) -> None:
    with app.app_context():
        ids = db.session.scalars(text("SELECT id FROM profiles")).all()
        seen = {source.title for source in read_sources(ids, private=False)}
        assert {source.title for source in read_sources(ids, private=True)} - seen == {"Marmot"}
