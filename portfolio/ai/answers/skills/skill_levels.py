"""Questions which skills are of a level, or the strongest or weakest of all."""

from ..answer import Answer
from ..book.items import Item
from ..language.wordings import LEVEL_WORDS, RANKS, STRONGEST, WEAKEST
from ..language.words import roots
from ..questions.reading import Question
from ..replies import Part, listed


def answer_level(question: Question) -> Answer | None:
    """The groups of skills that have the level which the question names and nothing else."""
    if question.skills or question.mentions or not question.matches(_ASKS):
        return None
    groups = [group for group in question.book.of("skill") if _rank(group) is not None]
    words = {word for plain in question.words for word in roots(plain)}
    asked = [place for place, rank in enumerate(RANKS) if words & rank]
    extreme = (WEAKEST | STRONGEST) & words
    named = frozenset[str]().union(*RANKS) | WEAKEST | STRONGEST | LEVEL_WORDS
    if not groups or any(word not in named for word in question.content):
        return None
    if len(asked) == 1:
        found = [group for group in groups if _rank(group) == asked[0]]
    elif extreme and not asked:
        ranks = [_rank(group) or 0 for group in groups]
        wanted = min(ranks) if extreme & WEAKEST else max(ranks)
        found = [group for group in groups if (_rank(group) or 0) == wanted]
    else:
        return None
    return listed([_told(group) for group in found]) if found else None


_ASKS = (
    r"\b(?:which|what|any|name|list|skills?|areas?)\b.*|\b(?:strongest|weakest|"
    r"best) (?:skill|"
    r"area|field|at)\b"
)


def _rank(group: Item) -> int | None:
    level = set(roots(group.text("/level")))
    return next((place for place, rank in enumerate(RANKS) if level & rank), None)


def _told(group: Item) -> Part:
    words = list(group.value("keywords") or ())
    pointers = [f"/keywords/{place}" for place in range(len(words))]
    names = f": {', '.join(words)}" if words else ""
    return Part(
        f"{group.name} ({group.text('/level')}){names}",
        group.cite_all("/name", "/level", *pointers),
    )
