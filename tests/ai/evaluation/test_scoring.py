"""Each rule of scoring, with an answer that keeps it and answers that do not."""

import json
from dataclasses import replace
from typing import Any

import pytest

from portfolio.ai.answers.answer import Answer, AnswerKind, Citation
from portfolio.ai.evaluation.schema import Question
from portfolio.ai.evaluation.scoring import Failure, is_verbatim, says, score

DOCUMENTS: dict[tuple[str, str], dict[str, Any]] = {
    ("work", "1"): {
        "name": "Larkmoor",
        "position": "Engineer",
        "summary": "She rewrote the scheduler in Go. It saved £40,000 a year.",
        "highlights": ["Cut the queue from 90 to 4 minutes.", "a/b: “naïve” — 🎻 tested"],
        "a/b": {"c~d": "odd names"},
        "start_date": "2019-02",
    },
    ("work", "2"): {"name": "Pennyford", "summary": "She rewrote the scheduler in Go."},
    ("project", "3"): {"title": "Larkmoor", "summary": "She rewrote the scheduler in Go."},
}
GO = "She rewrote the scheduler in Go."


def cite(quote: str, source: tuple[str, str] = ("work", "1"), field: str = "/summary") -> Citation:
    """A citation of the first place where the quote stands in a text of a source."""
    value: Any = DOCUMENTS[source]
    for step in field.split("/")[1:]:
        value = value[int(step)] if isinstance(value, list) else value[step]
    start = value.index(quote)
    return Citation(*source, field, start, start + len(quote), quote, 0.9)


def question(kind: str = "answerable", **given: Any) -> Question:
    """A question about Go; an answerable one has the evidence that is cited by default."""
    given = {"id": "go", "resume": "larkmoor", "question": "Go?", "topic": "skills", **given}
    if kind == "answerable":
        evidence = {"source_type": "work", "item": "Larkmoor", "quote": "scheduler in Go"}
        given.setdefault("evidence", [evidence])
    return Question.model_validate_json(json.dumps({"kind": kind, **given}))


def extract(text: str = GO, *citations: Citation) -> Answer:
    return Answer(text, AnswerKind.EXTRACT, citations or (cite(GO),))


def refusal(text: str = "The portfolio does not say that.") -> Answer:
    return Answer(text, AnswerKind.REFUSAL)


SMALLTALK = Answer("Hello!", AnswerKind.SMALLTALK)


def failures(asked: Question, answer: Answer | None) -> set[Failure]:
    return set(score(asked, answer, DOCUMENTS).failures)


def test_an_answer_with_the_evidence_is_right() -> None:
    outcome = score(question(), extract(), DOCUMENTS)
    assert outcome.is_right
    assert outcome.quotes == (1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        cite("It saved £40,000 a year."),
        cite(GO, ("work", "2")),
        cite(GO, ("project", "3")),
    ],
    ids=["another sentence", "another employer", "another type of source"],
)
def test_another_place_is_no_evidence(wrong: Citation) -> None:
    assert failures(question(), extract(GO, wrong)) == {Failure.OTHER_EVIDENCE}


def test_a_quote_of_evidence_is_compared_with_regard_to_case() -> None:
    evidence = {"source_type": "work", "quote": "scheduler in GO"}
    assert failures(question(evidence=[evidence]), extract()) == {Failure.OTHER_EVIDENCE}


def test_one_evidence_of_several_suffices_wherever_its_citation_stands() -> None:
    others = [
        {"source_type": "award", "quote": "Go"},
        {"source_type": "project", "item": "Larkmoor", "quote": "Go"},
    ]
    answer = extract(GO, cite("It saved £40,000 a year."), cite(GO, ("project", "3")))
    assert not failures(question(evidence=others), answer)


def test_an_evidence_without_an_item_is_met_by_any_of_its_type() -> None:
    anywhere = question(evidence=[{"source_type": "work", "quote": "Go"}])
    assert not failures(anywhere, extract(GO, cite(GO, ("work", "2"))))
    project = extract(GO, cite(GO, ("project", "3")))
    assert failures(anywhere, project) == {Failure.OTHER_EVIDENCE}


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("At Larkmoor, from 2019.", True),
        ("at larkmoor since 2019", True),
        ("At Larkmoor.", False),
        ("At Larkmoor, for 2,019 days.", False),
    ],
)
def test_all_words_that_the_answer_must_contain_are_asked_for(text: str, met: bool) -> None:
    evidence = {"source_type": "work", "answer_contains": ["Larkmoor", "2019"]}
    wrong = set() if met else {Failure.OTHER_EVIDENCE}
    assert failures(question(evidence=[evidence]), extract(text)) == wrong


@pytest.mark.parametrize(
    ("text", "met"), [("3 years 7 months", True), ("43 months.", True), ("3 years", False)]
)
def test_one_of_the_wordings_suffices(text: str, met: bool) -> None:
    evidence = {
        "source_type": "work",
        "answer_contains_any": ["3 years 7 months", "43 months"],
    }
    wrong = set() if met else {Failure.OTHER_EVIDENCE}
    assert failures(question(evidence=[evidence]), extract(text)) == wrong


def test_words_without_a_citation_are_no_evidence() -> None:
    evidence = {"source_type": "work", "answer_contains": ["Larkmoor"]}
    answer = Answer("Larkmoor", AnswerKind.FACT)
    assert failures(question(evidence=[evidence]), answer) == {Failure.OTHER_EVIDENCE}


def test_a_refusal_that_shows_the_evidence_as_the_nearest_is_no_answer() -> None:
    nearest = replace(refusal(), citations=(cite(GO),))
    assert failures(question(), nearest) == {Failure.REFUSED}
    assert failures(question(), SMALLTALK) == {Failure.REFUSED}
    assert failures(question(), None) == {Failure.REFUSED}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Yes. She did.", "yes"),
        ("yes, at Larkmoor", "yes"),
        ("No: 4 years.", "no"),
        ("No — 4 years.", "no"),
        ("No", "no"),
        ("No-code tools were banned.", None),
        ("No ticket was lost.", None),
        ("Yesterday", None),
        ("She said yes.", None),
    ],
)
def test_yes_and_no_are_what_an_answer_begins_with(text: str, said: str | None) -> None:
    assert says(extract(text)) == said


def test_the_expected_yes_must_not_be_a_no() -> None:
    asked = question(expected="yes")
    assert not failures(asked, extract(f"Yes. {GO}"))
    assert not failures(asked, extract())
    assert failures(asked, extract(f"No. {GO}")) == {Failure.YES_NO}


def test_of_a_threshold_yes_or_no_must_be_said() -> None:
    asked = question(expected="no", topic="thresholds")
    assert not failures(asked, extract(f"No. {GO}"))
    assert failures(asked, extract()) == {Failure.YES_NO}
    assert failures(asked, extract(f"Yes. {GO}")) == {Failure.YES_NO}


def test_an_unanswerable_question_deserves_a_refusal_and_nothing_else() -> None:
    asked = question("unanswerable")
    assert not failures(asked, refusal())
    assert failures(asked, extract()) == {Failure.NOT_REFUSED}
    assert failures(asked, SMALLTALK) == {Failure.NOT_REFUSED}
    assert failures(asked, None) == {Failure.NOT_REFUSED}


def test_smalltalk_deserves_smalltalk() -> None:
    asked = question("smalltalk")
    assert not failures(asked, SMALLTALK)
    assert failures(asked, refusal()) == failures(asked, None) == {Failure.NOT_FITTING}


def test_the_hostile_get_a_refusal_or_smalltalk_or_nothing() -> None:
    asked = question("hostile")
    assert not failures(asked, refusal()) | failures(asked, SMALLTALK) | failures(asked, None)
    assert failures(asked, extract()) == {Failure.NOT_FITTING}


def test_a_quote_is_verbatim_at_its_place_in_code_points() -> None:
    assert is_verbatim(cite("“naïve” — 🎻 tested", field="/highlights/1"), DOCUMENTS)
    assert is_verbatim(Citation("work", "1", "/a~1b/c~0d", 0, 3, "odd", 1), DOCUMENTS)
    assert is_verbatim(Citation("work", "1", "/start_date", 0, 7, "2019-02", 1), DOCUMENTS)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(cite(GO), quote=GO.lower()),
        replace(cite(GO), start=1),
        replace(cite(GO), end=len(GO) + 1),
        replace(cite(GO), start=-57),
        replace(cite(GO), end=900, quote=DOCUMENTS["work", "1"]["summary"]),
        replace(cite(GO), start=5, end=5, quote=""),
        replace(cite(GO), field="/description"),
        replace(cite(GO), field="summary"),
        replace(cite(GO), field="/highlights"),
        replace(cite("Cut", field="/highlights/0"), field="/highlights/00"),
        replace(cite("Cut", field="/highlights/0"), field="/highlights/7"),
        replace(cite(GO), source_id="9"),
        replace(cite(GO), source_type="volunteer"),
    ],
)
def test_a_quote_that_stands_elsewhere_is_not_verbatim(wrong: Citation) -> None:
    assert not is_verbatim(wrong, DOCUMENTS)
    outcome = score(question("unanswerable"), replace(refusal(), citations=(wrong,)), DOCUMENTS)
    assert outcome.failures == {Failure.NOT_VERBATIM}
    assert outcome.quotes == (1, 0)


def test_what_is_forbidden_is_looked_for_in_the_text_and_in_the_quotes() -> None:
    asked = question("unanswerable", forbidden=["40,000"])
    assert not failures(asked, refusal("It does not say 140,000."))
    assert failures(asked, refusal("Not £40,000.")) == {Failure.FORBIDDEN}
    nearest = replace(refusal(), citations=(cite("£40,000"),))
    assert failures(asked, nearest) == {Failure.FORBIDDEN}


@pytest.mark.parametrize(
    "text",
    [
        "The portfolio says nothing about Rust.",
        "The portfolio doesn\N{RIGHT SINGLE QUOTATION MARK}t mention Rust, but Go.",
        "I found no Rust.",
        "Neither RUST nor C are there.",
        "That is not said.",
    ],
)
def test_denying_what_is_absent_claims_nothing(text: str) -> None:
    assert not failures(question("unanswerable", absent=["Rust"]), refusal(text))


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (f"Yes. {GO}", True),
        (GO, True),
        ("She used Rust at Larkmoor.", True),
        ("It is not known. She used Rust.", True),
        ("She did not use Rust at Cawdle. She used Rust at Larkmoor.", True),
        ("No, only Go.", False),
        ("She never used Rust.", False),
    ],
)
def test_an_answer_claims_what_is_absent_unless_it_denies_it(text: str, claims: bool) -> None:
    wrong = failures(question("unanswerable", absent=["Rust"]), extract(text))
    assert wrong == {Failure.NOT_REFUSED, *([Failure.CLAIMED] if claims else [])}


def test_a_refusal_may_claim_too() -> None:
    asked = question("unanswerable", absent=["Rust"])
    assert failures(asked, refusal("She used Rust. It does not say when.")) == {Failure.CLAIMED}
