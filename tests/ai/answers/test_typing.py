"""Typing mistakes change no answer, and what is written right is not changed."""

import pytest

from portfolio.ai.answers.book.book import Book
from portfolio.ai.answers.questions.typed import with_names_spelled, with_words_spelled
from tests.ai.answers.conftest import Ask


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("when did she join Lindwrum Rail?", "February 2019"),
        ("does she have a certficate or a degreee in phyiscs", "University of Graz"),
        ("What is her motehr tongue?", "Italian"),
        ("how flunet is her Germna?", "Fluent"),
        ("Does she know Angualr?", "does not mention Angular"),
        ("what are her saalry expectations", "does not say anything about salary"),
        ("thnaks a lot, that was helfpul", "You are welcome"),
    ],
)
def test_a_typing_mistake_changes_no_answer(ask: Ask, question: str, expected: str) -> None:
    assert expected in ask(question).text


def test_words_and_names_that_are_written_right_are_left_alone(book: Book) -> None:
    text = "Did McKinsey and Deliveroo use Kestrel with PostgreSQL, xqzvkw and the weather?"
    assert with_names_spelled(text, book) == with_words_spelled(text, book) == text
