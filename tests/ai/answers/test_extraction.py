"""Other questions are answered by sentences, word for word."""

import pytest

from portfolio.ai.answers.answer import AnswerKind
from tests.ai.answers.conftest import Ask


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("How many seats does Kestrel hold?", "9,000 seats a second"),
        ("why did they leave Oracle?", "because it was dear"),
        ("what was hard about Kestrel?", "Clocks ran apart"),
        ("what did she learn from Kestrel", "trust no clock"),
        ("how did builds get quicker at Tolle Maps", "from 40 to 7 minutes"),
        ("has she led a team?", "Lead a team of six engineers"),
        ("What does Marl draw?", "Draws maps of peat"),
    ],
)
def test_the_sentence_that_answers_is_quoted(ask: Ask, question: str, quoted: str) -> None:
    answer = ask(question)
    assert answer.kind in (AnswerKind.EXTRACT, AnswerKind.FACT)
    assert any(quoted in citation.quote for citation in answer.citations), answer.text
    assert quoted in answer.text


def test_on_a_projects_page_its_own_text_answers(ask: Ask) -> None:
    assert "Clocks ran apart" in ask("what was the hardest part?", project="kestrel").text
    assert "PostgreSQL" in ask("what is the stack?", project="kestrel").text
    assert "Author" in ask("What was your role?", project="marl").text


def test_a_question_about_one_thing_is_not_answered_with_another(ask: Ask) -> None:
    assert ask("how many seats does Marl hold?").kind is AnswerKind.REFUSAL


def test_nothing_is_quoted_twice_and_no_quote_ends_in_the_middle(ask: Ask) -> None:
    answer = ask("Which clocks of Kestrel ran apart?")
    quotes = [citation.quote for citation in answer.citations]
    assert len(quotes) == len(set(quotes))
    assert all(a.strip(".") not in b for a in quotes for b in quotes if a != b)
