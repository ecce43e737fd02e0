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
        self._counting = Tokenizer.from_file(str(file))
        self._counting.no_truncation()
        self._counting.no_padding()
        self._batching = Tokenizer.from_file(str(file))
        self._batching.enable_truncation(max_tokens)
        self._batching.enable_padding()

    def count(self, text: str) -> int:
        """How many tokens a text has, without the marks around it."""
        return len(self._counting.encode(text).ids) - MARKS

    def batch(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Tokens and attention mask of texts, each of shape (texts, longest)."""
        encoded = self._batching.encode_batch(list(texts))
        tokens = np.array([one.ids for one in encoded], np.int64)
        return tokens, np.array([one.attention_mask for one in encoded], np.int64)


@lru_cache(4)
def load_word_pieces(file: Path, max_tokens: int) -> WordPieces:
    """One for each file in a process."""
    return WordPieces(file, max_tokens)
