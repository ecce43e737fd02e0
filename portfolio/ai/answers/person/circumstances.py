"""Questions about wishes and circumstances that a portfolio tells in its own sentences."""

from ..answer import Answer, AnswerKind, Citation
from ..language.wordings import TOLD
from ..questions.reading import Question

_MOST = 2
_OTHERWISE = r"^(?:and |to |from |in |for )?(?:which|who|whom|why|when)\b"


def answer_circumstances(question: Question) -> Answer | None:
    """The sentences in which somebody tells how they work or what they look for."""
    if question.mentions or question.focus or question.years or question.matches(_OTHERWISE):
        return None
    for told in TOLD:
        if question.matches(told.asks):
            found = [
                sentence.cite(0.85)
                for item in question.book.of("profile", "work")
                if item.type == "profile" or item.is_current or told.is_past
                for sentence in item.sentences
                if told.says.search(sentence.text)
            ]
            if found:
                return _quoted(found[:_MOST])
    return None


def _quoted(citations: list[Citation]) -> Answer:
    text = " ".join(f"“{citation.quote}”" for citation in citations)
    return Answer(text, AnswerKind.EXTRACT, tuple(citations), 0.8)
