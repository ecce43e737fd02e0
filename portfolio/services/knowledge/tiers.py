"""The two tiers of embeddings: the cache Redis for a day, PostgreSQL for good."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import timedelta

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from portfolio.ai.embeddings import EmbeddingKey
from portfolio.ai.encoder import Vectors
from portfolio.caching.breaker import StoreUnavailable
from portfolio.caching.codec import CorruptValue
from portfolio.caching.entry import Entry
from portfolio.caching.flask_adapter import CacheExtension
from portfolio.caching.float32 import Float32Codec
from portfolio.caching.policy import Policy
from portfolio.extensions import db
from portfolio.models import Embedding

BATCH = 100
"""Most embeddings in one answer of Redis, so that it comes within the time limit."""
_HEADER = 4
"""Bytes before the numbers in what pgvector sends: the dimension, and two unused."""
_NUMBERS = np.dtype(">f4")


class RedisTier:
    """Embeddings in the cache Redis, as entries that depend on nothing.

    Args:
        policy: says under which name, and for how long.
    """

    name = "redis"

    def __init__(self, cache: CacheExtension, policy: Policy) -> None:
        self._store, self._seal = cache.store, cache.seal
        self._policy = cache.engine.table[policy.name]
        self._codec = Float32Codec()

    def read(self, keys: Collection[EmbeddingKey]) -> dict[EmbeddingKey, Vectors]:
        """See Tier."""
        found: dict[EmbeddingKey, Vectors] = {}
        try:
            for some in _batched(keys):
                names = [self._name(key) for key in some]
                for key, name, data in zip(some, names, self._fetch(names), strict=True):
                    vector = None if data is None else self._open(name, data)
                    if vector is not None:
                        found[key] = vector
        except StoreUnavailable:
            pass
        return found

    def write(self, vectors: Mapping[EmbeddingKey, Vectors]) -> None:
        """See Tier."""
        life = float(self._policy.ttl)
        with suppress(StoreUnavailable):
            for keys in _batched(vectors):
                packed = (self._pack(key, vectors[key], life) for key in keys)
                self._store.write_many(dict(packed), life)

    def _pack(self, key: EmbeddingKey, vector: Vectors, life: float) -> tuple[str, bytes]:
        name = self._name(key)
        payload = self._codec.encode(np.ascontiguousarray(vector, np.float32))
        return name, Entry(name, (), (), life, life, payload).pack(name, self._seal)

    def _fetch(self, names: list[str]) -> list[bytes | None]:
        if len(names) == 1:  # a visitor waits; this way is the quicker one
            return [self._store.read(names[0], ()).data]
        return self._store.read_many(names)

    def _name(self, key: EmbeddingKey) -> str:
        arguments = {
            "model": key.model,
            "normalisation": key.normalisation,
            "text": key.text.hex(),
        }
        # No epoch: an embedding is the same whichever database there is.
        return self._policy.key("", arguments).name

    def _open(self, name: str, data: bytes) -> Vectors | None:
        entry = Entry.unpack(name, self._seal, data)
        if entry is None or entry.identity != name:
            return None
        try:
            vector: Vectors = self._codec.decode(entry.payload)
        except CorruptValue:
            return None
        return vector


class PostgresTier:
    """Embeddings in the database, through the session in use; committing is the caller's."""

    name = "database"

    def read(self, keys: Collection[EmbeddingKey]) -> dict[EmbeddingKey, Vectors]:
        """See Tier."""
        if not keys:
            return {}
        model, normalisation, _text = next(iter(keys))
        rows = db.session.execute(
            select(Embedding.text_hash, func.vector_send(Embedding.embedding)).where(
                Embedding.model == model,
                Embedding.normalisation == normalisation,
                Embedding.text_hash.in_([key.text for key in keys]),
            )
        )
        return {
            EmbeddingKey(model, normalisation, bytes(text)): np.frombuffer(
                data, _NUMBERS, offset=_HEADER
            ).astype(np.float32)
            for text, data in rows
        }

    def write(self, vectors: Mapping[EmbeddingKey, Vectors]) -> None:
        """See Tier; of those that are there already it is noted, once a day, that they are used."""
        if not vectors:
            return
        statement = insert(Embedding)
        again = statement.on_conflict_do_update(
            index_elements=["model", "normalisation", "text_hash"],
            set_={"used_at": func.now()},
            where=Embedding.used_at < func.now() - timedelta(days=1),
        )
        # In one order everywhere, so that two writers never wait for each other.
        rows = [
            {
                "model": key.model,
                "normalisation": key.normalisation,
                "text_hash": key.text,
                "embedding": vector,
            }
            for key, vector in sorted(vectors.items(), key=lambda item: item[0])
        ]
        db.session.execute(again, rows)


def _batched(keys: Collection[EmbeddingKey]) -> list[tuple[EmbeddingKey, ...]]:
    listed = list(keys)
    return [tuple(listed[first : first + BATCH]) for first in range(0, len(listed), BATCH)]
