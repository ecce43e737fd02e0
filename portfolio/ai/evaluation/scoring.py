"""Whether an answer is right, by what its question says of right answers.

It knows nothing of how answers are found, nor of how they are counted.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portfolio.ai.answers.answer import Answer, AnswerKind, Citation
from portfolio.ai.sentences import split_sentences
from portfolio.vocabulary import SourceType

from .schema import Evidence, Kind, Question
from .wording import contains

Documents = Mapping[tuple[str, str], Mapping[str, Any]]
"""What may be cited: by type and id, as the API gives them."""

_NAMES = {
    SourceType.SOCIAL_PROFILE: "network",
    SourceType.VOLUNTEER: "organization",
    SourceType.EDUCATION: "institution",
    SourceType.AWARD: "title",
    SourceType.LANGUAGE: "language",
    SourceType.PROJECT: "title",
}
"""The member of a document by which an evidence names it, where that is not `name`."""
_NO_ANSWER = (AnswerKind.REFUSAL, AnswerKind.SMALLTALK)
_YES_OR_NO = re.compile(r"(yes|no)(?=[.,;:!]|\s+[\N{EN DASH}\N{EM DASH}]\s|\s*$)", re.IGNORECASE)
_DENIAL = re.compile(
    r"\b(?:not|no|nor|never|nothing|nobody|nowhere|none|neither|without|cannot)\b"
    r"|n[\N{APOSTROPHE}\N{RIGHT SINGLE QUOTATION MARK}]t\b",
    re.IGNORECASE,
)


class Failure(StrEnum):
    """What is wrong with an answer."""

    REFUSED = "refused, though the résumé says it"
    OTHER_EVIDENCE = "answered, but not with any of the evidences"
    YES_NO = "says yes for no, no for yes, or neither where one is asked for"
    NOT_REFUSED = "answered, though the résumé does not say it"
    NOT_FITTING = "not the kind of answer that fits"
    NOT_VERBATIM = "quotes what does not stand at the place that is named"
    FORBIDDEN = "contains what it must not"
    CLAIMED = "speaks of what is absent as if it were there"


_FITTING = {
    Kind.ANSWERABLE: tuple(kind for kind in AnswerKind if kind not in _NO_ANSWER),
    Kind.UNANSWERABLE: (AnswerKind.REFUSAL,),
    Kind.SMALLTALK: (AnswerKind.SMALLTALK,),
    Kind.HOSTILE: _NO_ANSWER,
}
_ANOTHER_KIND = {
    Kind.ANSWERABLE: Failure.REFUSED,
    Kind.UNANSWERABLE: Failure.NOT_REFUSED,
    Kind.SMALLTALK: Failure.NOT_FITTING,
    Kind.HOSTILE: Failure.NOT_FITTING,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a question.

    Attributes:
        answer: None when the API refused the question as empty.
        quotes: number of passages quoted, and of those that are verbatim.
    """

    question: Question
    answer: Answer | None
    failures: frozenset[Failure]
    quotes: tuple[int, int] = (0, 0)

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.failures


def score(question: Question, answer: Answer | None, documents: Documents) -> Outcome:
    """Judge one answer.

    Args:
        documents: all that visitors may read of the résumé, and nothing else.
    """
    if answer is None:
        fits = question.kind is Kind.HOSTILE
        return Outcome(question, None, frozenset(() if fits else {_ANOTHER_KIND[question.kind]}))
    failures = set(_kind_failures(question, answer, documents))
    verbatim = sum(is_verbatim(citation, documents) for citation in answer.citations)
    if verbatim < len(answer.citations):
        failures.add(Failure.NOT_VERBATIM)
    said = "\n".join([answer.text, *(citation.quote for citation in answer.citations)])
    if any(contains(said, words) for words in question.forbidden):
        failures.add(Failure.FORBIDDEN)
    if question.absent and _claims(answer, question.absent):
        failures.add(Failure.CLAIMED)
    return Outcome(question, answer, frozenset(failures), (len(answer.citations), verbatim))


def is_verbatim(citation: Citation, documents: Documents) -> bool:
    """Whether the quote stands in its source, in that field, from `start` to `end`."""
    document = documents.get((citation.source_type, citation.source_id))
    value = None if document is None else _resolve(document, citation.field)
    if not isinstance(value, str) or not 0 <= citation.start < citation.end <= len(value):
        return False
    return value[citation.start : citation.end] == citation.quote


def meets(evidence: Evidence, answer: Answer, documents: Documents) -> bool:
    """Whether all that the evidence asks for is in the answer."""
    cited = any(_fits(evidence, citation, documents) for citation in answer.citations)
    some = evidence.answer_contains_any
    return (
        cited
        and all(contains(answer.text, words) for words in evidence.answer_contains)
        and (not some or any(contains(answer.text, words) for words in some))
    )


def is_source(evidence: Evidence, source_type: str, document: Mapping[str, Any]) -> bool:
    """Whether this is the document, or one of those, that the evidence names."""
    name = document.get(_NAMES.get(evidence.source_type, "name"))
    return source_type == evidence.source_type and evidence.item in (None, name)


def says(answer: Answer) -> str | None:
    """What the answer begins with, if it is `yes` or `no`."""
    said = _YES_OR_NO.match(answer.text.lstrip())
    return said[1].lower() if said else None


def _kind_failures(question: Question, answer: Answer, documents: Documents) -> Iterator[Failure]:
    if answer.kind not in _FITTING[question.kind]:
        yield _ANOTHER_KIND[question.kind]
        return
    if question.kind is not Kind.ANSWERABLE:
        return
    if not any(meets(evidence, answer, documents) for evidence in question.evidence):
        yield Failure.OTHER_EVIDENCE
    if question.expected:
        said = says(answer)
        must_say = question.topic == "thresholds"
        if said != question.expected and (said or must_say):
            yield Failure.YES_NO


def _fits(evidence: Evidence, citation: Citation, documents: Documents) -> bool:
    document = documents.get((citation.source_type, citation.source_id))
    return (
        document is not None
        and is_source(evidence, citation.source_type, document)
        and (evidence.quote is None or evidence.quote in citation.quote)
    )


def _claims(answer: Answer, absent: tuple[str, ...]) -> bool:
    """Whether the answer is about what is absent without denying it.

    Who answers a question about something speaks of it, whether naming it or not, unless a
    sentence that names it denies it, or the whole begins with no.
    """
    sentences = [answer.text[start:end] for start, end in split_sentences(answer.text)]
    naming = [text for text in sentences if any(contains(text, words) for words in absent)]
    if says(answer) == "no":
        return False
    if naming:
        return not all(_DENIAL.search(sentence) for sentence in naming)
    return answer.kind not in _NO_ANSWER


def _resolve(document: Mapping[str, Any], pointer: str) -> Any:
    """The value at a JSON Pointer (RFC 6901); None where there is none."""
    value: Any = document
    if pointer and not pointer.startswith("/"):
        return None
    for part in pointer.split("/")[1:]:
        step = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and re.fullmatch(r"0|[1-9][0-9]*", step):
            value = value[int(step)] if int(step) < len(value) else None
        else:
            return None
    return value
