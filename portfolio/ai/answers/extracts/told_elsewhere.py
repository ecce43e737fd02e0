"""What is asked of one employer or project, and told of another."""

from ..answer import Answer
from ..language.words import root
from ..questions.reading import Question
from ..replies import refusal
from .asking import Asking, scope_of

_WORDS = 2
_RARE = 4
"""So many words that so few items have: others may be told of anything."""
_ELSEWHERE, _AHEAD = 0.74, 0.4
"""How much of what is asked a sentence elsewhere has, and how much more than any there."""


def refuse_told_elsewhere(question: Question) -> Answer | None:
    """A refusal if nearly all that is asked of a thing stands in a sentence of another."""
    asking = Asking(question)
    things = [item.name for item in question.subjects if item.type != "skill"]
    rare = {word for word, *_ in asking.topic if 0 < question.book.frequency(word) <= _RARE}
    if not things or not asking.is_scoped or len(rare) < _WORDS or question.follows:
        return None
    here = [s for s in question.book.sentences if s.item in asking.scope or s in asking.naming]
    most = max((asking.said(one).covered for one in here), default=0.0)
    there = {*asking.scope, *scope_of(question)}
    others = [s for s in question.book.sentences if s.prose and s.item not in there]
    best = max(others, key=lambda one: asking.said(one).exact, default=None)
    if best is None or asking.said(best).exact < max(_ELSEWHERE, most + _AHEAD):
        return None
    named = {root(w) for one in question.mentions for w in question.words[one.start : one.end]}
    if len(rare & best.roots) < _WORDS or named & best.roots:
        return None
    where = f" ({best.item.name})" if best.item.type != "profile" else ""
    return refusal(
        f"The portfolio does not say that of {things[0]}. It says elsewhere{where}: “{best.text}”",
        [best.cite(0.5)],
    )
