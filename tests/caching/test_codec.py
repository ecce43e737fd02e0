"""What goes in comes out, type for type; everything else is refused."""

import datetime as dt
import gzip
import struct
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.caching.codec import Codec, CorruptValue, UnsupportedType
from portfolio.caching.float32 import Float32Codec
from portfolio.caching.web.response import EXTENSION_CODE, StoredResponse, from_plain, to_plain

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.binary()
    | st.datetimes(timezones=st.none() | st.just(dt.UTC))
    | st.dates()
    | st.decimals(allow_nan=False)
    | st.uuids()
)
keys = st.text(max_size=5) | st.integers() | st.tuples(st.integers())
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(keys, inner, max_size=4)
        | st.sets(st.integers() | st.text(max_size=3), max_size=4)
        | st.frozensets(st.uuids(), max_size=3)
    ),
    max_leaves=12,
)


def same(a: Any, b: Any) -> bool:
    if type(a) is not type(b):
        return False
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    return bool(a == b)


@given(values)
def test_round_trip(value: Any) -> None:
    codec = Codec()
    assert same(codec.decode(codec.encode(value)), value)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_plain_value_or_refused(data: bytes) -> None:
    with suppress(CorruptValue):
        Codec().decode(data)


@pytest.mark.parametrize("dtype", ["<f4", "<f8", "<i8", "|b1", "<c16", ">u2"])
def test_arrays(dtype: str) -> None:
    codec = Codec()
    array = np.arange(12).astype(dtype).reshape(3, 4)
    result = codec.decode(codec.encode({"vector": array}))["vector"]
    assert result.dtype == array.dtype
    assert (result == array).all()
    result[0] = 0  # a copy of the caller's own, not a view of shared bytes


@dataclass
class Record:
    name: str


class Text(str):
    __slots__ = ()


@pytest.mark.parametrize(
    "value", [Record("x"), object(), Text("x"), lambda: 0, np.array([object()]), [{1: Record("x")}]]
)
def test_other_types_are_refused_by_name(value: Any) -> None:
    with pytest.raises(UnsupportedType, match="cannot be cached"):
        Codec().encode(value)


def test_bottomless_nesting_is_refused() -> None:
    value: list[Any] = []
    value.append(value)
    with pytest.raises(UnsupportedType):
        Codec().encode(value)


@given(st.lists(st.floats(width=32)))
def test_vectors_are_their_bytes_and_nothing_else(numbers: list[float]) -> None:
    vector = np.array(numbers, dtype=np.float32)
    codec = Float32Codec()
    data = codec.encode(vector)
    assert data == struct.pack(f"<{len(numbers)}f", *numbers)
    again = codec.decode(data)
    assert again.dtype == np.float32
    assert again.tobytes() == vector.tobytes()
    again[:] = 0  # the caller's own


@pytest.mark.parametrize(
    "value",
    [[1.0], np.zeros(3), np.zeros((2, 2), np.float32), np.float32(1), b"\0\0\0\0", None],
)
def test_only_vectors_of_float32_are_vectors(value: object) -> None:
    with pytest.raises(UnsupportedType):
        Float32Codec().encode(value)


def test_a_torn_vector_is_corrupt() -> None:
    with pytest.raises(CorruptValue, match="7 bytes"):
        Float32Codec().decode(bytes(7))


@given(st.binary(max_size=2000), st.sampled_from([200, 404]))
def test_responses_come_back_as_they_were(body: bytes, status: int) -> None:
    codec = Codec()
    codec.register(EXTENSION_CODE, StoredResponse, to_plain, from_plain)
    headers = [("Content-Type", "text/plain"), ("Set-Cookie", "a=b"), ("Date", "now")]
    response = StoredResponse.of(status, headers, body)
    assert response.headers == (("Content-Type", "text/plain"),)
    assert codec.decode(codec.encode(response)) == response
    assert response.gzip is None or gzip.decompress(response.gzip) == body
