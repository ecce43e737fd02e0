"""What turns texts into vectors, as everything else sees it."""

from collections.abc import Callable, Sequence
from math import ceil
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Of shape (texts, dimension), or (dimension,) for one; each of length 1."""

BATCH = 8
"""Texts that the model is given at a time: more take as long each, long ones longer, and leave a
process larger by tens of megabytes."""


class EncoderUnavailable(Exception):
    """Texts cannot be encoded here now; the message says what to do."""


class Encoder(Protocol):
    """A model at work.

    Attributes:
        model: SHA-256 of its weights; vectors of different models do not compare.
    """

    model: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector a text, in their order."""


def encode_sorted(
    texts: Sequence[str], dimension: int, encode_batch: Callable[[list[str]], Vectors]
) -> Vectors:
    """Encode in batches of texts of like length, so that little is spent on padding."""
    vectors = np.empty((len(texts), dimension), np.float32)
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]), reverse=True)
    # Batches of like size: the longest texts of a few set the length of few others.
    size = ceil(len(order) / max(ceil(len(order) / BATCH), 1))
    for first in range(0, len(order), max(size, 1)):
        places = order[first : first + size]
        vectors[places] = encode_batch([texts[place] for place in places])
    return vectors
