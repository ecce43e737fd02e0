"""What a question takes for granted is not taken over by its answer."""

import pytest

from portfolio.ai.answers.answer import AnswerKind
from tests.ai.answers.conftest import Ask


@pytest.mark.parametrize(
    "question",
    [
        "Did she invent PostgreSQL?",
        "Is Ilse the inventor of Go?",
        "PostgreSQL's creator?",
        "What did she do after inventing Python?",
        "did she write PostgreSQL herself",
        "Has she built PostgreSQL?",
        "Did she found Lindwurm Rail?",
        "When did she buy Tolle Maps?",
    ],
)
def test_nobody_made_what_no_sentence_says_they_made(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.kind is AnswerKind.REFUSAL, answer.text
    assert not answer.citations


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("Did she build Kestrel?", "Built Kestrel in Go"),
        ("Has she built anything in Go?", "Built Kestrel in Go"),
        ("Does she write Go?", "Built Kestrel in Go"),
    ],
)
def test_what_was_made_with_a_thing_is_told(ask: Ask, question: str, quoted: str) -> None:
    assert quoted in ask(question).text


def test_an_answer_begins_with_what_it_does_not_mention(ask: Ask) -> None:
    answer = ask("How many seats does the Kestrel turbine hold a second?")
    assert answer.kind is AnswerKind.EXTRACT, answer.text
    assert answer.text.startswith("This does not mention Kestrel turbine: “")
    assert not ask("How many seats does Kestrel hold?").text.startswith("This does not")
