"""Only what changed is cut and embedded again, whoever changed it, and the job says how much."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import redis
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text, update

from portfolio.ai.encoder import EncoderUnavailable
from portfolio.caching.flask_adapter import cache_extension
from portfolio.extensions import db
from portfolio.models import Embedding, KnowledgeJob, KnowledgeSource, Project
from portfolio.services.knowledge.indexing import ATTEMPTS, run_job
from portfolio.services.knowledge.jobs import clean_knowledge, open_jobs, plan_jobs
from portfolio.vocabulary import JobState
from tests.api.conftest import Headers, Make
from tests.api.conftest import make_profile as make_profile
from tests.api.conftest import make_project as make_project
from tests.api.conftest import writer as writer
from tests.knowledge.conftest import Index, job_row


def counts(row: dict[str, object]) -> dict[str, object]:
    names = ("state", "sources", "chunks", "from_redis", "from_database", "encoded")
    return {name: row[name] for name in names}


def test_the_first_job_embeds_everything_and_the_next_finds_nothing(
    app: APIFlask, sample: str, index: Index
) -> None:
    (job,) = index()
    assert job["state"] == JobState.DONE
    assert job["chunks"] == job["chunks_done"] > 30
    assert job["encoded"] >= job["chunks"] - 5
    assert index() == []
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Embedding)) == job["encoded"]


def test_an_edit_of_one_project_costs_its_changed_chunks(
    app: APIFlask, client: FlaskClient, writer: Headers, sample: str, index: Index
) -> None:
    index()
    edit = {"learnings": ["Measure first.", "Then measure again."]}
    assert (
        client.patch("/api/v1/projects/plainmeter/", json=edit, headers=writer).status_code == 200
    )
    (job,) = index()
    assert (job["sources"], job["encoded"]) == (1, 2)
    assert job["from_redis"] == job["chunks"] - 2 > 5


def test_a_change_by_sql_is_noticed_and_so_is_a_deletion(
    app: APIFlask, sample: str, index: Index
) -> None:
    index()
    with app.app_context():
        db.session.execute(text("UPDATE resume_skills SET level = 'Adept' WHERE name = 'Python'"))
        db.session.execute(text("DELETE FROM projects WHERE slug = 'plainmeter'"))
        db.session.commit()
        sources = db.session.scalar(select(func.count()).select_from(KnowledgeSource))
    (job,) = index()
    assert (job["sources"], job["chunks"], job["encoded"]) == (1, 1, 1)
    with app.app_context():
        now = db.session.scalar(select(func.count()).select_from(KnowledgeSource))
    assert now == sources - 1


def test_a_project_of_many_costs_its_own_chunks(
    client: FlaskClient, writer: Headers, make_profile: Make, make_project: Make, index: Index
) -> None:
    make_profile()
    for number in range(30):
        make_project(f"Project {number}", summary=f"It counts to {number}.")
    index()
    edit = {"summary": "It counts backwards."}
    client.patch("/api/v1/projects/project-7/", json=edit, headers=writer)
    (job,) = index()
    assert counts(job) == {
        "state": JobState.DONE,
        "sources": 1,
        "chunks": 2,
        "from_redis": 1,
        "from_database": 0,
        "encoded": 1,
    }


def test_with_redis_emptied_the_database_serves_and_nothing_is_encoded(
    app: APIFlask, environment: dict[str, str], sample: str, index: Index
) -> None:
    (first,) = index()
    with redis.Redis.from_url(environment["REDIS_URL"]) as store:
        store.flushall()
    with app.app_context():
        ((job, _slug),) = open_jobs(sample)
        assert run_job(job, everything=True)
        again = job_row(job)
    assert (again["from_database"], again["encoded"]) == (first["encoded"], 0)


def test_with_the_table_emptied_redis_serves_and_the_table_is_filled(
    app: APIFlask, sample: str, index: Index
) -> None:
    (first,) = index()
    with app.app_context():
        db.session.execute(text("TRUNCATE knowledge_embeddings"))
        db.session.commit()
    (again,) = index()
    assert (again["from_redis"], again["encoded"]) == (first["encoded"], 0)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Embedding)) == first["encoded"]


def test_where_embeddings_came_from_is_counted(app: APIFlask, sample: str, index: Index) -> None:
    (job,) = index()
    with app.app_context():
        ((again, _slug),) = open_jobs(sample)
        run_job(again, everything=True)
        figures = cache_extension().counters.totals()["embedding"]
    assert figures["fills"] == figures["misses"] == job["encoded"]
    assert figures["store_hits"] == job["encoded"]
    assert "database_hits" not in figures


def test_a_job_that_fails_says_why_is_tried_again_and_then_given_up(
    make_app: Callable[..., APIFlask], sample: str
) -> None:
    # Another process beside the first; the tables stay as they are.
    app = make_app(MODELS_FOLDER="/nonexistent")
    with app.app_context():
        for attempt in range(1, ATTEMPTS + 1):
            (job,) = plan_jobs()
            with pytest.raises(EncoderUnavailable):
                run_job(job)
            row = job_row(job)
            assert row["attempts"] == attempt
            assert "flask knowledge export" in row["reason"]
        assert row["state"] == JobState.FAILED
        assert plan_jobs() == []
        db.session.execute(
            update(KnowledgeJob).values(finished_at=datetime.now(UTC) - timedelta(hours=1))
        )
        db.session.commit()
        assert len(plan_jobs()) == 1


def test_a_job_is_done_once(app: APIFlask, sample: str, index: Index) -> None:
    with app.app_context():
        (job,) = plan_jobs()
        assert plan_jobs() == [job]
        with db.engine.connect() as other:
            key = job_row(job)["profile_id"].int % 2**63
            other.execute(text("SELECT pg_advisory_lock(:key)"), {"key": key})
            assert not run_job(job)
        assert job_row(job)["state"] == JobState.PENDING
        assert run_job(job)
        assert not run_job(job)


def test_a_job_whose_worker_was_lost_is_offered_again(app: APIFlask, sample: str) -> None:
    with app.app_context():
        (job,) = plan_jobs()
        db.session.execute(
            update(KnowledgeJob).values(state=JobState.RUNNING, started_at=datetime.now(UTC))
        )
        db.session.commit()
        assert plan_jobs() == []
        db.session.execute(
            update(KnowledgeJob).values(started_at=datetime.now(UTC) - timedelta(minutes=3))
        )
        db.session.commit()
        assert plan_jobs() == [job]
        assert run_job(job)


def test_what_is_long_unused_is_removed_and_what_is_in_use_stays(
    app: APIFlask, sample: str, index: Index
) -> None:
    (first,) = index()
    old = datetime.now(UTC) - timedelta(days=31)
    with app.app_context():
        db.session.execute(text("DELETE FROM projects WHERE slug = 'plainmeter'"))
        db.session.commit()
        index()
        assert clean_knowledge() == {"embeddings": 0, "jobs": 0}
        db.session.execute(update(Embedding).values(used_at=old))
        db.session.execute(update(KnowledgeJob).values(finished_at=old))
        db.session.commit()
        cleaned = clean_knowledge()
        assert 5 < cleaned["embeddings"] < 50
        assert cleaned["jobs"] == 2
        left = db.session.scalar(select(func.count()).select_from(Embedding))
        assert left == first["encoded"] - cleaned["embeddings"]
    assert index() == []


def test_the_text_of_drafts_is_embedded_too(app: APIFlask, sample: str, index: Index) -> None:
    index()
    with app.app_context():
        db.session.execute(update(Project).values(visibility="public"))
        db.session.commit()
    assert index() == []
