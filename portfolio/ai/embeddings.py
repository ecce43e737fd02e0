"""The embeddings of texts: from the nearest tier that has them, the rest encoded in one call."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from .encoder import Encoder, Vectors
from .normal import NORMALISATION, normalise, text_hash

ENCODED = "encoded"


class EmbeddingKey(NamedTuple):
    """What an embedding depends on.

    Attributes:
        model: SHA-256 of the weights.
        normalisation: version of the text's normal form.
        text: hash of the normalised text.
    """

    model: str
    normalisation: int
    text: bytes

    @classmethod
    def of(cls, model: str, normal: str) -> "EmbeddingKey":
        """The key of a normalised text."""
        return cls(model, NORMALISATION, text_hash(normal))


class Tier(Protocol):
    """A place where embeddings are kept. One that is away finds nothing and keeps nothing."""

    name: str

    def read(self, keys: Collection[EmbeddingKey]) -> dict[EmbeddingKey, Vectors]:
        """Those that it has."""

    def write(self, vectors: Mapping[EmbeddingKey, Vectors]) -> None:
        """Keep them."""


@dataclass
class Embedded:
    """Embeddings by normalised text, and how many came from which tier or were encoded."""

    vectors: dict[str, Vectors] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)


class EmbeddingCache:
    """Embeddings through tiers, the nearest first.

    Args:
        encoder: gives the encoder; asked only when something has to be encoded.
        note: told how many came from which tier, or were encoded.
    """

    def __init__(
        self,
        model: str,
        tiers: Sequence[Tier],
        encoder: Callable[[], Encoder],
        note: Callable[[str, int], None],
    ) -> None:
        self._model = model
        self._tiers = tiers
        self._encoder = encoder
        self._note = note

    def embed(self, texts: Sequence[str]) -> Embedded:
        """The embedding of every text. What no tier has is encoded in one call, and kept by all.

        Raises:
            EncoderUnavailable: something has to be encoded, and cannot be.
        """
        normal = list(dict.fromkeys(map(normalise, texts)))
        embedded, missing = self._search(normal)
        if missing:
            vectors = self._encoder().encode([text for _key, text in missing])
            made = {key: vector for (key, _text), vector in zip(missing, vectors, strict=True)}
            for tier in self._tiers:
                tier.write(made)
            embedded.vectors |= {text: made[key] for key, text in missing}
            self._count(embedded, ENCODED, len(made))
        return embedded

    def encode_anew(self, texts: Sequence[str]) -> Embedded:
        """As if no tier had any."""
        return EmbeddingCache(
            self._model, [_WriteOnly(tier) for tier in self._tiers], self._encoder, self._note
        ).embed(texts)

    def find(self, texts: Sequence[str]) -> Embedded:
        """The embeddings of those texts that some tier has; nothing is encoded."""
        embedded, _missing = self._search(list(dict.fromkeys(map(normalise, texts))))
        return embedded

    def _search(self, texts: Sequence[str]) -> tuple[Embedded, list[tuple[EmbeddingKey, str]]]:
        embedded = Embedded()
        missing = {EmbeddingKey.of(self._model, text): text for text in texts}
        passed: list[Tier] = []
        for tier in self._tiers:
            if not missing:
                break
            found = tier.read(missing.keys())
            if found:
                for nearer in passed:
                    nearer.write(found)
            passed.append(tier)
            embedded.vectors |= {missing.pop(key): vector for key, vector in found.items()}
            self._count(embedded, tier.name, len(found))
        return embedded, list(missing.items())

    def _count(self, embedded: Embedded, name: str, number: int) -> None:
        if number:
            embedded.counts[name] += number
            self._note(name, number)


class _WriteOnly:
    def __init__(self, tier: Tier) -> None:
        self.name = tier.name
        self.write = tier.write

    def read(self, keys: Collection[EmbeddingKey]) -> dict[EmbeddingKey, Vectors]:
        return {}
