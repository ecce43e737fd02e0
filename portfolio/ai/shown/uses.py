"""In which jobs and projects a skill was used, and between which dates at most."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portfolio.ai.shown.places import DATED, Document, Place
from portfolio.ai.shown.told_dates import Dating, narrow, read_dating

_ORGANISATION = {
    "work": "name",
    "volunteer": "organization",
    "project": "entity",
    "award": "awarder",
}
_GENERAL = ("/summary", "/description", "/position", "/technologies")
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class DatedUse:
    """A skill in a job or project.

    Attributes:
        start, end: from and to; narrower than the document's where a sentence says so.
        throughout: whether it is told of the whole of it, and not of one thing that was done.
        began: since when sentences say that it was used; empty if they do not.
        said: these sentences.
        places: that show it there.
    """

    document: Document
    start: str
    end: str
    throughout: bool
    began: str
    said: tuple[Place, ...]
    places: tuple[Place, ...]


class Dates:
    """The dated documents of a portfolio, and which of them belong together."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._dated: Mapping[_Key, Document] = {
            document[:2]: document
            for document in documents
            if document.type in DATED and document.document.get("start_date")
        }
        employers = {_organisation(document) for document in documents if document.type == "work"}
        self._employers: Mapping[_Key, str] = {
            document[:2]: name
            for document in documents
            if (name := _organisation(document)) and name in employers
        }

    def uses_of(self, named: Mapping[str, Sequence[Place]]) -> Iterator[DatedUse]:
        """The uses of a skill, by places that show it.

        Args:
            named: by the name that they show it by; its own comes first. What is told of its
                own dates holds for what it follows from, too.
        """
        own = next(iter(named))
        for name, places in named.items():
            for key in dict.fromkeys((place.source_type, place.source_id) for place in places):
                if key in self._dated:
                    dating = self._dating(own, named[own], key)
                    if not dating.said:
                        dating = self._dating(name, places, key)
                    yield self._use(self._dated[key], places, dating)

    def _dating(self, name: str, places: Iterable[Place], key: _Key) -> Dating:
        """What is told of a skill in a document, and in what belongs to the same job."""
        employer = self._employers.get(key)
        keys = ((place, (place.source_type, place.source_id)) for place in places)
        near = [
            place
            for place, other in keys
            if other == key or (employer and self._employers.get(other) == employer)
        ]
        return read_dating(name, near)

    @staticmethod
    def _use(document: Document, places: Iterable[Place], dating: Dating) -> DatedUse:
        fields = document.document
        start, end = narrow(fields["start_date"], fields.get("end_date") or "", dating)
        inside = tuple(p for p in places if (p.source_type, p.source_id) == document[:2])
        told_of = {place.field for place in inside}
        throughout = len(told_of) > 1 or any(field.startswith(_GENERAL) for field in told_of)
        return DatedUse(document, start, end, throughout, dating.began, dating.said, inside)


def _organisation(document: Document) -> str:
    return document.document.get(_ORGANISATION.get(document.type, "")) or ""
