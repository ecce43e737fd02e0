"""Raw float32: vectors as their bytes, little-endian, with nothing around them."""

from typing import Any

import numpy as np

from .codec import CorruptValue, UnsupportedType

_LITTLE_ENDIAN = np.dtype("<f4")


class Float32Codec:
    """Encodes one-dimensional numpy arrays of float32, and nothing else."""

    def encode(self, value: Any) -> bytes:
        """Four bytes a number.

        Raises:
            UnsupportedType: the value is anything else.
        """
        if type(value) is not np.ndarray or value.dtype != np.float32 or value.ndim != 1:
            raise UnsupportedType(type(value))
        return value.astype(_LITTLE_ENDIAN, copy=False).tobytes()

    def decode(self, data: bytes) -> Any:
        """A writable array of shape (n,).

        Raises:
            CorruptValue: the length is not that of whole numbers.
        """
        if len(data) % _LITTLE_ENDIAN.itemsize:
            raise CorruptValue(f"{len(data)} bytes are not whole float32 numbers")
        return np.frombuffer(data, dtype=_LITTLE_ENDIAN).astype(np.float32)
