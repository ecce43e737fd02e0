"""What an evaluation found, as rows of tables and as plain data. No text of a held-out question
is ever in it."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from .retrieval_quality import RANKINGS, Judged, Quality, measure_quality
from .scoring import Outcome
from .totals import GROUPS, MEASURES, Count, Measure, count_failures, group

Rows = list[tuple[str, ...]]
"""The first one holds the heads."""
FINE = ("topic",)
"""Groups so small that their counts would tell of single questions: of open ones only."""
_CALLED = {"words": "words (BM25)", "meaning": "meaning (cosine)", "fused": "both, fused"}


class EvaluationReport:
    """All that can be told of outcomes.

    Args:
        seconds: what each answer took.
    """

    def __init__(
        self, outcomes: Sequence[Outcome], judged: Sequence[Judged], seconds: Sequence[float]
    ) -> None:
        self.outcomes, self.judged = outcomes, judged
        self.seconds = sorted(seconds)
        self.open = [one for one in outcomes if not one.question.held_out]
        self.held_out = [one for one in outcomes if one.question.held_out]

    @cached_property
    def qualities(self) -> dict[str, Quality]:
        """Of each ranking."""
        return measure_quality(self.judged)

    @property
    def fused_is_best(self) -> bool:
        """Whether both together rank better than each alone, or nothing is left to better."""
        *alone, fused = (self.qualities[name].ndcg for name in RANKINGS)
        return not self.judged or fused == 1 or fused > max(alone)

    @property
    def met(self) -> bool:
        """Whether every bar is met, over all questions."""
        return self.fused_is_best and all(measure.met(self.outcomes) for measure in MEASURES)

    def measure_rows(self) -> Rows:
        """Each measure with its bar: of all, of the open and of the held-out questions."""
        sides = (self.outcomes, self.open, self.held_out)
        rows: Rows = [("measure", "bar", "all", "share", "open", "held out", "met")]
        for measure in MEASURES:
            whole, *parts = (measure.count(side) for side in sides)
            told = [f"{whole.right} of {whole.of}", *map(_share, (whole, *parts))]
            rows.append((measure.name, _bar(measure), *told, self._met(measure)))
        return rows

    def retrieval_rows(self) -> Rows:
        """How good each ranking is."""
        rows: Rows = [(f"{len(self.judged)} judged questions", "nDCG@10", "recall@10", "met")]
        best = "yes" if self.fused_is_best else "NO"
        for name, quality in self.qualities.items():
            figures = (f"{quality.ndcg:.3f}", f"{quality.recall:.3f}")
            rows.append((_CALLED[name], *figures, best if name == "fused" else ""))
        return rows

    def group_rows(self, by: str) -> Rows:
        """Questions with nothing wrong about their answers, by what they have in common."""
        counts = self._groups(by)
        rows: Rows = [(by, "open", "", "held out", "")]
        for name, sides in counts.items():
            told = ((f"{side.right} of {side.of}", _share(side)) for side in sides.values())
            rows.append((name, *(cell for cells in told for cell in cells)))
        return rows if by not in FINE else [row[:3] for row in rows]

    def times(self) -> str:
        """What an answer took, in a sentence."""
        half, most = (self._time(part) * 1000 for part in (0.5, 0.95))
        return f"An answer took {half:.1f} ms (median), {most:.1f} ms (p95), in this process."

    def shown_failures(self) -> list[Outcome]:
        """What went wrong with questions that may be looked at."""
        return [outcome for outcome in self.open if not outcome.is_right]

    def hidden_failures(self) -> int:
        """How much went wrong with those that may not."""
        return sum(not outcome.is_right for outcome in self.held_out)

    def plain(self, *, failures: bool = False) -> dict[str, Any]:
        """The same as JSON.

        Args:
            failures: what was answered wrongly, too.
        """
        sides = {"all": self.outcomes, "open": self.open, "held_out": self.held_out}
        plain: dict[str, Any] = {
            "met": self.met,
            "measures": {
                measure.name: {
                    "bar": measure.bar,
                    "met": measure.met(self.outcomes),
                    **{side: _plain(measure.count(some)) for side, some in sides.items()},
                }
                for measure in MEASURES
            },
            "retrieval": {
                "questions": len(self.judged),
                "met": self.fused_is_best,
                **{
                    name: {"ndcg@10": quality.ndcg, "recall@10": quality.recall}
                    for name, quality in self.qualities.items()
                },
            },
            "groups": {
                by: {
                    name: {side: _plain(count) for side, count in counts.items()}
                    for name, counts in self._groups(by).items()
                }
                for by in GROUPS
            },
            "milliseconds": {
                "p50": self._time(0.5) * 1000,
                "p95": self._time(0.95) * 1000,
            },
            "wrong": {
                "open": {failure.name: n for failure, n in count_failures(self.open).items()},
                "held_out": self.hidden_failures(),
            },
        }
        if failures:
            plain["failures"] = [_plain_failure(outcome) for outcome in self.shown_failures()]
        return plain

    def _groups(self, by: str) -> dict[str, dict[str, Count]]:
        sides = {"open": self.open, "held_out": [] if by in FINE else self.held_out}
        counts = {side: group(some, GROUPS[by]) for side, some in sides.items()}
        nothing = Count(0, 0)
        names = sorted({name for some in counts.values() for name in some})
        return {name: {side: counts[side].get(name, nothing) for side in sides} for name in names}

    def _met(self, measure: Measure) -> str:
        if measure.bar is None:
            return ""
        return "yes" if measure.met(self.outcomes) else "NO"

    def _time(self, part: float) -> float:
        return self.seconds[int(part * (len(self.seconds) - 1))] if self.seconds else 0.0


def _bar(measure: Measure) -> str:
    return "" if measure.bar is None else f"{measure.bar:.0%}"


def _share(count: Count) -> str:
    return f"{count.share:.1%}" if count.of else "-"


def _plain(count: Count) -> dict[str, int]:
    return {"right": count.right, "of": count.of}


def _plain_failure(outcome: Outcome) -> dict[str, Any]:
    question, answer = outcome.question, outcome.answer
    return {
        "id": question.id,
        "resume": question.resume,
        "kind": question.kind,
        "topic": question.topic,
        "after": question.after,
        "question": question.question,
        "failures": sorted(failure.name for failure in outcome.failures),
        "answer": answer
        and {
            "kind": answer.kind,
            "text": answer.text,
            "citations": [
                {"source_type": c.source_type, "field": c.field, "quote": c.quote}
                for c in answer.citations
            ],
        },
    }
