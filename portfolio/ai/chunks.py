"""Chunks: what is searched, each cut so that the model reads the whole of it.

A chunk consists of spans of its source's texts. Nothing is in a chunk that is not in a span, but
for the prefix, which says where the text stands.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from .normal import normalise, text_hash
from .passages import Field, Passage, find_passages
from .sentences import Bounds, split_sentences

CUTTING = 1
"""Raised when the same document would be cut otherwise."""
TOKENS = 200
"""Most tokens of a chunk with its prefix; the model would leave out those beyond 256 unsaid."""
PREFIX_TOKENS = 60
MARKS = 2
"""Tokens that the model puts around every text."""


class Counter(Protocol):
    """Counts the tokens of a text."""

    def count(self, text: str) -> int:
        """Without the marks around it."""


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text: from `start` to `end`, half-open, in code points.

    Attributes:
        field: JSON Pointer to the text in its source's document.
    """

    field: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a source.

    Attributes:
        text: what is encoded and searched, normalised.
        key: stands for that text.
    """

    source_type: str
    source_id: str
    prefix: str
    spans: tuple[Span, ...]
    prose: bool
    text: str = field(init=False)
    key: bytes = field(init=False)

    def __post_init__(self) -> None:
        joined = (" " if self.prose else ", ").join(span.text for span in self.spans)
        object.__setattr__(self, "text", normalise(f"{self.prefix}: {joined}"))
        object.__setattr__(self, "key", text_hash(self.text))


def cut_source(
    source_type: str, source_id: str, document: Mapping[str, Any], counter: Counter
) -> tuple[Chunk, ...]:
    """The chunks of one document of the API, in its order."""
    cutter = _Cutter(counter)
    return tuple(
        Chunk(source_type, source_id, prefix, spans, passage.prose)
        for passage in find_passages(source_type, document)
        for prefix, spans in cutter.cut(passage)
    )


class _Cutter:
    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._prefixes: dict[str, tuple[str, int]] = {}

    def cut(self, passage: Passage) -> Iterator[tuple[str, tuple[Span, ...]]]:
        prefix, taken = self._prefix(passage.prefix)
        room = TOKENS - MARKS - taken
        for group in self._groups(passage):
            # Most texts fit: one count instead of one for each sentence.
            whole = (" " if passage.prose else ", ").join(span.text for span in group)
            if self._count(whole) <= room:
                yield prefix, tuple(group)
                continue
            for packed in self._pack(group, room, between=0 if passage.prose else 1):
                yield prefix, packed

    def _prefix(self, prefix: str) -> tuple[str, int]:
        known = self._prefixes.get(prefix)
        if known is None:
            words = prefix.split()
            while len(words) > 1 and self._count(" ".join(words)) > PREFIX_TOKENS:
                words = words[: len(words) * 3 // 4]
            short = " ".join(words)[: PREFIX_TOKENS * 10]
            known = self._prefixes[prefix] = (short, self._count(f"{short}:"))
        return known

    def _groups(self, passage: Passage) -> Iterable[list[Span]]:
        if not passage.prose:
            return [[_span(field, (0, len(field.text))) for field in passage.fields]]
        return [
            [_span(field, bounds) for bounds in sentences]
            for field in passage.fields
            for sentences in _paragraphs(field.text)
        ]

    def _pack(self, spans: Sequence[Span], room: int, between: int) -> Iterator[tuple[Span, ...]]:
        packed: list[Span] = []
        used = 0
        for span in spans:
            for piece in self._pieces(span, room):
                size = self._count(piece.text) + between
                if packed and used + size > room:
                    yield tuple(packed)
                    packed, used = [], 0
                packed.append(piece)
                used += size
        if packed:
            yield tuple(packed)

    def _pieces(self, span: Span, room: int) -> Iterator[Span]:
        if len(span.text) < 2 or self._count(span.text) < room:
            yield span
            return
        middle = len(span.text) // 2
        blank = span.text.find(" ", middle)
        middle = blank if 0 < blank < len(span.text) * 3 // 4 else middle
        for start, end in ((0, middle), (middle, len(span.text))):
            part = span.text[start:end]
            start += len(part) - len(part.lstrip())
            text = part.strip()
            if text:
                begin = span.start + start
                yield from self._pieces(Span(span.field, begin, begin + len(text), text), room)

    def _count(self, text: str) -> int:
        return self._counter.count(normalise(text))


def _span(field: Field, bounds: Bounds) -> Span:
    start, end = bounds
    return Span(field.pointer, start, end, field.text[start:end])


def _paragraphs(text: str) -> list[list[Bounds]]:
    """The sentences of a text by its paragraphs, which blank lines part."""
    paragraphs: list[list[Bounds]] = []
    last_end = None
    for bounds in split_sentences(text):
        if last_end is None or text.count("\n", last_end, bounds[0]) > 1:
            paragraphs.append([])
        paragraphs[-1].append(bounds)
        last_end = bounds[1]
    return paragraphs
