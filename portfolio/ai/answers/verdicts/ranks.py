"""Words of rank in a question: Yes to it says that the thing has that rank."""

from collections.abc import Iterable

from ...lexical import fold
from ..answer import Citation
from ..book.items import Item
from ..language.words import family, root, words_of
from ..questions.reading import Question

_ORDER = family("first second third fourth fifth gold silver bronze top best")
_RANKED = frozenset({"award", "certificate"})
"""What is first or second by rank; jobs and talks are so by time."""
_TITLES = family(
    "professional associate expert specialist master senior junior practitioner fellow full"
)
_LEVELS = (
    (
        "fluent fluently proficient bilingual",
        "fluent proficient bilingual native mother professional c1 c2 full expert advanced",
    ),
    ("native mother", "native mother first"),
    ("expert guru", "expert guru specialist master"),
    ("advanced", "advanced proficient expert c1 c2"),
    ("intermediate", "intermediate medium moderate b1 b2"),
    ("beginner novice", "beginner novice basic elementary a1 a2"),
)
"""What is asked, and any of what must be told."""
_RANKS = tuple((family(asked), family(told)) for asked, told in _LEVELS)


def ranks_held(question: Question, citations: Iterable[Citation], items: Iterable[Item]) -> bool:
    """Whether each word of rank is said of what is cited, or another word for the same rank."""
    of = set(items)
    types = {item.type for item in of}
    named = {fold(word) for one in question.found_skills for word in words_of(one.surface)}
    asked = {root(word) for word in question.words if word not in named}
    told = {root(fold(word)) for citation in citations for word in words_of(citation.quote)}
    if len(of) == 1 and types <= _RANKED and not asked & (_ORDER | _TITLES) <= told:
        return False
    return all(told & rank for words, rank in _RANKS if asked & words)
