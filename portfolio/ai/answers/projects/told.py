"""What is told of one thing under a heading of its own: what was hard, learnt, reached or used."""

import re

from ..answer import Answer, AnswerKind, Citation
from ..book.items import Item, Sentence
from ..language.words import family
from ..questions.naming import beside_names
from ..questions.reading import PROPER, Question
from ..replies import fact

HEADINGS = (
    (
        r"\b(?:challeng\w*|difficult\w*|hard(?:est|er)?|trouble|problems?|went wrong|go wrong|"
        r"going wrong|obstacles?|tricky|trickiest|tough\w*|struggl\w*|pitfalls?)\b",
        "/challenges",
    ),
    (
        r"\b(?:learn\w*|lessons?|take ?aways?|take away|took away|regret|do differently|"
        r"insights?)\b",
        "/learnings",
    ),
    (
        r"\b(?:achiev\w*|results?|impact|outcomes?|proud\w*|success\w*|accomplish\w*|"
        r"highlights?)\b",
        "/achievements",
    ),
)
"""What a question says, and the field that tells it."""
_USED = (
    r"\b(?:technolog\w+|tech|stack|tools?|what (?:did|do|does|was|were|has|have)(?: \w+){0,2} "
    r"(?:use|used|work with|build (?:it )?with)|languages|frameworks?)\b"
)
_WORDS = family(
    """
    challenge challenges challenging difficult difficulty difficulties hard hardest harder trouble
    problem problems went wrong go going obstacle obstacles tricky trickiest tough toughest struggle
    learn learned learnt lesson lessons take took away takeaway takeaways regret differently insight
    insights achieve achieved achievement achievements result results impact outcome outcomes proud
    proudest success successes successful accomplish accomplishment accomplishments highlight
    highlights part parts thing main biggest face faced overcome encounter encountered project
    working work teach taught happen technology technologies tech stack tool tools use used build
    built technical language languages programming framework frameworks come came time job do
    """
)
_MOST = 4


def answer_told(question: Question) -> Answer | None:
    """The points under the heading that the question asks for, if it asks for nothing else."""
    things = [item for item in question.subjects if item.type in ("project", "work", "volunteer")]
    if not things or question.skills:
        return None
    known = {word for item in question.subjects for word in item.name_roots}
    if any(word not in _WORDS and word not in known for word in question.content):
        return None
    for pattern, field in HEADINGS:
        if question.matches(pattern):
            return _points(question, things[0], field)
    if re.search(_USED, beside_names(question)) and things[0].type != "project":
        return _used(question, things[0])
    return None


def _points(question: Question, thing: Item, field: str) -> Answer | None:
    members = [thing] if thing.type == "project" else question.book.group_of(thing)
    found = [
        member.cite(f"{field}/{place}")
        for member in members
        for place in range(len(member.value(field[1:]) or ()))
    ]
    if not found and field == "/achievements":
        found = [
            member.cite(f"/highlights/{place}")
            for member in members
            for place in range(len(member.value("highlights") or ()))
        ]
    return _quoted(found[:_MOST])


def _used(question: Question, thing: Item) -> Answer | None:
    """The sentences that name what a job was done with, and the lists of its projects."""
    book = question.book
    sentences: list[Sentence] = []
    for name, places in book.skills.items():
        concept = book.vocabulary.concept(name)
        if concept and concept.category in PROPER:
            for place in places:
                if place.item is thing:
                    sentences += [s for s in thing.sentences if s.mark == place.mark]
    found = [one.cite(0.9) for one in dict.fromkeys(sentences)]
    listed = [
        member.cite(f"/technologies/{place}", 0.8)
        for member in book.group_of(thing)
        if member.type == "project"
        for place in range(len(member.value("technologies") or ()))
    ]
    names = list(dict.fromkeys(citation.quote for citation in listed))
    if not found and not names:
        return None
    quotes = " ".join(f"“{citation.quote}”" for citation in found[:6])
    more = f"In projects there: {', '.join(names)}." if names else ""
    return fact(f"{quotes} {more}".strip(), [*found[:6], *listed])


def _quoted(citations: list[Citation]) -> Answer | None:
    if not citations:
        return None
    text = " ".join(f"“{citation.quote}”" for citation in citations)
    return Answer(text, AnswerKind.EXTRACT, tuple(citations), 0.85)
