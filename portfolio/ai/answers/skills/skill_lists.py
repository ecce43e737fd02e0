"""Questions for skills of a kind: databases, frameworks, tools for something."""

import re
from collections.abc import Sequence

from ...skills.concepts import Category
from ..answer import Answer
from ..book.items import Item
from ..language.wordings import SKILL_CLASSES
from ..language.words import root, roots
from ..questions.matching import best_matches
from ..questions.reading import Question
from ..replies import Part, listed
from .skill_use import SKILL_WORDS, evidence

_KINDS = frozenset(
    map(root, ("tool", "framework", "library", "technology", "software", "package", "product"))
)

_CLASSES = (
    (
        r"programming languages?|coding languages?|languages? (?:does|do|can|has|have) "
        r".* (?:write|code|program|use)"
        r"|(?:write|code|program)s? in",
        (Category.LANGUAGE,),
    ),
    (r"databases?|data stores?|dbs?", (Category.DATABASE,)),
    (r"frameworks?", (Category.FRAMEWORK,)),
    (r"libraries|library", (Category.LIBRARY,)),
    (r"cloud(?: providers?| platforms?| services)?", (Category.CLOUD,)),
    (r"operating systems?", (Category.OS,)),
    (r"testing|test (?:tools|frameworks)", (Category.TESTING,)),
    (r"protocols?", (Category.PROTOCOL,)),
)
_WHAT_FOR = r"^(?:and )?(?:what|why)\b.*\bfor$"
_OF_SKILLS = r"\b(?:skills?|tools?|technolog\w+|frameworks?|libraries|stack|list|know|use[ds]?)\b"


def answer_which_skills(question: Question) -> Answer | None:
    """Skills of a kind, from the groups of the list of skills and from what is known of them."""
    if not question.matches(
        r"\b(?:which|what|list|all|any|name|her|his|their|your|top|main|\w+ (?:tools|frameworks|"
        r"libraries|databases|technologies|skills))\b"
    ):
        return None
    groups = question.book.of("skill")
    if not groups or question.named("project", "work") or question.matches(_WHAT_FOR):
        return None
    rest = [word for word in question.topic_words if word not in SKILL_WORDS]
    for pattern, categories in _CLASSES:
        if question.matches(rf"\b(?:{pattern})\b"):
            words = {root(word) for word in re.findall(r"[a-z]+", pattern)}
            words |= {root(word) for word in ("provider", "platform", "service", "system", "tool")}
            others = [word for word in rest if word not in words]
            if not others:
                return _of_kind(question, categories)
    if not rest:
        if question.matches(r"\b(?:skills|technologies|tech stack|tools|strengths|good at)\b"):
            return listed([_group(group) for group in groups])
        return None
    if not question.matches(
        r"\b(?:skills?|tools?|technolog\w+|frameworks?|libraries|stack|which|list|what "
        r".* (?:know|use))\b"
    ):
        return None
    rest = [word for word in rest if word not in _KINDS]
    of_kind = _that_are(question, rest)
    if of_kind is not None:
        return of_kind
    found = best_matches(groups, rest) or [
        group
        for group in groups
        if len(rest) == 2
        and question.matches(_OF_SKILLS)
        and any(word in roots(group.name) for word in rest)
    ]
    return listed([_group(group) for group in found[:3]]) if found else None


def _that_are(question: Question, rest: Sequence[str]) -> Answer | None:
    """The skills that are of a kind which the vocabulary knows: GitHub Actions is CI."""
    book = question.book
    for word in question.words:
        name = book.vocabulary.name_of(word) if root(word) in rest else None
        if name is None or name in book.skills or len(rest) > 1:
            continue
        own = [one for one in book.skills if name in book.vocabulary.implied_by([one])]
        parts = [Part(one, tuple(evidence(question, one, 1))) for one in own]
        if parts:
            return listed(parts)
    return None


def _group(group: Item) -> Part:
    words = list(group.value("keywords") or ())
    pointers = [f"/keywords/{place}" for place in range(len(words))]
    level = f" ({group.text('/level')})" if group.text("/level") else ""
    names = f": {', '.join(words)}" if words else ""
    return Part(f"{group.name}{level}{names}", group.cite_all("/name", "/level", *pointers))


def _of_kind(question: Question, categories: Sequence[Category]) -> Answer | None:
    parts = []
    seen = set()
    for name, places in question.book.skills.items():
        if name.lower() in SKILL_CLASSES:
            continue
        concept = question.book.vocabulary.concept(name)
        listed_places = [place for place in places if place.item.type in ("skill", "project")]
        if concept and concept.category in categories and listed_places and name not in seen:
            seen.add(name)
            listed_places.sort(key=lambda place: place.item.type != "skill")
            place = listed_places[0]
            parts.append(
                Part(
                    name,
                    (place.item.cite(place.mark.field, 0.9, (place.mark.start, place.mark.end)),),
                )
            )
    return listed(parts) if parts else None
