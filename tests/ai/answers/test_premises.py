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


@pytest.mark.parametrize(
    "question",
    [
        "How did she get the team of 35 at Lindwurm Rail to agree?",
        "how did the 12,000 seats a second of Kestrel come about",
        "what became of the 1.5 million euros that she raised for Marl",
        "What did she learn when she was a surgeon?",
        "her time as a vice president, what was it like",
        "what grade did she get in her chemistry degree",
        "How did she like her years at google?",
        "what did she do at brightwater before the maps",
        "did she give talks in denmark",
        "how did she rewrite kestrel in rust",
        "years of flutter and swift?",
    ],
)
def test_what_a_question_presumes_is_refused_whatever_its_letters(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.kind is AnswerKind.REFUSAL, answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("what did she do at Lindwurm Rail when she was a surgeon", "names no post as surgeon"),
        ("how did google like kestrel", "does not mention google"),
        ("what did she do at brightwater before the maps", "does not name brightwater"),
        ("the 12,000 seats of Kestrel, how come", "does not mention 12,000"),
    ],
)
def test_the_refusal_says_what_was_presumed(ask: Ask, question: str, said: str) -> None:
    assert said in ask(question).text


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("how does the kestrel of the 9,000 seats a second keep seats", "9,000 seats"),
        ("what did she build when she was a senior engineer", "Kestrel"),
        ("what courses did she take when she was a student", "Physics"),
        ("how would she keep 500,000 seats in kestrel", "seats"),
        ("how do clocks that ran apart count now", "Clocks ran apart"),
        ("what did she build in go", "Built Kestrel in Go"),
    ],
)
def test_what_is_there_may_be_presumed(ask: Ask, question: str, quoted: str) -> None:
    answer = ask(question)
    assert answer.kind is not AnswerKind.REFUSAL, answer.text
    assert quoted in answer.text


def test_an_answer_begins_with_what_it_does_not_mention(ask: Ask) -> None:
    answer = ask("How many seats does the Kestrel turbine hold a second?")
    assert answer.kind is AnswerKind.EXTRACT, answer.text
    assert answer.text.startswith("This does not mention Kestrel turbine: “")
    assert not ask("How many seats does Kestrel hold?").text.startswith("This does not")


def test_an_answer_begins_with_the_number_that_it_does_not_mention(ask: Ask) -> None:
    assert "does not mention" not in ask("Did she cut a build to 7 minutes?").text
    assert ask("Did she cut a build to 8 minutes?").text.startswith("This does not mention 8: “")


def test_what_somebody_is_good_at_is_no_employer(ask: Ask) -> None:
    for asked in ("is she good at negotiation", "how skilled is she at cartography?"):
        assert "employer" not in ask(asked).text
