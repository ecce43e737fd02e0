"""What an answer quotes, says and claims, whatever it was asked."""

from dataclasses import replace

import pytest

from portfolio.ai.answers.answer import Citation
from portfolio.ai.evaluation.scoring import Failure, is_verbatim, score
from tests.ai.evaluation.larkmoor import DOCUMENTS, GO, cite, extract, failures, question, refusal


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
