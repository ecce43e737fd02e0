"""Chunks fit into the model, quote their source word for word, and leave nothing out."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.ai.chunks import MARKS, TOKENS, Chunk, cut_source
from portfolio.ai.passages import LAYOUTS, find_passages
from portfolio.ai.word_pieces import WordPieces

LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs"])
PARTS = ["word ", "Ünïcode. ", "\n\n", "C++ ", "\ufb01", "\u3392", "x" * 60, "日本\u3002"]
TEXT = st.text(LETTERS, max_size=80) | st.lists(st.sampled_from(PARTS), max_size=90).map("".join)
DOCUMENT = st.fixed_dictionaries(
    {
        "title": TEXT,
        "role": TEXT,
        "summary": TEXT,
        "description": TEXT,
        "technologies": st.lists(TEXT, max_size=6),
        "challenges": st.lists(TEXT, max_size=3),
        "start_date": st.none() | st.just("2020-01-01"),
        "end_date": st.none() | st.just("2021-01-01"),
    }
)
WORK = {
    "name": "Quay & Co",
    "position": "Engineer",
    "location": "Bristol",
    "start_date": "2019-03",
    "end_date": None,
    "summary": "Kept the locks open. Wrote the tide tables.",
    "highlights": ["Answers in 4 ms.", "Trained two people."],
}


def value_at(document: dict[str, Any], pointer: str) -> str:
    value: Any = document
    for step in pointer.split("/")[1:]:
        value = value[int(step)] if isinstance(value, list) else value[step]
    return str(value)


def cut(document: dict[str, Any], pieces: WordPieces, kind: str = "project") -> tuple[Chunk, ...]:
    return cut_source(kind, "1", document, pieces)


@settings(max_examples=150, deadline=None)
@given(DOCUMENT)
def test_every_chunk_fits_and_quotes_verbatim_and_nothing_is_left_out(
    pieces: WordPieces, document: dict[str, Any]
) -> None:
    chunks = cut(document, pieces)
    spans = [span for chunk in chunks for span in chunk.spans]
    for chunk in chunks:
        assert pieces.count(chunk.text) + MARKS <= TOKENS or len(chunk.spans[0].text) < 2
    for span in spans:
        assert value_at(document, span.field)[span.start : span.end] == span.text != ""
    fields = [field for passage in find_passages("project", document) for field in passage.fields]
    for field in fields:
        quoted = "".join(span.text for span in spans if span.field == field.pointer)
        assert "".join(quoted.split()) == "".join(field.text.split())


@pytest.mark.parametrize(
    "part", ["word ", "x", "日本", "Short one. ", "\u3392, ", "a\n\n", "a\nb "]
)
def test_long_texts_are_cut_so_that_each_chunk_fits(pieces: WordPieces, part: str) -> None:
    long = (part * 3000)[:9000]
    chunks = cut(
        {"title": long, "role": long, "summary": long, "technologies": [long, "C"]}, pieces
    )
    sizes = [pieces.count(chunk.text) + MARKS for chunk in chunks]
    assert max(sizes) <= TOKENS
    quoted = "".join(s.text for c in chunks for s in c.spans if s.field == "/summary")
    assert "".join(quoted.split()) == "".join(long.split())


def test_a_chunk_says_where_it_stands(pieces: WordPieces) -> None:
    texts = [chunk.text for chunk in cut(WORK, pieces, "work")]
    assert texts == [
        "Work, 2019-03 to present: Engineer, Quay & Co, Bristol",
        "Work: Engineer, Quay & Co, 2019-03 to present: "
        "Kept the locks open. Wrote the tide tables.",
        "Work: Engineer, Quay & Co, 2019-03 to present: Answers in 4 ms.",
        "Work: Engineer, Quay & Co, 2019-03 to present: Trained two people.",
    ]


def test_a_change_of_one_field_changes_no_other_chunk(pieces: WordPieces) -> None:
    before = {chunk.key for chunk in cut(WORK, pieces, "work")}
    changed = {**WORK, "highlights": ["Answers in 3 ms.", "Trained two people."]}
    assert len({chunk.key for chunk in cut(changed, pieces, "work")} - before) == 1


def test_contact_details_are_not_read() -> None:
    read = {field for layout in LAYOUTS.values() for field in layout.fields}
    private = {"email", "phone", "location/address", "location/postal_code", "address"}
    assert not read & private


def test_a_document_without_text_has_no_chunks(pieces: WordPieces) -> None:
    assert cut({"title": " ", "technologies": [], "summary": None}, pieces) == ()
