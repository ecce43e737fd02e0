"""Structured questions are answered from fields."""

from datetime import date

import pytest

from portfolio.ai.answers.answer import AnswerKind
from portfolio.ai.evaluation.wording import contains
from tests.ai.answers.conftest import Ask


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Where does she work now?", "Lindwurm Rail"),
        ("what's your current job title?", "Senior Engineer"),
        ("Who did Ilse work for before Lindwurm?", "Tolle Maps"),
        ("what was her first job", "Tolle Maps"),
        ("where was she working in 2016", "Tolle Maps"),
        ("How many employers has she had?", "Two"),
        ("Which employer did she stay with the longest?", "Lindwurm Rail"),
        ("How long was she at Tolle Maps?", "3 years 2 months"),
        ("since when is she at lindwurm", "February 2019"),
        ("What happened between Tolle Maps and Lindwurm, is there a gap?", "Iceland"),
        ("Where did she study?", "University of Graz"),
        ("when did she finish her masters", "June 2014"),
        ("which languages does she speak", "Italian"),
        ("How good is her German?", "Fluent"),
        ("is Italian her mother tongue?", "Yes"),
        ("is German her native language?", "No"),
        ("Has she won any awards?", "Golden Timetable"),
        ("Which city does she live in?", "Graz"),
        ("Does she have a website?", "https://ilse.example.org"),
        ("How many people worked on Kestrel?", "4"),
        ("What is Kestrel's tech stack?", "PostgreSQL"),
        ("what was her role in Kestrel", "Lead developer"),
        ("is the source of Kestrel public?", "https://code.example.org/kestrel"),
        ("Which projects use Python?", "Marl"),
        ("which projects is she still working on", "Marl"),
        ("Which did she start first, Kestrel or Marl?", "Marl"),
        ("Which was the larger team, Kestrel or Marl?", "Kestrel"),
        ("Which programming languages does she write?", "Go"),
        ("Does she know C?", "Yes. C: “C” (Programming)"),
        ("how many years of Go does she have", "7 years 10 months"),
        ("what does Odo Brandt say about her?", "She never guesses."),
        ("Who is Ilse Marchetti?", "Ilse Marchetti, Backend Engineer. “I build booking systems.”"),
        ("who's ilse?", "Ilse Marchetti, Backend Engineer"),
        ("Tell me about her", "I build booking systems"),
        ("please tell me a bit about yourself", "I build booking systems"),
        ("Could you introduce Ilse Marchetti, briefly?", "I build booking systems"),
        ("So who is Ilse, in one sentence?", "Backend Engineer"),
        ("What is her full name?", "Ilse Marchetti, Backend Engineer."),
        ("What does Ilse Marchetti do?", "Lindwurm Rail"),
        ("Where does Ilse Marchetti work?", "Lindwurm Rail"),
    ],
)
def test_what_fields_say_is_answered_from_them(ask: Ask, question: str, says: str) -> None:
    answer = ask(question)
    assert contains(answer.text, says), answer.text
    assert answer.kind is AnswerKind.FACT
    assert answer.citations


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Does she have more than 5 years of Python?", "Yes"),
        ("We need at least ten years of Go. Does she have that?", "No"),
        ("over 10 yrs of Python?", "Yes"),
        ("Has she worked as a developer for more than two decades?", "No"),
        ("5+ years of Python experience?", "Yes"),
        # From March 2015 to November 2026 it is 141 months.
        ("more than 141 months of Python?", "No"),
        ("at least 141 months of Python?", "Yes"),
        ("less than 141 months of Python?", "No"),
    ],
)
def test_years_are_compared_with_what_the_dates_give(ask: Ask, question: str, said: str) -> None:
    answer = ask(question)
    assert answer.text.startswith(f"{said}.")
    assert answer.citations


@pytest.mark.parametrize("question", ["5 years of Go?", "Has she less than 94 months of Go?"])
def test_dates_of_a_job_in_which_it_was_used_once_decide_nothing(ask: Ask, question: str) -> None:
    assert "allow: up to 7 years 10 months of Go" in ask(f"Does she have {question}").text
    assert not ask(question).text.startswith(("Yes", "No"))


def test_time_that_goes_on_is_counted_up_to_today(ask: Ask) -> None:
    asked = "Does she have more than 12 years of Python?"
    assert ask(asked).text.startswith("No.")
    later = ask(asked, today=date(2027, 6, 1))
    assert later.text.startswith("Yes.")


def test_a_mistyped_question_is_understood(ask: Ask) -> None:
    assert "University of Graz" in ask("wher did she stuyd physcs?").text
