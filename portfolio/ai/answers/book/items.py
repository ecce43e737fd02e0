"""The portfolio's documents as answers see them: what an item is called, when it was, what it
says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from ...lexical import fold
from ...passages import LAYOUTS, find_passages
from ...sentences import split_sentences
from ..answer import Citation
from ..language.quantities import amounts_in
from ..language.words import roots, words_of

NAMES = {
    "profile": "name",
    "social_profile": "network",
    "work": "name",
    "volunteer": "organization",
    "education": "institution",
    "award": "title",
    "certificate": "name",
    "publication": "name",
    "skill": "name",
    "language": "language",
    "interest": "name",
    "reference": "name",
    "project": "title",
}
"""By type, the field that an item is called by."""
Pointer = str
Span = tuple[int, int]


class Document(NamedTuple):
    """A document of the API."""

    type: str
    id: str
    slug: str
    fields: Mapping[str, Any]


class Mark(NamedTuple):
    """A part of a text of an item."""

    field: Pointer
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Item:
    """One document, with what is asked of it most."""

    document: Document
    order: int

    @property
    def type(self) -> str:
        return self.document.type

    @property
    def slug(self) -> str:
        return self.document.slug

    @cached_property
    def name(self) -> str:
        """What it is called; an item that has no name of its own by its first short field."""
        own = self.text(f"/{NAMES[self.type]}")
        return own or next((text for _field, text in self.short_texts()), "")

    @property
    def name_field(self) -> Pointer:
        own = f"/{NAMES[self.type]}"
        if self.text(own):
            return own
        return next((pointer for pointer, _text in self.short_texts()), own)

    @cached_property
    def start(self) -> str:
        """The day, month or year in which it began or happened."""
        names = LAYOUTS[self.type].dates
        return (self.document.fields.get(names[0]) or "") if names else ""

    @cached_property
    def end(self) -> str:
        names = LAYOUTS[self.type].dates
        return (self.document.fields.get(names[-1]) or "") if len(names) > 1 else self.start

    @property
    def is_current(self) -> bool:
        """Whether it has begun and has no end."""
        return len(LAYOUTS[self.type].dates) > 1 and bool(self.start) and not self.end

    @property
    def date_fields(self) -> list[Pointer]:
        return [f"/{name}" for name in LAYOUTS[self.type].dates if self.document.fields.get(name)]

    def value(self, name: str) -> Any:
        """A member of the document."""
        return self.document.fields.get(name)

    def text(self, pointer: Pointer) -> str:
        """The text at a pointer; empty when there is none."""
        value: Any = self.document.fields
        for step in pointer.split("/")[1:]:
            if isinstance(value, list):
                value = value[int(step)] if int(step) < len(value) else None
            else:
                value = value.get(step) if isinstance(value, Mapping) else None
        return value if isinstance(value, str) else ""

    def short_texts(self) -> Iterator[tuple[Pointer, str]]:
        """Names and words, without the prose."""
        for passage in find_passages(self.type, self.document.fields):
            if not passage.prose:
                yield from passage.fields

    def cite(self, pointer: Pointer, score: float = 0.9, span: Span | None = None) -> Citation:
        """The citation of a text, or of a part of it."""
        text = self.text(pointer)
        start, end = span or (0, len(text))
        return Citation(
            self.type,
            self.document.id,
            pointer,
            start,
            end,
            text[start:end],
            round(min(max(score, 0.0), 1.0), 3),
        )

    def cite_all(self, *pointers: Pointer) -> tuple[Citation, ...]:
        """The citations of those of these texts that there are."""
        return tuple(self.cite(pointer) for pointer in pointers if self.text(pointer).strip())

    @cached_property
    def sentences(self) -> tuple["Sentence", ...]:
        """Every sentence of its prose and every short text, in order."""
        return tuple(self._find_sentences())

    @cached_property
    def name_roots(self) -> frozenset[str]:
        """Of its name, and of what says which one it is."""
        short = " ".join(self.text(f"/{name}") for name in LAYOUTS[self.type].names)
        return frozenset(roots(f"{short} {LAYOUTS[self.type].title}"))

    @cached_property
    def called_words(self) -> frozenset[str]:
        """The words of its names, folded."""
        short = " ".join(self.text(f"/{name}") for name in LAYOUTS[self.type].names)
        return frozenset(fold(word) for word in words_of(f"{short} {self.text('/location')}"))

    @cached_property
    def roots(self) -> frozenset[str]:
        """Of all that it says."""
        return self.name_roots.union(*(sentence.roots for sentence in self.sentences))

    @cached_property
    def amounts(self) -> frozenset[float]:
        """Of all that it says, and the numbers among its fields."""
        fields = [float(v) for v in self.document.fields.values() if isinstance(v, int)]
        told = (amount for sentence in self.sentences for amount in amounts_in(sentence.text))
        return frozenset(fields).union(told)

    def _find_sentences(self) -> Iterator["Sentence"]:
        for passage in find_passages(self.type, self.document.fields):
            for pointer, text in passage.fields:
                spans = split_sentences(text) if passage.prose else [(0, len(text))]
                for start, end in spans:
                    yield Sentence(self, Mark(pointer, start, end), text[start:end], passage.prose)


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence of an item, or a short text of it."""

    item: Item
    mark: Mark
    text: str
    prose: bool
    roots: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "roots", frozenset(roots(self.text)))

    def cite(self, score: float) -> Citation:
        return self.item.cite(self.mark.field, score, (self.mark.start, self.mark.end))
