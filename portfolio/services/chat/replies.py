"""An answer as it is kept, told and stored: plain data, with the addresses of what it quotes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from portfolio.ai.answers.answer import Answer, AnswerKind, Citation
from portfolio.services.knowledge.shelf import current_knowledge

_NAMELESS = {"title": "", "url": ""}

Place = dict[str, Any]
"""A citation with `title` and `url` of its source."""


@dataclass(frozen=True)
class Reply:
    """An answer, and how it was come by.

    Attributes:
        places: its citations with the titles and addresses of their sources.
        version: of the text that it was made from.
        indexing: whether some of that text was found by its words only.
        timings: milliseconds by step of this request.
        status: `hit`, `miss` (computed and, if possible, kept) or `bypass` (never kept).
        tier: where a hit was found: `l1` or `l2`.
    """

    answer: Answer
    places: list[Place]
    version: str
    indexing: bool
    timings: Mapping[str, float] = field(default_factory=dict)
    status: str = "bypass"
    tier: str | None = None

    def to_plain(self) -> dict[str, Any]:
        """What the cache keeps."""
        return {
            "answer": {**asdict(self.answer), "kind": self.answer.kind.value, "citations": []},
            "places": self.places,
            "version": self.version,
            "indexing": self.indexing,
            "timings": dict(self.timings),
        }

    @classmethod
    def from_plain(cls, plain: dict[str, Any], status: str, tier: str | None) -> Self:
        """The same again, and how the cache came by it."""
        values = {**plain, "answer": read_answer({**plain["answer"], "citations": plain["places"]})}
        if status == "hit":
            values["timings"] = {}
        return cls(**values, status=status, tier=tier)

    def worded(self, answer: Answer, status: str, tier: str | None) -> Self:
        """The same evidence with a language model's words."""
        known = {_key(place): place for place in self.places}
        places = [
            {**known.get(_key(place), _NAMELESS), **place}
            for place in map(asdict, answer.citations)
        ]
        return replace(self, answer=answer, places=places, status=status, tier=tier)


def read_answer(plain: Mapping[str, Any]) -> Answer:
    """An answer from plain data."""
    names = Citation.__dataclass_fields__
    citations = tuple(
        Citation(**{name: place[name] for name in names}) for place in plain["citations"]
    )
    return Answer(
        text=plain["text"],
        kind=AnswerKind(plain["kind"]),
        citations=citations,
        confidence=plain["confidence"],
        understood=plain["understood"],
    )


def find_places(answer: Answer, profile: str | None, *, private: bool) -> list[Place]:
    """The citations of an answer, with the titles and addresses of what they quote."""
    sources = current_knowledge(profile, private=private).sources if answer.citations else {}
    places = []
    for citation in answer.citations:
        source = sources.get((citation.source_type, citation.source_id))
        title, url = (source.title, source.address) if source else ("", "")
        places.append({**asdict(citation), "title": title, "url": url})
    return places


def _key(place: Mapping[str, Any]) -> tuple[Any, ...]:
    return place["source_type"], place["source_id"]
