"""The model's own tokens, without the model."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from .chunks import MARKS


class WordPieces:
    """Cuts texts into the tokens of a model. Thread-safe.

    Args:
        file: the model's `tokenizer.json`.
        max_tokens: of a text; what goes beyond is left out.
    """

    def __init__(self, file: Path, max_tokens: int) -> None:
        self._tokenizer = Tokenizer.from_file(str(file))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._max_tokens = max_tokens

    def count(self, text: str) -> int:
        """How many tokens a text has, without the marks around it."""
        return len(self._tokenizer.encode(text).ids) - MARKS

    def batch(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Tokens and attention mask of texts, each of shape (texts, longest)."""
        encoded = [self._fit(one.ids) for one in self._tokenizer.encode_batch(list(texts))]
        lengths = np.array([len(ids) for ids in encoded])
        mask = np.arange(lengths.max(initial=0)) < lengths[:, np.newaxis]
        tokens = np.zeros(mask.shape, np.int64)
        tokens[mask] = [token for ids in encoded for token in ids]
        return tokens, mask.astype(np.int64)

    def _fit(self, ids: list[int]) -> list[int]:
        """The tokens that are read, with the mark at the end."""
        return ids if len(ids) <= self._max_tokens else [*ids[: self._max_tokens - 1], ids[-1]]


@lru_cache(4)
def load_word_pieces(file: Path, max_tokens: int) -> WordPieces:
    """One for each file in a process."""
    return WordPieces(file, max_tokens)
