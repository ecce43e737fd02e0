"""What somebody felt, and how others dealt with them: no date or title tells it."""

import re

from ..answer import Answer
from ..language.wordings import ATTITUDES
from ..questions.naming import beside_names, group_of
from ..questions.reading import Question
from ..replies import refusal


def refuse_attitude(question: Question) -> Answer | None:
    """A refusal if it is asked how somebody felt and no sentence of that place has a word of it."""
    plain = beside_names(question)
    name = re.escape(question.book.first_name.lower() or "she")
    for attitude in ATTITUDES:
        if not re.search(attitude.asks.replace("{name}", name), plain):
            continue
        things = [item for item in question.subjects if item.type not in ("skill", "reference")]
        if attitude.of_things and not things:
            continue
        items = group_of(question, things) or frozenset(question.book.items)
        topic = set(question.topic_words) if attitude.with_topic else set()
        sentences = (sentence for item in items for sentence in item.sentences)
        if not any(
            attitude.says.search(one.text) and (not topic or topic & one.roots) for one in sentences
        ):
            return refusal(f"The portfolio does not say {attitude.called}.")
    return None
