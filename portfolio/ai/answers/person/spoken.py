"""Questions whether somebody can work in a spoken language, however long the sentence around."""

import re

from ...lexical import fold
from ..answer import Answer
from ..book.items import Item
from ..language.wordings import PATTERNS, WEAKLY
from ..language.words import words_of
from ..questions.reading import Question
from ..replies import Part, describe, listed, refusal

_OTHER = (
    r"\b(?:native|mother|when|where|why|who|which|taught|teach|wrote|written|publish|"
    r"published|course|translat\w+)\b"
)
_FLUENT = re.compile(r"native|mother|first|fluent|bilingual|profession|profici|c1|c2|b2", re.I)


def answer_spoken(question: Question) -> Answer | None:
    """How well the languages that it names are spoken, if it asks for the owner's ability."""
    signed = _signed_only(question)
    if signed:
        said = listed([describe(item) for item in signed])
        return refusal(f"The portfolio does not say that. It says: {said.text}", said.citations)
    items = [item for item in question.book.of("language") if fold(item.name) in question.words]
    if not items or question.skills or not question.matches(PATTERNS["able"]):
        return None
    others = [
        mention
        for mention in question.mentions
        if not any(item.type == "language" for item in mention.items)
    ]
    last = _last_clause(question.text)
    if others or re.search(_OTHER, " ".join(words_of(last))) or not _asks_of_owner(question, last):
        return None
    parts = [Part(f"{describe(item).text}", describe(item).citations) for item in items]
    return listed(parts, "Yes: " if all(map(_is_fluent, items)) and _is_yes_no(last) else "")


def _signed_only(question: Question) -> list[Item]:
    """Sign languages whose country is asked for as if it were the language."""
    words = set(question.words)
    own = {fold(item.name): item for item in question.book.of("language")}
    if words & {"sign", "signs", "signing"} or words & own.keys():
        return []
    if not question.matches(r"\b(?:speaks?|spoken|fluent|understands?)\b"):
        return []
    signed = [(name.split()[0], item) for name, item in own.items() if "sign" in name.split()]
    return [item for country, item in signed if country in words]


def _last_clause(text: str) -> str:
    clauses = [part for part in re.split(r"(?<=[.!?;])\s+", text) if part.strip(" ?.!;")]
    return clauses[-1] if clauses else text


def _asks_of_owner(question: Question, last: str) -> bool:
    words = set(words_of(last))
    return question.is_about_owner and not words & {"did", "was", "were"}


def _is_yes_no(last: str) -> bool:
    return re.search(r"\b(?:can|could|is|does|would|able)\b", last, re.I) is not None and not (
        re.search(r"\b(?:how|problem|or)\b", last, re.I)
    )


def _is_fluent(item: Item) -> bool:
    fluency = item.text("/fluency")
    return bool(_FLUENT.search(fluency)) and not set(words_of(fluency)) & WEAKLY
