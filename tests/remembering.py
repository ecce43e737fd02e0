"""The real model's encoder, which remembers what it encoded: a test needs no vector made again."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from portfolio.ai.encoder import Vectors
from portfolio.ai.exported import ExportedModel
from portfolio.ai.onnx_encoder import OnnxEncoder


class RememberingEncoder(OnnxEncoder):
    """A vector does not depend on what is encoded beside it: tests/ai/test_encoders.py."""

    def __init__(self, exported: ExportedModel) -> None:
        super().__init__(exported)
        self._known: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= zip(new, super().encode(new), strict=True)
        known = [self._known[text] for text in texts]
        return np.array(known, np.float32).reshape(len(known), self.dimension)


load_remembering_encoder = cache(RememberingEncoder)
