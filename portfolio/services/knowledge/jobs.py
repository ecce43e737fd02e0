"""Planning what has to be embedded, cleaning up behind it, and telling how far it is."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from portfolio.ai.encoder import EncoderUnavailable
from portfolio.extensions import db
from portfolio.models import Embedding, KnowledgeJob, KnowledgeSource, Profile
from portfolio.services.knowledge.encoding import current_encoding
from portfolio.services.knowledge.sources import Source, read_sources
from portfolio.services.knowledge.state import find_waiting
from portfolio.vocabulary import JobState

LOST = timedelta(minutes=2)
"""A job that runs for longer is offered to another worker; who still does it keeps it."""
PAUSE = timedelta(minutes=10)
"""Time before a profile whose job failed for good is tried again."""
UNUSED = timedelta(days=30)
"""Embeddings that no text has any more are kept so long, in case that it comes back."""
KEPT = timedelta(days=30)
"""How long jobs that have ended are told of."""


def plan_jobs() -> list[uuid.UUID]:
    """Make a job for every profile whose text is not embedded as it is now.

    Returns:
        All jobs that somebody has to begin.
    """
    for profile_id in db.session.scalars(select(Profile.id).order_by(Profile.id)).all():
        if _is_behind(profile_id) and not _failed_lately(profile_id):
            _open_job(profile_id)
    db.session.commit()
    now = datetime.now(UTC)
    lost = (KnowledgeJob.state == JobState.RUNNING) & (KnowledgeJob.started_at < now - LOST)
    return list(
        db.session.scalars(
            select(KnowledgeJob.id)
            .where(or_(KnowledgeJob.state == JobState.PENDING, lost))
            .order_by(KnowledgeJob.created_at)
        )
    )


def open_jobs(slug: str | None) -> list[tuple[uuid.UUID, str]]:
    """An open job for the profile of that slug, or for each; with the profile's slug."""
    statement = select(Profile.id, Profile.slug).order_by(Profile.slug)
    if slug is not None:
        statement = statement.where(Profile.slug == slug)
    found = db.session.execute(statement).all()
    jobs = [(_open_job(profile.id), profile.slug) for profile in found]
    db.session.commit()
    return jobs


def clean_knowledge() -> dict[str, int]:
    """Remove embeddings that have long been unused, and old jobs; how many of each."""
    now = datetime.now(UTC)
    hashes = select(func.unnest(KnowledgeSource.text_hashes))
    embeddings = db.session.execute(
        delete(Embedding)
        .where(Embedding.used_at < now - UNUSED, Embedding.text_hash.not_in(hashes))
        .returning(Embedding.model)
    ).all()
    jobs = db.session.execute(
        delete(KnowledgeJob).where(KnowledgeJob.finished_at < now - KEPT).returning(KnowledgeJob.id)
    ).all()
    db.session.commit()
    return {"embeddings": len(embeddings), "jobs": len(jobs)}


def describe_knowledge() -> dict[str, Any]:
    """The model, every profile with what waits, and the latest jobs."""
    try:
        exported = current_encoding().exported
        model: dict[str, Any] | None = {
            "weights": exported.weights,
            "dimension": exported.dimension,
            "difference": exported.difference,
        }
    except EncoderUnavailable:
        model = None
    profiles = db.session.execute(select(Profile.id, Profile.slug).order_by(Profile.slug)).all()
    return {
        "model": model,
        "embeddings": db.session.scalar(select(func.count()).select_from(Embedding)),
        "profiles": {profile.slug: _describe(profile.id) for profile in profiles},
        "jobs": _latest_jobs(10),
    }


def _describe(profile_id: uuid.UUID) -> dict[str, int]:
    sources = read_sources([profile_id], private=True)
    chunks = db.session.scalar(
        select(func.coalesce(func.sum(func.cardinality(KnowledgeSource.text_hashes)), 0)).where(
            KnowledgeSource.profile_id == profile_id
        )
    )
    return {
        "documents": len(sources),
        "waiting": len(find_waiting(sources)),
        "chunks": int(chunks or 0),
    }


def _latest_jobs(limit: int) -> list[dict[str, Any]]:
    rows = db.session.execute(
        select(KnowledgeJob, Profile.slug)
        .join(Profile, Profile.id == KnowledgeJob.profile_id)
        .order_by(KnowledgeJob.created_at.desc(), KnowledgeJob.id)
        .limit(limit)
    )
    return [
        {
            "id": str(job.id),
            "profile": slug,
            "state": job.state,
            "reason": job.reason,
            "attempts": job.attempts,
            "documents": job.sources,
            "chunks": job.chunks,
            "done": job.chunks_done,
            "redis": job.from_redis,
            "database": job.from_database,
            "encoded": job.encoded,
            "created_at": job.created_at.isoformat(timespec="seconds"),
        }
        for job, slug in rows
    ]


def _is_behind(profile_id: uuid.UUID) -> bool:
    sources = read_sources([profile_id], private=True)
    return bool(find_waiting(sources)) or _has_left_over(profile_id, sources)


def _has_left_over(profile_id: uuid.UUID, sources: list[Source]) -> bool:
    present = {(source.type, source.id) for source in sources}
    rows = db.session.execute(
        select(KnowledgeSource.source_type, KnowledgeSource.source_id).where(
            KnowledgeSource.profile_id == profile_id
        )
    )
    return any((kind, str(number)) not in present for kind, number in rows)


def _failed_lately(profile_id: uuid.UUID) -> bool:
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    KnowledgeJob.profile_id == profile_id,
                    KnowledgeJob.state == JobState.FAILED,
                    KnowledgeJob.finished_at > datetime.now(UTC) - PAUSE,
                )
            )
        )
    )


def _open_job(profile_id: uuid.UUID) -> uuid.UUID:
    """The profile's open job, made if there is none."""
    made = insert(KnowledgeJob).values(profile_id=profile_id).on_conflict_do_nothing()
    db.session.execute(made)
    job: uuid.UUID = db.session.scalars(
        select(KnowledgeJob.id).where(
            KnowledgeJob.profile_id == profile_id,
            KnowledgeJob.state.in_((JobState.PENDING, JobState.RUNNING)),
        )
    ).one()
    return job
