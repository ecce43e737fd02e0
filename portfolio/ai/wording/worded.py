"""An answer in a model's words, made sentence by sentence of what the evidence supports."""

from collections.abc import Sequence

from portfolio.ai.answers.answer import Answer, AnswerKind, Citation
from portfolio.ai.normal import normalise
from portfolio.ai.wording.drafts import LONGEST, Draft, DraftReader
from portfolio.ai.wording.evidence import Evidence
from portfolio.ai.wording.support import is_supported, refers_back


class Wording:
    """Takes what the model writes as it comes, and lets pass what is supported.

    Attributes:
        kept: number of sentences that were supported.
        dropped: number of those that were not.
    """

    def __init__(self, question: str, found: Answer, evidence: Sequence[Evidence]) -> None:
        self.kept = self.dropped = 0
        self._question = normalise(question)
        self._found = found
        self._evidence = {item.number: item for item in evidence}
        self._reader = DraftReader()
        self._sentences: list[str] = []
        self._citations: list[Citation] = []
        self._before: frozenset[int] = frozenset()

    def feed(self, text: str) -> list[str]:
        """The supported ones of the sentences that are complete now."""
        return self._check(self._reader.feed(text))

    def finish(self) -> list[str]:
        """The supported ones of what is left at the end."""
        return self._check(self._reader.finish())

    def answer(self) -> Answer | None:
        """Of all sentences that were let pass; None without any."""
        if not self._sentences:
            return None
        return Answer(
            " ".join(self._sentences),
            AnswerKind.GENERATED,
            tuple(self._citations),
            self._found.confidence,
            self._found.understood,
        )

    def _check(self, drafts: Sequence[Draft]) -> list[str]:
        passed = []
        for draft in drafts:
            numbers = self._support(draft)
            self._before = frozenset(numbers)
            if not numbers:
                self.dropped += 1
                continue
            self.kept += 1
            passed.append(draft.text)
            self._cite(numbers)
        self._sentences += passed
        return passed

    def _support(self, draft: Draft) -> list[int]:
        """The numbers of the evidence that supports it, of those that it names."""
        if (
            not draft.text
            or len(draft.text) > LONGEST
            or not set(draft.numbers) <= set(self._evidence)
        ):
            return []
        return [number for number in draft.numbers if self._is_supported_by(draft.text, number)]

    def _is_supported_by(self, sentence: str, number: int) -> bool:
        statement = self._evidence[number].text
        if refers_back(sentence, statement) and number not in self._before:
            return False
        return is_supported(sentence, statement, self._question)

    def _cite(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            for citation in self._evidence[number].citations:
                if citation not in self._citations:
                    self._citations.append(citation)
