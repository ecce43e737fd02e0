"""Indexes in this process's memory: one for each group of documents that are searched together,
as they are now."""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from flask import current_app

from portfolio.ai.answers.book.book import Book
from portfolio.ai.answers.book.items import Document
from portfolio.ai.chunks import Chunk, Counter, cut_source
from portfolio.ai.encoder import EncoderUnavailable, Vectors
from portfolio.ai.index import KnowledgeIndex
from portfolio.services.knowledge.encoding import current_encoding, text_embeddings
from portfolio.services.knowledge.sources import Source, find_profiles, read_sources
from portfolio.services.knowledge.state import State, describe_state, knowledge_state

KEPT = 8
"""Indexes kept at a time: of so many profiles, seen by visitors or by the owner."""
_EXTENSION = "portfolio_shelf"

Scope = tuple[str | None, bool]
"""A profile's slug, or None for all listed ones; and whether drafts are seen."""
CutKey = tuple[bytes, str]


@dataclass(frozen=True)
class Knowledge:
    """What may be found, as it was at one moment.

    Attributes:
        model: by which its chunks are embedded; empty without one.
        sources: by type and id.
        cut: chunks by the digest and the id of their source.
        counter: of the model's tokens.
    """

    state: State
    model: str
    index: KnowledgeIndex
    sources: Mapping[tuple[str, str], Source]
    cut: Mapping[CutKey, tuple[Chunk, ...]]
    counter: Counter

    @cached_property
    def book(self) -> Book:
        """The same as answers need it; made at the first question."""
        documents = (
            Document(source.type, source.id, source.slug, source.document)
            for source in self.sources.values()
        )
        return Book(documents, self.counter.count)

    @property
    def indexing(self) -> bool:
        """Whether some of it is found by its words only so far."""
        return self.state["waiting"] > 0 or not self.index.embedded

    def source_of(self, chunk: Chunk) -> Source:
        """The document that the chunk is a part of."""
        return self.sources[chunk.source_type, chunk.source_id]


class Shelf:
    """The indexes of one application in one process."""

    def __init__(self) -> None:
        self.building = threading.Lock()
        self._lock = threading.Lock()
        self._kept: OrderedDict[Scope, Knowledge] = OrderedDict()

    def find(self, scope: Scope, state: State | None) -> Knowledge | None:
        """The index of that state, if it is here."""
        with self._lock:
            kept = self._kept.get(scope)
            if kept is None or kept.state != state:
                return None
            self._kept.move_to_end(scope)
            return kept

    def put(self, scope: Scope, knowledge: Knowledge) -> None:
        """Keep an index, and let go of the one that was used least lately."""
        with self._lock:
            self._kept[scope] = knowledge
            self._kept.move_to_end(scope)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    def all(self) -> list[Knowledge]:
        """Every index that is kept."""
        with self._lock:
            return list(self._kept.values())


def current_knowledge(profile: str | None, *, private: bool) -> Knowledge:
    """What may be found in a profile, or in all listed ones, as it is now.

    Args:
        private: drafts too, as the owner sees them.
    """
    shelf: Shelf = current_app.extensions.setdefault(_EXTENSION, Shelf())
    scope = (profile, private)
    state = None if private else knowledge_state(profile=profile)
    kept = shelf.find(scope, state)
    if kept is not None:
        return kept
    # One builds; those who wait find what they need, or build what has changed meanwhile.
    with shelf.building:
        kept = shelf.find(scope, state)
        if kept is None:
            sources = read_sources(find_profiles(profile, private=private), private=private)
            state = describe_state(sources)
            kept = shelf.find(scope, state) or _build(sources, state, shelf.all())
            shelf.put(scope, kept)
    return kept


def _build(sources: Sequence[Source], state: State, others: Sequence[Knowledge]) -> Knowledge:
    """An index of these documents, with what other indexes have of them already."""
    encoding = current_encoding()
    others = [other for other in others if other.model == encoding.model]
    known = {key: chunks for other in others for key, chunks in other.cut.items()}
    cut: dict[CutKey, tuple[Chunk, ...]] = {}
    for source in sources:
        key = (source.digest, source.id)
        cut[key] = known.get(key) or cut_source(
            source.type, source.id, source.document, encoding.counter
        )
    chunks = [chunk for some in cut.values() for chunk in some]
    vectors = _vectors(chunks, others)
    return Knowledge(
        state=state,
        model=encoding.model,
        index=KnowledgeIndex(chunks, vectors, len(next(iter(vectors.values()), ()))),
        sources={(source.type, source.id): source for source in sources},
        cut=cut,
        counter=encoding.counter,
    )


def _vectors(chunks: Sequence[Chunk], others: Sequence[Knowledge]) -> dict[str, Vectors]:
    vectors: dict[str, Vectors] = {}
    for chunk in chunks:
        found = (other.index.vector_of(chunk.text) for other in others)
        vector = next((vector for vector in found if vector is not None), None)
        if vector is not None:
            vectors[chunk.text] = vector
    missing = [chunk.text for chunk in chunks if chunk.text not in vectors]
    if missing:
        with suppress(EncoderUnavailable):
            vectors |= text_embeddings().find(missing).vectors
    return vectors
