"""Words and meaning together find what either alone would miss."""

import pytest

from portfolio.ai.chunks import Chunk, Span
from portfolio.ai.index import KnowledgeIndex
from portfolio.ai.onnx_encoder import OnnxEncoder
from portfolio.ai.retrieval import retrieve

TEXTS = [
    "Cut the time of a bill from 2.6 s to 38 ms with an append-only table.",
    "Ran the team's continuous integration pipelines.",
    "Wrote the appointments API in Flask.",
    "Taught evening classes to adults who changed careers.",
    "Certified Kubernetes Administrator.",
]


def chunk(place: int, text: str) -> Chunk:
    return Chunk("work", str(place), "Work", (Span("/summary", 0, len(text), text),), prose=True)


CHUNKS = [chunk(place, text) for place, text in enumerate(TEXTS)]


@pytest.fixture(scope="module")
def index(encoder: OnnxEncoder) -> KnowledgeIndex:
    vectors = encoder.encode([chunk.text for chunk in CHUNKS])
    named = {chunk.text: vector for chunk, vector in zip(CHUNKS, vectors, strict=True)}
    return KnowledgeIndex(CHUNKS, named, encoder.dimension)


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("kubernetes", 4),
        ("teaching experience", 3),
        ("Do they know how to build web backends in Python?", 2),
        ("appointment APIs", 2),
        ("38 ms", 0),
    ],
)
def test_the_fitting_chunk_comes_first(
    index: KnowledgeIndex, encoder: OnnxEncoder, question: str, place: int
) -> None:
    (hit, *_rest) = retrieve(index, question, encoder.encode([question])[0], 3)
    assert hit.chunk == CHUNKS[place]


def test_without_embeddings_words_alone_decide(encoder: OnnxEncoder) -> None:
    bare = KnowledgeIndex(CHUNKS, {}, encoder.dimension)
    assert not bare.embedded
    vector = encoder.encode(["kubernetes"])[0]
    assert [hit.chunk for hit in retrieve(bare, "kubernetes", vector, 3)] == [CHUNKS[4]]
    assert retrieve(bare, "zeppelin", vector, 3) == []


def test_what_is_not_kept_is_not_found(index: KnowledgeIndex, encoder: OnnxEncoder) -> None:
    vector = encoder.encode(["kubernetes"])[0]
    hits = retrieve(index, "kubernetes", vector, 5, keep=lambda chunk: chunk.source_id != "4")
    assert CHUNKS[4] not in [hit.chunk for hit in hits]
    assert hits


@pytest.mark.parametrize("question", ["", "???", "the of and", "\u200b", "x" * 4000])
def test_odd_questions_are_no_error(index: KnowledgeIndex, question: str) -> None:
    assert retrieve(index, question, None, 5) == []


def test_an_empty_portfolio_is_no_error(encoder: OnnxEncoder) -> None:
    empty = KnowledgeIndex([], {}, encoder.dimension)
    assert retrieve(empty, "kubernetes", encoder.encode(["kubernetes"])[0], 5) == []
    assert empty.embedded
