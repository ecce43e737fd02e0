"""Bodies of requests arrive as they were sent; who is too slow, or one too many, is told so."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.edge import bodies
from portfolio.edge.bodies import Body, BodyRoom, has_body
from portfolio.errors import RequestTimeout, ServiceUnavailable

SIZES = st.lists(st.integers(1, 5000) | st.just(-1), min_size=1, max_size=20)


def make_body(room: BodyRoom, data: bytes, *, tells_length: bool = True) -> Body:
    environ = {"wsgi.input": io.BytesIO(data), "SERVER_PORT": "1"}
    told = {"CONTENT_LENGTH": str(len(data))} if tells_length else {"HTTP_TRANSFER_ENCODING": "x"}
    return Body(environ | told, room)


@given(st.binary(max_size=10_000), SIZES, st.booleans())
def test_a_body_is_read_as_it_was_sent(data: bytes, sizes: list[int], tells_length: bool) -> None:
    room = BodyRoom(1)
    body, read = make_body(room, data, tells_length=tells_length), b""
    for size in sizes:
        part = body.read(size)
        assert len(part) <= size or size == -1
        read += part
    assert data.startswith(read)
    assert read + body.read() == data
    assert make_body(room, data).read() == data, "the place is free again"


def test_one_too_many_is_turned_away_until_another_has_come() -> None:
    room = BodyRoom(1)
    first, second = make_body(room, b"12"), make_body(room, b"34")
    assert first.read(1) == b"1"
    with pytest.raises(ServiceUnavailable):
        second.read()
    assert first.read(1) == b"2"
    third = make_body(room, b"56")
    assert third.read(1) == b"5"
    third.leave()
    assert make_body(room, b"78").read() == b"78"


def test_who_sends_a_byte_now_and_then_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "FIRST_SECONDS", -1.5)
    body = make_body(BodyRoom(1), b"x" * 5000)
    with pytest.raises(RequestTimeout):
        body.read()
    monkeypatch.setattr(bodies, "FIRST_SECONDS", 60.0)
    assert len(make_body(BodyRoom(1), b"x" * 5000).read()) == 5000


def test_which_requests_have_one() -> None:
    assert has_body({"CONTENT_LENGTH": "1"})
    assert has_body({"HTTP_TRANSFER_ENCODING": "chunked"})
    assert not any(map(has_body, ({}, {"CONTENT_LENGTH": "0"}, {"CONTENT_LENGTH": ""})))
