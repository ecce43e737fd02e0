"""Outcomes counted: as a whole against the bars, and by whatever they have in common."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .schema import Kind
from .scoring import Failure, Outcome

_OF_KIND = {
    Failure.REFUSED,
    Failure.OTHER_EVIDENCE,
    Failure.YES_NO,
    Failure.NOT_REFUSED,
    Failure.NOT_FITTING,
}


@dataclass(frozen=True, slots=True)
class Count:
    """So many of so many."""

    right: int
    of: int

    @property
    def share(self) -> float:
        """From 0 to 1; of none all are right."""
        return self.right / self.of if self.of else 1.0


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is counted.

    Attributes:
        bar: the share that is to be reached; None for what is only told.
    """

    name: str
    bar: float | None
    count: Callable[[Sequence[Outcome]], Count]

    def met(self, outcomes: Sequence[Outcome]) -> bool:
        """Whether the bar is reached."""
        return self.bar is None or self.count(outcomes).share >= self.bar


def _kind(*kinds: Kind) -> Callable[[Sequence[Outcome]], Count]:
    def count(outcomes: Sequence[Outcome]) -> Count:
        asked = [outcome for outcome in outcomes if outcome.question.kind in kinds]
        return Count(sum(not outcome.failures & _OF_KIND for outcome in asked), len(asked))

    return count


def _quotes(outcomes: Sequence[Outcome]) -> Count:
    made = sum(outcome.quotes[0] for outcome in outcomes)
    return Count(sum(outcome.quotes[1] for outcome in outcomes), made)


def _unclaimed(outcomes: Sequence[Outcome]) -> Count:
    asked = [outcome for outcome in outcomes if outcome.question.absent]
    return Count(sum(Failure.CLAIMED not in outcome.failures for outcome in asked), len(asked))


def _allowed(outcomes: Sequence[Outcome]) -> Count:
    asked = [outcome for outcome in outcomes if outcome.question.forbidden]
    return Count(sum(Failure.FORBIDDEN not in outcome.failures for outcome in asked), len(asked))


MEASURES = (
    Measure("answerable: right evidence", 0.95, _kind(Kind.ANSWERABLE)),
    Measure("unanswerable: refused", 0.90, _kind(Kind.UNANSWERABLE)),
    Measure("quotes: verbatim in their source", 1.0, _quotes),
    Measure("what is absent: nothing claimed", 1.0, _unclaimed),
    Measure("what is forbidden: not said", 1.0, _allowed),
    Measure("smalltalk and hostile: fitting", None, _kind(Kind.SMALLTALK, Kind.HOSTILE)),
)

GROUPS: dict[str, Callable[[Outcome], str]] = {
    "kind": lambda outcome: outcome.question.kind,
    "topic": lambda outcome: outcome.question.topic,
    "résumé": lambda outcome: outcome.question.resume,
    "asked": lambda outcome: "as a follow-up" if outcome.question.after else "alone",
}
"""What outcomes are grouped by, and the group of each."""


def group(outcomes: Iterable[Outcome], by: Callable[[Outcome], str]) -> dict[str, Count]:
    """How many outcomes of each group are right in everything, by the group's name."""
    groups: defaultdict[str, list[bool]] = defaultdict(list)
    for outcome in outcomes:
        groups[by(outcome)].append(outcome.is_right)
    return {name: Count(sum(rights), len(rights)) for name, rights in sorted(groups.items())}


def count_failures(outcomes: Iterable[Outcome]) -> dict[Failure, int]:
    """How often each thing was wrong, the commonest first."""
    counts = dict.fromkeys(Failure, 0)
    for outcome in outcomes:
        for failure in outcome.failures:
            counts[failure] += 1
    return {f: n for f, n in sorted(counts.items(), key=lambda item: -item[1]) if n}
