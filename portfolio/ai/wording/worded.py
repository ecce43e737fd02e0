"""An answer in a model's words, with the citations that its sentences rest on."""

from collections.abc import Sequence

from portfolio.ai.answers.answer import Answer, AnswerKind, Citation
from portfolio.ai.wording.checking import Checking
from portfolio.ai.wording.evidence import Evidence


class Wording(Checking):
    """The check of an answer."""

    def __init__(self, question: str, found: Answer, evidence: Sequence[Evidence]) -> None:
        super().__init__(question, evidence)
        self._found = found
        self._citations: list[Citation] = []

    def note_support(self, evidence: Evidence) -> None:
        """Cite what it rests on, each place once."""
        for citation in evidence.citations:
            if citation not in self._citations:
                self._citations.append(citation)

    def answer(self) -> Answer | None:
        """Of all sentences that were let pass; None without any."""
        if not self.sentences:
            return None
        return Answer(
            " ".join(self.sentences),
            AnswerKind.GENERATED,
            tuple(self._citations),
            self._found.confidence,
            self._found.understood,
        )
