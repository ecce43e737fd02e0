"""This process's encoder, and embeddings through the tiers."""

import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from pkgutil import resolve_name

from flask import current_app

from portfolio.ai.chunks import Counter
from portfolio.ai.embeddings import ENCODED, EmbeddingCache, Tier
from portfolio.ai.encoder import Encoder, EncoderUnavailable, Vectors
from portfolio.ai.exported import TOKENIZER, ExportedModel, find_export
from portfolio.ai.normal import normalise
from portfolio.ai.onnx_encoder import load_onnx_encoder
from portfolio.ai.word_pieces import load_word_pieces
from portfolio.cache_policy import EMBEDDING, QUESTION_EMBEDDING
from portfolio.caching.flask_adapter import cache_extension
from portfolio.caching.policy import Policy
from portfolio.services.knowledge.tiers import PostgresTier, RedisTier

_EXTENSION = "portfolio_encoding"
_EVENTS = {"redis": ("store_hits",), "database": ("database_hits",), ENCODED: ("misses", "fills")}
"""What is counted of the cache, by where an embedding came from."""


class _Characters:
    def count(self, text: str) -> int:
        """About as many as tokens would be."""
        return len(text) // 4


class Encoding:
    """What one application encodes with; loaded at the first need, once in a process."""

    def __init__(self, models: Path, setting: str, kind: str) -> None:
        self._models, self._setting, self._kind = models, setting, kind
        self._lock = threading.Lock()
        self._encoder: Encoder | None = None

    @cached_property
    def exported(self) -> ExportedModel:
        """The model's export; raises EncoderUnavailable when there is none."""
        return find_export(self._models, self._setting)

    @property
    def model(self) -> str:
        """SHA-256 of the model's weights; empty when there is none."""
        try:
            return self.exported.weights
        except EncoderUnavailable:
            return ""

    @property
    def counter(self) -> Counter:
        """Counts the model's tokens; without a model, which nobody need fit then, characters."""
        if not self.model:
            return _Characters()
        return load_word_pieces(self.exported.folder / TOKENIZER, self.exported.max_tokens)

    def encoder(self) -> Encoder:
        """The encoder; raises EncoderUnavailable when it cannot be had."""
        with self._lock:
            if self._encoder is None:
                self._encoder = self._load()
        return self._encoder

    def _load(self) -> Encoder:
        if self._kind != "torch":
            return load_onnx_encoder(self.exported)
        # By name: what the web process imports must not bring torch along.
        reference: Callable[[str], Encoder] = resolve_name(
            "portfolio.ai.torch_encoder:TorchEncoder"
        )
        encoder = reference(self._setting)
        if encoder.model != self.exported.weights:
            raise EncoderUnavailable(
                "The model is not the one that was exported: run `flask knowledge export`."
            )
        return encoder


def current_encoding() -> Encoding:
    """The running application's."""
    config = current_app.config
    made = Encoding(config["MODELS_FOLDER"], config["EMBEDDING_MODEL"], config["ENCODER"])
    encoding: Encoding = current_app.extensions.setdefault(_EXTENSION, made)
    return encoding


def text_embeddings() -> EmbeddingCache:
    """Embeddings of the portfolio's own text; raises EncoderUnavailable without a model."""
    return _cache(EMBEDDING, PostgresTier())


def embed_question(question: str) -> Vectors | None:
    """The embedding of what a visitor asks; None when nothing can be encoded here."""
    embedded = embed_questions([question])
    return None if embedded is None else embedded[0]


def embed_questions(questions: Sequence[str]) -> list[Vectors] | None:
    """The same of several, encoded in one call."""
    try:
        embedded = _cache(QUESTION_EMBEDDING).embed(questions)
    except EncoderUnavailable:
        return None
    return [embedded.vectors[normalise(question)] for question in questions]


def _cache(policy: Policy, *more: Tier) -> EmbeddingCache:
    encoding, cache = current_encoding(), cache_extension()

    def note(origin: str, number: int) -> None:
        for event in _EVENTS[origin]:
            cache.counters.add(policy.name, event, number)

    tiers: list[Tier] = [RedisTier(cache, policy), *more]
    return EmbeddingCache(encoding.exported.weights, tiers, encoding.encoder, note)
