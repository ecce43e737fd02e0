"""Questions of several sentences: what leads up to them, and several in one."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ..questions.reading import Question

_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_LEAD = re.compile(
    r"^(?:please,? )?(?:(?:do|would|could|can) you (?:happen to )?(?:know|tell (?:me|us)|say)|"
    r"tell (?:me|us)|i(?: would|'d)? (?:like to know|want to know|wonder|am curious))[ ,:]+(?=\w)",
    re.IGNORECASE,
)
_POINTS = re.compile(r"\b(?:it|its|that|this|there|they|them|one)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"^(?:and |so |but )?(?:what|which|who|whose|where|when|why|how|is|are|was|were|do|does|did|"
    r"can|could|has|have|had|would|tell|any)\b",
    re.IGNORECASE,
)


def with_lead(question: Question) -> Question:
    """Without a lead that only names what the last sentence asks about."""
    asked = _LEAD.sub("", question.text)
    if asked != question.text and _ASKS.match(asked):
        question = replace(question, text=asked)
    sentences = _sentences(question)
    if len(sentences) < 2:
        return question
    lead, last = " ".join(sentences[:-1]), sentences[-1]
    before, after = replace(question, text=lead), replace(question, text=last)
    named = [item for mention in before.mentions for item in mention.items]
    things = [item for item in named if item.type in ("project", "work", "publication")]
    is_told = not any(_ASKS.match(sentence) for sentence in sentences[:-1])
    if len(set(things)) != 1 or after.mentions or not is_told or not _POINTS.search(last):
        return question
    if len(before.topic_words) > 1:
        return question
    return replace(question, text=f"{last.rstrip('?!. ')} ({things[0].name})?", focus=(things[0],))


def parts_of(question: Question) -> Iterator[Question]:
    """Each of several questions, the last first."""
    sentences = _sentences(question)
    if len(sentences) > 1:
        for sentence in reversed(sentences):
            part = replace(question, text=sentence)
            if _ASKS.match(sentence) and not _POINTS.search(sentence) and part.content:
                yield part


def _sentences(question: Question) -> list[str]:
    return [part for part in _SENTENCE.split(question.text) if part.strip(" ?.!;")]
