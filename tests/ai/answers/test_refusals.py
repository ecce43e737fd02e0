"""What the portfolio does not say is not claimed."""

import pytest

from portfolio.ai.answers.answer import AnswerKind
from tests.ai.answers.conftest import Ask


@pytest.mark.parametrize(
    "question",
    [
        "Does she know Angular?",
        "how many years of Java does she have",
        "any C++?",
        "We use Spark and Scala. Has she used either?",
        "Does she speak French?",
        "is she a certified Scrum Master?",
        "In which year did she become a midwife?",
        "Where did she do her PhD?",
        "Which bank was she at?",
        "When was she at Apple?",
        "was she employed by Oracle?",
        "did she use Go at Tolle Maps?",
        "what did she do at Tolle Maps in 2021",
        "how many stars does Kestrel have",
        "how many clocks ran apart?",
        "what was the budget of Kestrel",
        "Who was her manager at Tolle Maps?",
        "why did she leave Tolle Maps?",
        "What are her salary expectations?",
        "how old is she",
        "is she married?",
        "what's her e-mail address?",
        "phone number pls",
        "When can she start?",
        "Should I hire her?",
        "what is the capital of Austria",
        "Will it rain in Graz tomorrow?",
        "How do I reach Odo Brandt directly?",
        "Where did Odo Brandt study?",
        "What was her grade?",
    ],
)
def test_it_is_refused(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.kind is AnswerKind.REFUSAL, answer.text
    assert answer.confidence == 0


@pytest.mark.parametrize("absent", ["Angular", "Kotlin", "Salesforce", "MATLAB", "Elixir"])
@pytest.mark.parametrize(
    "asked",
    [
        "Does she know {}?",
        "{} experience?",
        "how long has she used {}",
        "What did she build in {}?",
    ],
)
def test_no_form_of_question_makes_an_absent_skill_claimed(
    ask: Ask, asked: str, absent: str
) -> None:
    answer = ask(asked.format(absent))
    assert answer.kind is AnswerKind.REFUSAL
    assert absent not in "".join(citation.quote for citation in answer.citations)


def test_a_refusal_names_what_is_missing_and_quotes_the_nearest(ask: Ask) -> None:
    answer = ask("Does she know MySQL?")
    assert "does not mention MySQL" in answer.text
    assert "PostgreSQL" in [citation.quote for citation in answer.citations]


def test_c_is_not_c_plus_plus_and_a_spelling_is_no_other_skill(ask: Ask) -> None:
    assert ask("Does she know C?").kind is AnswerKind.FACT
    assert ask("Does she know C++?").kind is AnswerKind.REFUSAL
    assert ask("golang?").kind is AnswerKind.FACT
    assert ask("Does she know JavaScript?").kind is AnswerKind.REFUSAL


def test_what_was_decided_against_is_quoted_and_not_claimed(ask: Ask) -> None:
    answer = ask("Has she used MongoDB?")
    assert "Yes" not in answer.text
    assert "We decided against MongoDB." in answer.text
    assert ask("More than two years of MongoDB?").text.startswith("No.")
