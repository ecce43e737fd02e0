"""What goes in comes out, type for type; everything else is refused."""

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.caching.codec import Codec, CorruptValue, UnsupportedType

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
