"""A text of a model's, made sentence by sentence of what the evidence supports."""

import re
from collections.abc import Sequence

from portfolio.ai.normal import normalise
from portfolio.ai.wording.drafts import LONGEST, Draft, DraftReader
from portfolio.ai.wording.evidence import Evidence
from portfolio.ai.wording.support import is_supported, refers_back

_SPEAKER = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|us)\b")


class Checking:
    """Takes what the model writes as it comes, and lets pass what is supported.

    Attributes:
        kept: number of sentences that were supported.
        dropped: number of those that were not.
        sentences: those that were supported.
    """

    def __init__(self, question: str, evidence: Sequence[Evidence]) -> None:
        self.kept = self.dropped = 0
        self.sentences: list[str] = []
        self._question = normalise(question)
        self._evidence = {item.number: item for item in evidence}
        self._reader = DraftReader()
        self._before: frozenset[int] = frozenset()

    def feed(self, text: str) -> list[str]:
        """The supported ones of the sentences that are complete now."""
        return self._check(self._reader.feed(text))

    def finish(self) -> list[str]:
        """The supported ones of what is left at the end."""
        return self._check(self._reader.finish())

    def note_support(self, evidence: Evidence) -> None:
        """That a sentence which was let pass rests on this."""

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
            for number in numbers:
                self.note_support(self._evidence[number])
        self.sentences += passed
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
        if _speaks_for_another(self._evidence[number]):
            return sentence.rstrip(".") == statement.rstrip(".")
        return is_supported(sentence, statement, self._question)


def _speaks_for_another(evidence: Evidence) -> bool:
    """Whether its "I" is somebody who speaks of the owner, as in a reference."""
    is_reference = any(one.source_type == "reference" for one in evidence.citations)
    return is_reference and _SPEAKER.search(evidence.text) is not None
