"""What a server sends, in whole and in pieces, and what it should not send."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.ai.wording.events import EventReader, Piece, Unreadable, read_piece


def event(text: str, finish: str | None = None) -> bytes:
    chunk = {"choices": [{"delta": {"content": text}, "finish_reason": finish}]}
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode()


WHOLE = (
    b": a comment\r\n\r\nevent: message\r\n"
    + event("Grüße, ")
    + event("\U0001f3d4.", "stop").replace(b"\n", b"\r\n")
    + b'data: {"choices": [], "usage": {"total_tokens": 42}}\n\ndata: [DONE]\n\n'
)


@given(st.integers(1, len(WHOLE)))
def test_a_stream_is_read_in_pieces_of_any_size(size: int) -> None:
    reader = EventReader()
    pieces = [p for at in range(0, len(WHOLE), size) for p in reader.feed(WHOLE[at : at + size])]
    assert pieces == [Piece("Grüße, "), Piece("\U0001f3d4.", "stop"), Piece("", "", 42)]
    assert reader.done


def test_nothing_counts_after_the_end() -> None:
    reader = EventReader()
    assert reader.feed(b"data: [DONE]\n\n" + event("more")) == []


@pytest.mark.parametrize(
    "data",
    [
        b"<html>\n<body>\n",
        b"data: {\n",
        b"data: []\n",
        b"data: 7\n",
        b'data: {"choices": {}}\n',
        b'data: {"choices": [7]}\n',
        b'data: {"choices": [{"delta": 7}]}\n',
        b'data: {"choices": [{"delta": {"content": 7}}]}\n',
        b'data: {"choices": [{"delta": {"content": ["x"]}}]}\n',
        b'data: {"choices": [{"delta": {}, "finish_reason": 7}]}\n',
        b'data: {"error": {"message": "no"}}\n',
        b"data: " + b"[" * 100_000 + b"\n",
        b"data: " + b"9" * 10_000 + b"\n",
        b"\xff\xfe\x00\n",
    ],
)
def test_what_is_not_the_protocol_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        EventReader().feed(data)


@given(st.binary(max_size=200))
def test_no_bytes_do_worse_than_being_unreadable(data: bytes) -> None:
    for read in (lambda: EventReader().feed(data), lambda: read_piece(data, "message")):
        with suppress(Unreadable):
            read()


@pytest.mark.parametrize("usage", [None, 7, {}, {"total_tokens": -1}, {"total_tokens": True}])
def test_a_usage_that_is_none_is_not_believed(usage: object) -> None:
    chunk = {"choices": [{"message": {"content": "Yes."}}], "usage": usage}
    assert read_piece(json.dumps(chunk), "message") == Piece("Yes.", "", None)
