"""Typed msgpack: what goes in comes out with the same types; anything else is refused.

No pickle: bytes from the store can only become the plain values listed here.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
import numpy as np

_PLAIN = frozenset({type(None), bool, float, str, bytes})
_TUPLE, _SET, _FROZENSET, _PAIRS, _INTEGER, _DATETIME, _DATE, _DECIMAL, _UUID, _ARRAY = range(1, 11)
_COLLECTIONS: dict[type, int] = {tuple: _TUPLE, set: _SET, frozenset: _FROZENSET}
_ARRAY_KINDS = frozenset("biufc")
_LEAST_INT, _GREATEST_INT = -(2**63), 2**64 - 1
MAX_DEPTH = 64


class UnsupportedType(TypeError):
    """A value has a type that the cache does not store."""

    def __init__(self, kind: type) -> None:
        super().__init__(f"{kind.__module__}.{kind.__qualname__} cannot be cached")
        self.kind = kind


class CorruptValue(ValueError):
    """Bytes are not what this codec writes."""


class Codec:
    """Encodes None, bool, int, float, str, bytes, list, tuple, set, frozenset, dict, datetime,
    date, Decimal, UUID and numeric numpy arrays, and the types registered with `register`."""

    def __init__(self) -> None:
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(ext_hook=self._from_extension)
        self._to_plain: dict[type, tuple[int, Callable[[Any], Any]]] = {}
        self._from_plain: dict[int, Callable[[Any], Any]] = {}

    def register(
        self,
        code: int,
        kind: type,
        to_plain: Callable[[Any], Any],
        from_plain: Callable[[Any], Any],
    ) -> None:
        """Store values of exactly `kind` as extension `code` (32 to 127)."""
        if not 32 <= code <= 127 or code in self._from_plain:
            raise ValueError(f"extension code {code} is taken or out of range")
        self._to_plain[kind] = (code, to_plain)
        self._from_plain[code] = from_plain

    def encode(self, value: Any) -> bytes:
        """Bytes of a value.

        Raises:
            UnsupportedType: the value or a part of it has a type that is not listed, or is nested
                deeper than 64 levels.
        """
        return self._encoder.encode(self._plain(value, 0))

    def decode(self, data: bytes) -> Any:
        """The value of bytes that `encode` made.

        Raises:
            CorruptValue: the bytes are anything else.
        """
        try:
            return self._decoder.decode(data)
        except (msgspec.MsgspecError, ValueError, TypeError, ArithmeticError, RecursionError) as e:
            raise CorruptValue(str(e)) from e

    def _extension(self, code: int, plain: Any) -> msgspec.msgpack.Ext:
        return msgspec.msgpack.Ext(code, self._encoder.encode(plain))

    def _plain(self, value: Any, depth: int) -> Any:
        kind = type(value)
        if kind in _PLAIN:
            return value
        if depth > MAX_DEPTH:
            raise UnsupportedType(kind)
        if kind is int:
            if _LEAST_INT <= value <= _GREATEST_INT:
                return value
            return self._extension(_INTEGER, str(value))
        if kind is list:
            return [self._plain(item, depth + 1) for item in value]
        if kind is dict:
            if all(type(key) is str for key in value):
                return {key: self._plain(item, depth + 1) for key, item in value.items()}
            pairs = [[self._plain(part, depth + 1) for part in pair] for pair in value.items()]
            return self._extension(_PAIRS, pairs)
        if kind in (tuple, set, frozenset):
            code = _COLLECTIONS[kind]
            return self._extension(code, [self._plain(item, depth + 1) for item in value])
        if kind in self._to_plain:
            code, to_plain = self._to_plain[kind]
            return self._extension(code, self._plain(to_plain(value), depth + 1))
        return self._scalar(kind, value)

    def _scalar(self, kind: type, value: Any) -> Any:
        if kind is dt.datetime:
            return self._extension(_DATETIME, [value.isoformat(), value.fold])
        if kind is dt.date:
            return self._extension(_DATE, value.isoformat())
        if kind is Decimal:
            return self._extension(_DECIMAL, str(value))
        if kind is UUID:
            return self._extension(_UUID, value.bytes)
        if kind is np.ndarray and value.dtype.kind in _ARRAY_KINDS:
            array = [value.dtype.str, list(value.shape), np.ascontiguousarray(value).tobytes()]
            return self._extension(_ARRAY, array)
        raise UnsupportedType(kind)

    def _from_extension(self, code: int, data: memoryview) -> Any:
        plain = self._decoder.decode(data)
        if code in _READERS:
            return _READERS[code](plain)
        if code in self._from_plain:
            return self._from_plain[code](plain)
        raise CorruptValue(f"unknown extension {code}")


def _datetime(plain: list[Any]) -> dt.datetime:
    text, fold = plain
    return dt.datetime.fromisoformat(text).replace(fold=fold)


def _array(plain: list[Any]) -> np.ndarray[Any, Any]:
    kind, shape, data = plain
    dtype = np.dtype(kind)
    if dtype.kind not in _ARRAY_KINDS:
        raise CorruptValue(f"array of {kind}")
    return np.frombuffer(data, dtype=dtype).reshape(shape).copy()


_READERS: dict[int, Callable[[Any], Any]] = {
    _TUPLE: tuple,
    _SET: set,
    _FROZENSET: frozenset,
    _PAIRS: dict,
    _INTEGER: int,
    _DATETIME: _datetime,
    _DATE: dt.date.fromisoformat,
    _DECIMAL: Decimal,
    _UUID: lambda data: UUID(bytes=data),
    _ARRAY: _array,
}
