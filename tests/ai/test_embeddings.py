"""Texts are looked for in the nearest tier first, and what all miss is encoded in one call."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pytest

from portfolio.ai.embeddings import EmbeddingCache, EmbeddingKey
from portfolio.ai.encoder import Encoder, Vectors
from portfolio.ai.onnx_encoder import OnnxEncoder

TEXTS = ["Tide tables", "Lock keeping", "Tide  tables", "Bread"]


class MemoryTier:
    """A tier of its own, which can be emptied."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.kept: dict[EmbeddingKey, Vectors] = {}

    def read(self, keys: Collection[EmbeddingKey]) -> dict[EmbeddingKey, Vectors]:
        return {key: self.kept[key] for key in keys if key in self.kept}

    def write(self, vectors: Mapping[EmbeddingKey, Vectors]) -> None:
        self.kept |= vectors


class Calls:
    """The real encoder, and what it was given."""

    def __init__(self, encoder: OnnxEncoder) -> None:
        self.model, self.dimension = encoder.model, encoder.dimension
        self.made: list[list[str]] = []
        self._encoder = encoder

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.made.append(list(texts))
        return self._encoder.encode(texts)


@pytest.fixture
def calls(encoder: OnnxEncoder) -> Calls:
    return Calls(encoder)


@pytest.fixture
def tiers() -> list[MemoryTier]:
    return [MemoryTier("near"), MemoryTier("far")]


@pytest.fixture
def embeddings(calls: Calls, tiers: list[MemoryTier]) -> EmbeddingCache:
    def encoder() -> Encoder:
        return calls

    return EmbeddingCache(calls.model, tiers, encoder, lambda _name, _count: None)


def test_what_misses_is_encoded_in_one_call(embeddings: EmbeddingCache, calls: Calls) -> None:
    embeddings.embed(TEXTS[:1])
    embedded = embeddings.embed(TEXTS)
    assert calls.made == [["Tide tables"], ["Lock keeping", "Bread"]]
    assert embedded.counts == {"near": 1, "encoded": 2}
    assert (
        list(embedded.vectors) == ["Tide tables", "Lock keeping", "Bread"]
        or len(embedded.vectors) == 3
    )


def test_an_emptied_tier_is_filled_from_the_next(
    embeddings: EmbeddingCache, calls: Calls, tiers: list[MemoryTier]
) -> None:
    first = embeddings.embed(TEXTS)
    tiers[0].kept.clear()
    again = embeddings.embed(TEXTS)
    assert (again.counts, len(calls.made)) == ({"far": 3}, 1)
    assert embeddings.embed(TEXTS).counts == {"near": 3}
    for text, vector in first.vectors.items():
        assert np.array_equal(again.vectors[text], vector)


def test_another_model_or_normal_form_is_another_key(embeddings: EmbeddingCache) -> None:
    key = EmbeddingKey.of("one", "text")
    assert len({key, EmbeddingKey.of("other", "text"), key._replace(normalisation=99)}) == 3


def test_looking_encodes_nothing(embeddings: EmbeddingCache, calls: Calls) -> None:
    assert embeddings.find(TEXTS).vectors == {}
    embeddings.embed(TEXTS[:1])
    assert list(embeddings.find(TEXTS).vectors) == ["Tide tables"]
    assert len(calls.made) == 1


def test_encoding_anew_asks_no_tier(embeddings: EmbeddingCache, calls: Calls) -> None:
    embeddings.embed(TEXTS)
    assert embeddings.encode_anew(TEXTS).counts == {"encoded": 3}
    assert len(calls.made) == 2
