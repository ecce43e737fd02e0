"""A skill or project that is asked about where there was nothing of it."""

from itertools import pairwise

from ..answer import Answer
from ..questions.naming import is_its_name, stand_apart
from ..questions.reading import Question
from ..replies import describe, listed, refusal
from ..skills.skill_use import present

_EMPLOYS = r"\b(?:employers?|employed|salaried|on the payroll|hired)\b"


def refuse_conflict(question: Question) -> Answer | None:
    """A skill or project that is asked about at an employer that has nothing of it."""
    named = [(mention, item) for mention in question.mentions for item in mention.items]
    works = [
        item
        for mention, item in named
        if item.type in ("work", "volunteer", "education") and is_its_name(question, mention, item)
    ]
    projects = [item for _mention, item in named if item.type == "project"]
    if not works:
        return None
    if question.matches(_EMPLOYS) and all(item.type == "volunteer" for item in works):
        voluntary = listed([describe(item) for item in works])
        return refusal(
            f"The portfolio has that as voluntary work: {voluntary.text}", voluntary.citations
        )
    group = {member for work in works for member in question.book.group_of(work)}
    names = {word for work in works for word in work.name.split()[:1]}
    strangers = [
        project
        for project in projects
        if project not in group
        and not any(name in one.text for one in project.sentences for name in names)
    ]
    if projects and strangers and not _all_apart(question):
        said = describe(strangers[0])
        return refusal(
            f"The portfolio does not connect {strangers[0].name} with {works[0].name}. "
            f"It says: {said.text}.",
            said.citations,
        )
    for name in question.skills:
        own = present(question, name)
        shown = question.book.skills.get(own, ())
        if shown and not any(place.item in group for place in shown):
            return refusal(f"The portfolio does not say that {own} was used at {works[0].name}.")
    return None


def _all_apart(question: Question) -> bool:
    """Whether nothing that it names need belong to what is named next."""
    return all(stand_apart(question, *pair) for pair in pairwise(question.mentions))
