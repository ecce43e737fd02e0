"""Counting outcomes: what each measure counts, and when its bar is met."""

from portfolio.ai.answers.answer import Answer, AnswerKind
from portfolio.ai.evaluation.schema import Evidence, Kind, Question
from portfolio.ai.evaluation.scoring import Failure, Outcome
from portfolio.ai.evaluation.totals import GROUPS, MEASURES, Count, count_failures, group
from portfolio.vocabulary import SourceType

ANSWER = Answer("", AnswerKind.REFUSAL)
EVIDENCE = (Evidence(source_type=SourceType.WORK, quote="Go"),)


def outcome(kind: Kind, *wrong: Failure, quotes: tuple[int, int] = (0, 0), **given: str) -> Outcome:
    lists = {name: (words,) for name, words in given.items() if name != "resume"}
    asked = Question(
        id="a-question",
        resume=given.get("resume", "one"),
        question="?",
        kind=kind,
        topic="skills",
        evidence=EVIDENCE if kind is Kind.ANSWERABLE else (),
        **lists,
    )
    return Outcome(asked, ANSWER, frozenset(wrong), quotes)


OUTCOMES = [
    outcome(Kind.ANSWERABLE, quotes=(2, 2)),
    outcome(Kind.ANSWERABLE, Failure.NOT_VERBATIM, quotes=(3, 2), after="Before?"),
    outcome(Kind.ANSWERABLE, Failure.OTHER_EVIDENCE, resume="two"),
    outcome(Kind.ANSWERABLE, Failure.YES_NO),
    outcome(Kind.UNANSWERABLE, absent="Rust"),
    outcome(Kind.UNANSWERABLE, Failure.NOT_REFUSED, Failure.CLAIMED, absent="Rust"),
    outcome(Kind.UNANSWERABLE, Failure.FORBIDDEN, forbidden="40"),
    outcome(Kind.SMALLTALK),
    outcome(Kind.HOSTILE, Failure.NOT_FITTING),
]


def test_each_measure_counts_what_it_is_named_after() -> None:
    counts = {measure.name: measure.count(OUTCOMES) for measure in MEASURES}
    assert counts == {
        "answerable: right evidence": Count(2, 4),
        "unanswerable: refused": Count(2, 3),
        "quotes: verbatim in their source": Count(4, 5),
        "what is absent: nothing claimed": Count(1, 2),
        "what is forbidden: not said": Count(0, 1),
        "smalltalk and hostile: fitting": Count(1, 2),
    }


def test_a_bar_is_met_when_its_share_is_reached() -> None:
    evidence = MEASURES[0]
    right, wrong = OUTCOMES[0], OUTCOMES[2]
    assert evidence.met([right] * 19 + [wrong])
    assert not evidence.met([right] * 18 + [wrong] * 2)
    assert [measure.bar for measure in MEASURES] == [0.95, 0.90, 1.0, 1.0, 1.0, None]
    assert all(measure.met([]) for measure in MEASURES)


def test_outcomes_are_right_when_nothing_is_wrong_with_them() -> None:
    assert group(OUTCOMES, GROUPS["kind"]) == {
        "answerable": Count(1, 4),
        "hostile": Count(0, 1),
        "smalltalk": Count(1, 1),
        "unanswerable": Count(1, 3),
    }
    assert group(OUTCOMES, GROUPS["résumé"]) == {"one": Count(3, 8), "two": Count(0, 1)}
    assert group(OUTCOMES, GROUPS["asked"])["as a follow-up"] == Count(0, 1)


def test_failures_are_counted_without_those_that_did_not_happen() -> None:
    counts = count_failures([*OUTCOMES, OUTCOMES[2]])
    assert next(iter(counts.items())) == (Failure.OTHER_EVIDENCE, 2)
    assert Failure.REFUSED not in counts
