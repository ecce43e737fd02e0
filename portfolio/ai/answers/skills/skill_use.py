"""Where the portfolio shows a skill, and for how long it was used."""

from collections.abc import Sequence

from ..answer import Citation
from ..book.book import Book
from ..book.items import Item
from ..book.skill_places import Place
from ..language.words import family
from ..questions.reading import Question

SKILL_WORDS = family(
    """
    skill skills know knows knowledge use used using experience experienced work worked working
    year years month months how long many much good strong well proficient proficiency level expert
    beginner since when start started begin first last learn pick any have has does familiar
    familiarity background production ever able can time been professionally professional hands
    least more than over minimum need require required requirement looking ask qualify would
    write writes writing code coding program programming develop developing developer development
    decade decades under less exactly fewer really honestly fluent deep advanced skilled tell
    about comfortable touch touched try tried hand anything serious combination both either
    together own great lot bit some put
    """
)

SHOWN = 4
NOT_DATED = "the portfolio gives no dates for it"


def is_told(book: Book, item: Item, field: str) -> bool:
    """Whether a text is of sentences, and no name in a list."""
    return any(one.prose for one in book.sentences_at(item.type, item.document.id, field))


def evidence(question: Question, name: str, most: int = SHOWN) -> list[Citation]:
    """The places that show a skill best: sentences at work, then its name in lists."""
    rank = {"skill": 0, "work": 1, "project": 2}
    places = sorted(
        question.book.skills.get(name, ()),
        key=lambda place: (place.denied, rank.get(place.item.type, 3)),
    )
    places = [place for place in places if place.denied is places[0].denied]
    chosen: list[Place] = []
    for kind in ("skill", "work", "project", "profile", "certificate", "publication", "volunteer"):
        of_kind = [place for place in places if place.item.type == kind]
        prose = [place for place in of_kind if is_told(question.book, place.item, place.mark.field)]
        chosen += (prose or of_kind)[: 2 if kind in ("work", "project") else 1]
    chosen = chosen or places
    told = [place for place in chosen if is_told(question.book, place.item, place.mark.field)]
    if told:
        chosen = told
    return [
        place.item.cite(place.mark.field, 0.9, (place.mark.start, place.mark.end))
        for place in chosen[: most + 1]
    ]


def present(question: Question, name: str) -> str:
    """The skill of the portfolio that is this one or implies it; empty if there is none."""
    book = question.book
    if name in book.skills:
        return name
    for own in book.skills:
        if name in book.vocabulary.implied_by([own]):
            return own
    return ""


def quoted_where(question: Question, citations: Sequence[Citation]) -> str:
    """Quotes, each with the name of what it stands in."""
    parts = []
    for citation in dict.fromkeys(citations):
        item = question.book.item(citation.source_type, citation.source_id)
        where = f" ({item.name})" if item and item.type != "profile" else ""
        parts.append(f"“{citation.quote}”{where}")
    return " ".join(parts)


def told_of(question: Question, citations: Sequence[Citation]) -> list[Citation]:
    """Those of sentences."""
    book = question.book
    return [
        one
        for one in citations
        if (item := book.item(one.source_type, one.source_id)) and is_told(book, item, one.field)
    ]
