"""Questions that follow others are understood from them."""

import pytest

from portfolio.ai.answers.answer import AnswerKind
from tests.ai.answers.conftest import Ask


@pytest.mark.parametrize(
    ("before", "question", "says"),
    [
        ("Where does she work now?", "and before that?", "Tolle Maps"),
        ("Where does she work now?", "since when?", "2019"),
        ("Tell me about Kestrel", "how big was the team?", "4"),
        ("What is Kestrel?", "what was hard about it?", "Clocks ran apart"),
        ("What is Kestrel?", "is it finished?", "completed"),
        ("Does she speak Italian?", "and German?", "Fluent"),
        ("Does she know Python?", "and Go?", "Go"),
        ("Does she know Go?", "And since when?", "Go: first"),
        ("Has she used Go?", "for how long?", "Go: at most"),
        ("Does she know Go?", "How well?", "Go: Expert"),
        ("Has she won any awards?", "which year?", "2022"),
        ("Tell me about her time at Lindwurm", "what did you use there?", "Go"),
    ],
)
def test_what_is_left_out_is_put_in(ask: Ask, before: str, question: str, says: str) -> None:
    answer = ask(question, before)
    assert says in answer.text
    assert answer.kind in (AnswerKind.FACT, AnswerKind.EXTRACT)


def test_the_understood_question_stands_alone(ask: Ask) -> None:
    assert ask("and before that?", "Where does she work now?").understood
    understood = ask("how big was the team?", "What is Kestrel?").understood
    assert "Kestrel" in understood
    assert "4" in ask(understood).text
    assert ask("Where did she study?").understood == ""


def test_what_is_absent_stays_absent_in_a_conversation(ask: Ask) -> None:
    assert ask("and Angular?", "Does she know Python?").kind is AnswerKind.REFUSAL
    assert ask("for how long?", "Does she know Java?").kind is AnswerKind.REFUSAL
    assert ask("And how many years of Java?", "How many years of Go?").kind is AnswerKind.REFUSAL
    assert ask("how much did they pay her?", "Where does she work?").kind is AnswerKind.REFUSAL


def test_a_question_that_stands_alone_ignores_those_before(ask: Ask) -> None:
    assert "University of Graz" in ask("Where did she study?", "What is Kestrel?").text
