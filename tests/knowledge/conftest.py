"""A portfolio with its text embedded by the real model."""

import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from sqlalchemy import select

from portfolio.extensions import db
from portfolio.models import KnowledgeJob
from portfolio.services.imports.importing import import_resume
from portfolio.services.imports.resume_reading import read_resume
from portfolio.services.knowledge import encoding
from portfolio.services.knowledge.indexing import run_job
from portfolio.services.knowledge.jobs import plan_jobs
from tests.models_folder import MODELS, exported_model
from tests.remembering import load_remembering_encoder

SAMPLE = Path("portfolio/local/sample.json")

Index = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def environment(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    exported_model()
    monkeypatch.setattr(encoding, "load_onnx_encoder", load_remembering_encoder)
    return {**environment, "MODELS_FOLDER": str(MODELS)}


@pytest.fixture
def index(app: APIFlask) -> Index:
    """Does what the workers would do now; says what each job did."""

    def work() -> list[dict[str, Any]]:
        with app.app_context():
            jobs = plan_jobs()
            assert all(map(run_job, jobs))
            return list(map(job_row, jobs))

    return work


@pytest.fixture
def sample(app: APIFlask) -> str:
    """The slug of a profile with parts of the sample; its text is not embedded yet."""
    whole = json.loads(SAMPLE.read_bytes())
    kept = {"meta", "basics", "education", "skills", "certificates"}
    part = {name: value for name, value in whole.items() if name in kept}
    part["work"] = whole["work"][:1]
    draft = {"name": "Marmot", "description": "It digs.", "x-portfolio": {"visibility": "draft"}}
    part["projects"] = [whole["projects"][0], draft]
    with app.app_context():
        return import_resume(read_resume(json.dumps(part).encode())).profile


def job_row(job: uuid.UUID) -> dict[str, Any]:
    """A job as it stands in the database."""
    row = db.session.scalars(
        select(KnowledgeJob).where(KnowledgeJob.id == job).execution_options(populate_existing=True)
    ).one()
    return {column.name: getattr(row, column.name) for column in KnowledgeJob.__table__.columns}
