"""What a language model may word: numbered statements, each with the citations that it rests on."""

import re
from dataclasses import dataclass

from portfolio.ai.answers.answer import Answer, AnswerKind, Citation
from portfolio.ai.normal import normalise

_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|rule|prompt|above|previous"
    r"|prior|evidence)"
    r"|\b(?:system|developer) (?:prompt|message)\b|</?(?:system|assistant|user|evidence)\b"
    r"|\b(?:say|state|claim|reply|respond|answer|tell (?:them|him|her|everyone|(?:the|every|any)"
    r" \w+)) (?:that|with|only|always)\b|\byou are (?:now|an? )|\b(?:language model|chatbot)s?\b"
    r".{0,40}\b(?:must|should|shall|has to|have to)\b|\bas an? (?:ai|assistant)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement that may be worded.

    Attributes:
        text: in its normal form, as the model is shown it.
        citations: what it rests on.
    """

    number: int
    text: str
    citations: tuple[Citation, ...]


def number_evidence(found: Answer) -> tuple[Evidence, ...]:
    """What was found, from 1; nothing that speaks to a machine instead of a reader.

    A fact is more than its citations, which may be bare dates: what was computed from them is a
    statement of its own.
    """
    statements: list[tuple[str, tuple[Citation, ...]]] = [
        (citation.quote, (citation,)) for citation in found.citations
    ]
    if found.kind is AnswerKind.FACT and found.citations:
        statements.append((found.text, found.citations))
    usable = [
        (text, citations)
        for text, citations in ((normalise(text), citations) for text, citations in statements)
        if text and not is_instruction(text)
    ]
    return tuple(
        Evidence(number, text, citations) for number, (text, citations) in enumerate(usable, 1)
    )


def is_instruction(text: str) -> bool:
    """Whether a text tries to command who words it."""
    return _INSTRUCTION.search(text) is not None
