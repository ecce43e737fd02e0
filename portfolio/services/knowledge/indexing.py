"""Keeping the portfolio embedded: what changed in a profile is cut and embedded again, no more."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from portfolio.ai.chunks import Chunk, cut_source
from portfolio.ai.embeddings import ENCODED, Embedded, EmbeddingKey
from portfolio.extensions import db
from portfolio.models import KnowledgeJob, KnowledgeSource
from portfolio.services.knowledge.encoding import current_encoding, text_embeddings
from portfolio.services.knowledge.sources import Source, read_sources
from portfolio.services.knowledge.state import find_waiting
from portfolio.services.knowledge.tiers import PostgresTier
from portfolio.services.locks import held_alone
from portfolio.vocabulary import JobState

SLICE = 256
"""Texts after which progress is noted, and what was encoded is safe."""
ATTEMPTS = 3

Progress = Callable[[int, int], None]
"""Told how many chunks are done, and of how many."""


def run_job(
    job_id: uuid.UUID,
    *,
    everything: bool = False,
    encode: bool = False,
    progress: Progress = lambda _done, _of: None,
) -> bool:
    """Do an open job, unless somebody else does; whether it was done here.

    Args:
        everything: cut every document again, not only those that changed.
        encode: encode every chunk again, whatever the tiers have.

    Raises:
        Exception: why it could not be done; the job says so too.
    """
    with _claimed(job_id) as profile_id:
        if profile_id is None:
            return False
        try:
            _embed_profile(job_id, profile_id, everything, encode, progress)
        except Exception as error:  # whatever it was, the job must not stay `running`
            db.session.rollback()
            _note_failure(job_id, error)
            raise
    return True


def _embed_profile(
    job_id: uuid.UUID, profile_id: uuid.UUID, everything: bool, encode: bool, progress: Progress
) -> None:
    sources = read_sources([profile_id], private=True)
    waiting = sources if everything else find_waiting(sources)
    # First, as it says so if there is no model.
    embeddings = text_embeddings()
    cut = [(source, _cut(source)) for source in waiting]
    texts = sorted(
        {chunk.text for _source, chunks in cut for chunk in chunks}, key=lambda text: -len(text)
    )
    chunks = sum(len(chunks) for _source, chunks in cut)
    _note(job_id, sources=len(waiting), chunks=chunks, chunks_done=0)
    progress(0, len(texts))
    for first in range(0, len(texts), SLICE):
        some = texts[first : first + SLICE]
        embedded = embeddings.encode_anew(some) if encode else embeddings.embed(some)
        _keep(embedded)
        _count(job_id, first + len(some), embedded)
        progress(first + len(some), len(texts))
    _note_embedded(cut)
    _forget_others(profile_id, sources)
    _note(job_id, state=JobState.DONE, reason="", chunks_done=chunks, finished_at=_now())


def _cut(source: Source) -> tuple[Chunk, ...]:
    return cut_source(source.type, source.id, source.document, current_encoding().counter)


def _keep(embedded: Embedded) -> None:
    # What came from Redis may be missing in the database; what was encoded is there already.
    if embedded.counts[ENCODED] == len(embedded.vectors):
        return
    model = current_encoding().model
    PostgresTier().write(
        {EmbeddingKey.of(model, text): vector for text, vector in embedded.vectors.items()}
    )


def _note_embedded(cut: Sequence[tuple[Source, tuple[Chunk, ...]]]) -> None:
    if not cut:
        return
    rows = [
        {
            "source_type": source.type,
            "source_id": uuid.UUID(source.id),
            "profile_id": source.profile_id,
            "model": current_encoding().model,
            "digest": source.digest,
            "text_hashes": sorted({chunk.key for chunk in chunks}),
        }
        for source, chunks in cut
    ]
    statement = insert(KnowledgeSource)
    new = statement.excluded
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["source_type", "source_id"],
            set_={
                "profile_id": new.profile_id,
                "model": new.model,
                "digest": new.digest,
                "text_hashes": new.text_hashes,
                "indexed_at": func.now(),
            },
        ),
        rows,
    )


def _forget_others(profile_id: uuid.UUID, sources: Sequence[Source]) -> None:
    present = [(source.type, uuid.UUID(source.id)) for source in sources]
    named = tuple_(KnowledgeSource.source_type, KnowledgeSource.source_id)
    db.session.execute(
        delete(KnowledgeSource).where(
            KnowledgeSource.profile_id == profile_id, named.not_in(present)
        )
    )


@contextmanager
def _claimed(job_id: uuid.UUID) -> Iterator[uuid.UUID | None]:
    """The profile of the job, which nobody else works on inside; None if somebody does already."""
    profile_id = db.session.scalar(
        select(KnowledgeJob.profile_id).where(
            KnowledgeJob.id == job_id,
            KnowledgeJob.state.in_((JobState.PENDING, JobState.RUNNING)),
        )
    )
    db.session.rollback()
    if profile_id is None:
        yield None
        return
    with held_alone(profile_id.int % 2**63) as alone:
        claimed = alone and _note(
            job_id,
            state=JobState.RUNNING,
            started_at=_now(),
            attempts=KnowledgeJob.attempts + 1,
        )
        yield profile_id if claimed else None


def _note(job_id: uuid.UUID, **values: Any) -> bool:
    """Change an open job and commit; whether there is one."""
    changed = db.session.execute(
        update(KnowledgeJob)
        .where(
            KnowledgeJob.id == job_id,
            KnowledgeJob.state.in_((JobState.PENDING, JobState.RUNNING)),
        )
        .values(**values)
        .returning(KnowledgeJob.id)
    ).all()
    db.session.commit()
    return bool(changed)


def _count(job_id: uuid.UUID, done: int, embedded: Embedded) -> None:
    counts = embedded.counts
    _note(
        job_id,
        chunks_done=done,
        from_redis=KnowledgeJob.from_redis + counts["redis"],
        from_database=KnowledgeJob.from_database + counts["database"],
        encoded=KnowledgeJob.encoded + counts["encoded"],
    )


def _note_failure(job_id: uuid.UUID, error: Exception) -> None:
    attempts = db.session.scalar(select(KnowledgeJob.attempts).where(KnowledgeJob.id == job_id))
    again = (attempts or 0) < ATTEMPTS
    reason = f"{type(error).__name__}: {error}"[:1000]
    if again:
        _note(job_id, state=JobState.PENDING, reason=reason)
    else:
        _note(job_id, state=JobState.FAILED, reason=reason, finished_at=_now())


def _now() -> datetime:
    return datetime.now(UTC)
