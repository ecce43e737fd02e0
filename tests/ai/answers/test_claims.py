"""Yes and No are said only of what was compared: verb, object, number, year, grade, direction."""

import copy
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.ai.answers.answer import AnswerKind
from portfolio.ai.answers.book.book import Book
from portfolio.ai.word_pieces import WordPieces
from tests.ai.answers import conftest
from tests.ai.answers.conftest import Ask, asking, documents

FIELDS: dict[str, list[dict[str, Any]]] = copy.deepcopy(conftest.FIELDS)
FIELDS["work"] += [
    {
        "name": "Moss Freight",
        "position": "Backend Developer",
        "summary": "I moved orders.",
        "highlights": [
            "Introduced Docker in 2011 and Kubernetes in 2012.",
            "Led the migration of the orders from Oracle 9 to PostgreSQL 8.",
        ],
        "start_date": "2010-04",
        "end_date": "2014-12",
    }
]
FIELDS["education"][0]["score"] = "Distinction"
FIELDS["language"].append({"language": "Welsh", "fluency": "Beginner"})
FIELDS["certificate"] = [
    {"name": "AWS Solutions Architect", "issuer": "Amazon Web Services", "date": "2021-09"},
    {"name": "Rope Access", "issuer": "Red Hut", "date": "2012-05"},
]
FIELDS["publication"] = [
    {
        "name": "Seats and clocks",
        "publisher": "Rail Review",
        "release_date": "2020-05",
        "summary": "An article on order.",
    }
]
FIELDS["project"].append(
    {
        "title": "Zorblax 🦄 <b>Engine</b>",
        "role": "Author",
        "summary": "A zorblax engine for mauve widgets.",
        "challenges": ["The zorblax resume broke at 3,000 widgets."],
        "start_date": "2020-01-01",
        "end_date": "2020-02-01",
        "status": "completed",
    }
)
GENTLE = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
VERDICT = re.compile(r"\W*(?:yes|no)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def ask(pieces: WordPieces) -> Ask:
    sources = documents(FIELDS)
    return asking(sources, Book(sources, pieces.count), pieces)


@pytest.mark.parametrize(
    "question",
    [
        "Did she get First-class honours at Graz?",
        "Did she leave Lindwurm Rail in 2025?",
        "Did she leave Lindwurm Rail?",
        "Did she leave Tolle Maps in 2017?",
        "Did she join Tolle Maps in 2016?",
        "Does she hold 12 certificates?",
        "Did she publish 10 papers?",
        "Did she publish a book?",
        "Did she work on 30 projects?",
        "Did she get the AWS certificate in 2019?",
        "Did she study in 2020?",
        "Did she graduate in 2013?",
        "Did she invent PostgreSQL?",
        "Did she create Python?",
        "Did she write PostgreSQL?",
        "Did she found Docker?",
        "Did she migrate from PostgreSQL to Oracle?",
        "Did she replace PostgreSQL by Oracle?",
        "Does she have no experience with Docker?",
        "Has she never used Docker?",
        "Did she avoid Kubernetes?",
        "Did she stop using Python?",
        "Did she use Python in 2009?",
        "Did she use Kubernetes in 2011?",
        "Is she Welsh?",
        "Does she speak German badly?",
        "Does she speak German at C2?",
        "Does she speak seven languages?",
        "Does she hate Python?",
    ],
)
def test_what_was_not_compared_is_neither_affirmed_nor_denied(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert not VERDICT.match(answer.text), answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Did she leave Tolle Maps in 2018?",
        "Did she join Tolle Maps in 2015?",
        "Did she work at Tolle Maps in 2016?",
        "Did she get the AWS certificate in 2021?",
        "Did she graduate in 2014?",
        "Did she study in 2012?",
        "Does she have certificates?",
        "Did she publish an article?",
        "Has she used Docker?",
        "Does she know Python?",
        "Did she use Docker in 2011?",
        "Did she use Kubernetes in 2012?",
        "Did she migrate from Oracle to PostgreSQL?",
        "Does she speak German?",
    ],
)
def test_their_true_twins_are_affirmed(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.text.startswith(("Yes. ", "Yes: ")), answer.text
    assert answer.citations


@GENTLE
@given(
    st.sampled_from(
        [
            ("Did she leave Tolle Maps in {}?", range(2018, 2019)),
            ("Did she join Tolle Maps in {}?", range(2015, 2016)),
            ("Did she work at Tolle Maps in {}?", range(2015, 2019)),
            ("Did she get the AWS certificate in {}?", range(2021, 2022)),
            ("Did she graduate in {}?", range(2014, 2015)),
            ("Did she study in {}?", range(2009, 2015)),
            ("Did she use Kubernetes in {}?", range(2012, 2013)),
        ]
    ),
    st.integers(1980, 2026),
)
def test_yes_is_said_of_a_year_exactly_when_it_is_the_year(
    ask: Ask, asked: tuple[str, range], year: int
) -> None:
    question, years = asked
    assert ask(question.format(year)).text.startswith("Yes") == (year in years)


@GENTLE
@given(
    st.sampled_from(
        [
            ("Does she hold {} certificates?", 2),
            ("Does she speak {} languages?", 3),
            ("Did she publish {} articles?", 1),
            ("Did she work on {} projects?", 3),
        ]
    ),
    # "2016 projects" may be those of a year.
    st.integers(0, 10_000).filter(lambda number: not 1900 <= number < 2100),
)
def test_yes_is_never_said_of_another_number(ask: Ask, asked: tuple[str, int], number: int) -> None:
    question, true = asked
    assert number == true or not ask(question.format(number)).text.startswith("Yes")


def test_a_sentence_that_dates_a_skill_beats_the_dates_of_the_job(ask: Ask) -> None:
    text = ask("Since when has she used Kubernetes?").text
    assert "since 2012" in text
    assert "April 2010" not in text


def test_what_has_ended_is_not_said_to_go_on(ask: Ask) -> None:
    text = ask("Since when has she used Oracle?").text
    assert "since" not in text
    assert "December 2014" in text or "September 2020" in text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("At least 4 years of Kubernetes?", "No. "),
        ("Does she have more than 2 years of Kubernetes?", "The portfolio does not say it so"),
    ],
)
def test_dates_of_jobs_are_only_bounds(ask: Ask, question: str, said: str) -> None:
    answer = ask(question)
    assert answer.text.startswith(said), answer.text
    assert "up to 3 years of Kubernetes" in answer.text


@pytest.mark.parametrize(
    "question", ["What has she done with Python?", "What is her experience with Go?"]
)
def test_no_yes_is_said_to_who_asks_for_what_is_told(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.kind is AnswerKind.FACT
    assert answer.text.startswith("“")


@pytest.mark.parametrize(
    "question", ["When did she work for Oracle?", "How long did she work at Amazon Web Services?"]
)
def test_a_vendor_is_no_employer(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.kind is AnswerKind.REFUSAL
    assert "as an employer" in answer.text


def test_a_question_that_names_a_project_is_answered_from_it_alone(ask: Ask) -> None:
    answer = ask("What broke in Zorblax?")
    assert {one.source_id for one in answer.citations} <= {"project-2"}
    assert "broke at 3,000 widgets" in answer.text
