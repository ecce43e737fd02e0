"""Which state the portfolio's text is in, and how much of it still waits to be embedded."""

import hashlib
import uuid
from collections.abc import Sequence
from typing import TypedDict

from sqlalchemy import and_, exists, func, select

from portfolio.ai.normal import HASH_SIZE, NORMALISATION
from portfolio.cache_policy import KNOWLEDGE_STATE
from portfolio.caching.flask_adapter import cache_query_result
from portfolio.extensions import db
from portfolio.models import Embedding, KnowledgeSource
from portfolio.services.knowledge.encoding import current_encoding
from portfolio.services.knowledge.sources import Source, find_profiles, read_sources


class State(TypedDict):
    """Stands for the text as it was at one moment.

    Members:
        version: changes with the commit that changes any text.
        waiting: number of documents that are not embedded as they are now.
    """

    version: str
    waiting: int


@cache_query_result(KNOWLEDGE_STATE)
def knowledge_state(*, profile: str | None) -> State:
    """The state of what visitors may read of a profile, or of all listed ones."""
    return describe_state(read_sources(find_profiles(profile, private=False), private=False))


def describe_state(sources: Sequence[Source]) -> State:
    """The same of any documents."""
    return {"version": version_of(sources), "waiting": len(find_waiting(sources))}


def version_of(sources: Sequence[Source]) -> str:
    """Stands for the text of these documents, in their order, and where it can be read."""
    version = hashlib.blake2b(digest_size=HASH_SIZE)
    for source in sources:
        version.update(f"{source.type} {source.id} {source.address} ".encode() + source.digest)
    return version.hexdigest()


def find_waiting(sources: Sequence[Source]) -> list[Source]:
    """Those that are not embedded as they are now, by the model that is in use."""
    complete = _complete({source.profile_id for source in sources})
    return [source for source in sources if complete.get((source.type, source.id)) != source.digest]


def _complete(profiles: set[uuid.UUID]) -> dict[tuple[str, str], bytes]:
    """The digest that each document was embedded with, if none of its embeddings is missing."""
    model = current_encoding().model
    if not model:
        return {}
    text = func.unnest(KnowledgeSource.text_hashes).column_valued("text")
    kept = exists().where(
        Embedding.model == model,
        Embedding.normalisation == NORMALISATION,
        Embedding.text_hash == text,
    )
    missing = exists(select(text).where(~kept).correlate(KnowledgeSource))
    rows = db.session.execute(
        select(KnowledgeSource.source_type, KnowledgeSource.source_id, KnowledgeSource.digest)
        .where(and_(KnowledgeSource.profile_id.in_(profiles), KnowledgeSource.model == model))
        .where(~missing)
    )
    return {(kind, str(number)): bytes(digest) for kind, number, digest in rows}
