"""The encoder of the web process: an exported model, without torch."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import onnxruntime

from .encoder import Vectors, encode_sorted
from .exported import GRAPH, TOKENIZER, ExportedModel
from .word_pieces import load_word_pieces


class OnnxEncoder:
    """Runs an exported model on one thread of the caller's. Thread-safe."""

    def __init__(self, exported: ExportedModel) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # Kept for the largest batch there ever was, it would be memory for nothing.
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(
            exported.folder / GRAPH, options, providers=["CPUExecutionProvider"]
        )
        self._pieces = load_word_pieces(exported.folder / TOKENIZER, exported.max_tokens)
        self.model = exported.weights
        self.dimension = exported.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See Encoder."""
        return encode_sorted(texts, self.dimension, self._encode_batch)

    def _encode_batch(self, texts: list[str]) -> Vectors:
        tokens, mask = self._pieces.batch(texts)
        (vectors,) = self._session.run(None, {"tokens": tokens, "mask": mask})
        return np.asarray(vectors, np.float32)


@lru_cache(2)
def load_onnx_encoder(exported: ExportedModel) -> OnnxEncoder:
    """One for each export in a process, however many applications it has."""
    return OnnxEncoder(exported)
