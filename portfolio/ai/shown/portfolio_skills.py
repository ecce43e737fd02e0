"""What a portfolio knows: its skills with their places, and the dated work that used them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from portfolio.ai.shown.places import (
    DATED,
    Document,
    Place,
    find_places,
    find_word,
    learn_names,
    readable_texts,
)
from portfolio.ai.shown.uses import DatedUse, Dates
from portfolio.ai.skills.concepts import Category, Concept
from portfolio.ai.skills.duration import DatedItem, Use, months_of, total_years, use_of_skills
from portfolio.ai.skills.vocabulary import Vocabulary

_PROGRAMMING = ("Programming", "Software development", "Information technology")
_NOT_PROGRAMMED_IN = frozenset({"SQL", "HTML", "CSS", "XML"})


@dataclass(frozen=True)
class PortfolioSkills:
    """What was read of a portfolio; it depends on its text alone, not on a day.

    Attributes:
        learned: a vocabulary of what the owner lists and the standard one does not know.
        places: by the name of each skill that they name.
        implied: by the name of each skill that follows, the names that it follows from.
    """

    documents: tuple[Document, ...]
    vocabulary: Vocabulary
    learned: Vocabulary
    places: Mapping[str, Sequence[Place]]
    implied: Mapping[str, Sequence[str]]

    @classmethod
    def read(cls, documents: Sequence[Document], vocabulary: Vocabulary) -> "PortfolioSkills":
        """Reads every document once."""
        learned = Vocabulary()
        for name in learn_names(documents, vocabulary):
            learned.add(Concept(name, Category.LEARNED), [])
        places: dict[str, list[Place]] = {}
        for place in find_places(documents, vocabulary, learned):
            for name in place.names:
                places.setdefault(name, []).append(place)
        implied: dict[str, list[str]] = {}
        for name in places:
            for other in sorted(closure([name], vocabulary) - {name}):
                implied.setdefault(other, []).append(name)
        return cls(tuple(documents), vocabulary, learned, places, implied)

    def names(self, name: str) -> bool:
        """Whether the text itself names it."""
        return name in self.places

    def has(self, name: str) -> bool:
        """Whether the text names it, or something from which it follows."""
        return name in self.places or name in self.implied

    def shown_by(self, name: str) -> list[tuple[Place, str]]:
        """The places that show a skill, each with the name that it has there."""
        own = [(place, name) for place in self.places.get(name, ())]
        return own + [
            (place, other) for other in self.implied.get(name, ()) for place in self.places[other]
        ]

    def find_word(self, word: str) -> list[Place]:
        """The places of a name that no vocabulary knows."""
        return find_word(self.documents, word) if word in self._whole_text else []

    @cached_property
    def extended(self) -> Vocabulary:
        """The vocabulary with what was learned."""
        return self.vocabulary.extended_with(self.learned.names())

    @cached_property
    def _whole_text(self) -> str:
        return "\n".join(text.field.text for text in readable_texts(self.documents))

    @cached_property
    def dated(self) -> list[tuple[Document, DatedItem]]:
        """Jobs, projects and voluntary work with their dates."""
        return [
            (document, DatedItem(fields.get("start_date"), fields.get("end_date"), ()))
            for document in self.documents
            if document.type in DATED
            for fields in [document.document]
        ]

    def uses_of(self, name: str) -> list[DatedUse]:
        """The dated work that shows a skill, the earliest first."""
        own = self.places.get(name) or (() if self.has(name) else self.find_word(name))
        named = {name: own} | {other: self.places[other] for other in self.implied.get(name, ())}
        return sorted(self._dates.uses_of(named), key=lambda use: use.start)

    def uses(self, today: date) -> dict[str, Use]:
        """By skill, of those that some dated item used."""
        return use_of_skills(self._spans, today)

    @cached_property
    def _dates(self) -> Dates:
        return Dates(self.documents)

    @cached_property
    def _spans(self) -> list[DatedItem]:
        return [
            DatedItem(use.start, use.end, (name,))
            for name in {**self.places, **self.implied}
            for use in self.uses_of(name)
        ]

    def years_of_work(self, today: date) -> float | None:
        """In jobs; in projects where no job is dated; None where nothing is."""
        for kind in ["work", "project"]:
            years = total_years((i for document, i in self.dated if document.type == kind), today)
            if years:
                return years
        return None

    def last_months(self, today: date) -> dict[tuple[str, str], int]:
        """The last month of each dated document."""
        spans = {doc[:2]: months_of(item.start, item.end, today) for doc, item in self.dated}
        return {key: span[1] for key, span in spans.items() if span}


def closure(names: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """The names and all that follow; who knows a language for programming can program."""
    known = vocabulary.implied_by(names)
    concepts = (vocabulary.concept(name) for name in known)
    if any(
        concept and concept.category is Category.LANGUAGE and concept.name not in _NOT_PROGRAMMED_IN
        for concept in concepts
    ):
        return known.union(_PROGRAMMING)
    return known
