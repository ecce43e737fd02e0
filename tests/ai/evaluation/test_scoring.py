"""What each kind of question deserves, with answers that are right and answers that are not."""

from dataclasses import replace

import pytest

from portfolio.ai.answers.answer import Answer, AnswerKind, Citation
from portfolio.ai.evaluation.scoring import Failure, says, score
from tests.ai.evaluation.larkmoor import (
    DOCUMENTS,
    GO,
    SMALLTALK,
    cite,
    extract,
    failures,
    question,
    refusal,
)


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
