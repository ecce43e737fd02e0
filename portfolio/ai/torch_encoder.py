"""The reference encoder, for bulk work: sentence-transformers. The web never imports this module,
which brings torch along."""

from collections.abc import Sequence

import numpy as np
from sentence_transformers import SentenceTransformer
from transformers.utils import logging

from .encoder import Vectors
from .weights import checked_hash, locate_model

# A bar of its own, in the log of a worker and between our own lines.
logging.disable_progress_bar()  # type: ignore[no-untyped-call]


class TorchEncoder:
    """A model of sentence-transformers on the processor.

    Args:
        setting: see locate_model.
    """

    def __init__(self, setting: str) -> None:
        folder = locate_model(setting)
        self.model = checked_hash(setting, folder)
        self.network = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        self.dimension = int(self.network.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See Encoder; it sorts by length itself."""
        vectors = self.network.encode(
            list(texts), normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, np.float32).reshape(len(texts), self.dimension)
