"""Names that the portfolio does not put together are not put together by an answer."""

import copy
from itertools import permutations
from typing import Any

import pytest

from portfolio.ai.answers.answer import AnswerKind
from portfolio.ai.answers.book.book import Book
from portfolio.ai.word_pieces import WordPieces
from tests.ai.answers import conftest
from tests.ai.answers.conftest import Ask, asking, documents

FIELDS: dict[str, list[dict[str, Any]]] = copy.deepcopy(conftest.FIELDS)
FIELDS["work"] = [
    {
        "name": "Lindwurm Rail",
        "position": "Signal Engineer and Trainer",
        "location": "Graz, Austria",
        "description": "Railway of 900 people",
        "summary": "I look after seat reservations, and I was happy with the night shift.",
        "highlights": ["Rebuilt the interlocking of Selztal with a crew of nine welders."],
        "start_date": "2019-02",
        "end_date": None,
    },
    {
        "name": "St Olaf's Hospital",
        "position": "Staff Nurse",
        "location": "Bergen, Norway",
        "summary": "My colleague Torvald Grimsrud taught me to draw blood.",
        "highlights": ["Counted 212 vials of morphine each evening."],
        "start_date": "2015-03",
        "end_date": "2018-04",
    },
    {
        "name": "Moss Kennels",
        "position": "Dog Groomer",
        "location": "Bath, United Kingdom",
        "summary": "I washed dogs of all sizes.",
        "highlights": ["Washed dogs of the mayor and of two dukes."],
        "start_date": "2012-01",
        "end_date": "2014-12",
    },
]
FIELDS["volunteer"] = [
    {
        "organization": "Mountain Rescue Murau",
        "position": "Dog handler",
        "summary": "Searches in winter.",
        "start_date": "2016-01",
        "end_date": None,
    }
]
FIELDS["award"] = [
    {
        "title": "Golden Timetable",
        "awarder": "Alpine Rail Union",
        "date": "2022-05-01",
        "summary": "Second prize.",
    },
    {"title": "Clean Warm Hands", "awarder": "Nordic Nursing Board", "date": "2017-05-01"},
]
FIELDS["certificate"] = [
    {"name": "Rope Access Level 1", "issuer": "Danube Rope Guild", "date": "2020-05"}
]
FIELDS["language"].append({"language": "Irish Sign Language", "fluency": "Basic"})
FIELDS["reference"] = [
    {"name": "Odo Brandt, Head of Sales, Lindwurm Rail", "reference": "She never guesses."},
    {"name": "Signe Haugland, Matron, St Olaf's Hospital", "reference": "Calm as a lake."},
]
FIELDS["publication"] = [{"name": "Тихий колодец", "publisher": "Тропа", "release_date": "2019-05"}]
PLACES = {work["name"]: work["location"].split(",")[0] for work in FIELDS["work"]}
POSTS = {work["name"]: work["position"] for work in FIELDS["work"]}
GIVERS = {award["title"]: award["awarder"] for award in FIELDS["award"]}


@pytest.fixture(scope="module")
def ask(pieces: WordPieces) -> Ask:
    sources = documents(FIELDS)
    return asking(sources, Book(sources, pieces.count), pieces)


@pytest.mark.parametrize(("one", "other"), list(permutations(POSTS, 2)))
def test_a_post_or_a_place_is_told_of_its_own_employer_alone(
    ask: Ask, one: str, other: str
) -> None:
    assert ask(f"Was she {POSTS[one]} at {one}?").text.startswith("Yes")
    for verb in ("Was she", "Did she work as"):
        assert ask(f"{verb} {POSTS[one]} at {other}?").kind is AnswerKind.REFUSAL
    elsewhere = ask(f"Was the {other} job in {PLACES[one]}?")
    assert elsewhere.kind is AnswerKind.REFUSAL
    assert PLACES[other] in elsewhere.text


@pytest.mark.parametrize(("one", "other"), list(permutations(GIVERS, 2)))
def test_a_prize_is_told_of_its_own_giver_alone(ask: Ask, one: str, other: str) -> None:
    assert ask(f"Did the {GIVERS[one]} give her {one}?").text.startswith("Yes")
    assert ask(f"Did the {GIVERS[other]} give her {one}?").kind is AnswerKind.REFUSAL


@pytest.mark.parametrize(
    "question",
    [
        "Who is Odo Haugland?",
        "What does Signe Brandt say about her?",
        "Was Odo Brandt her boss at St Olaf's Hospital?",
        "Is Torvald Grimsrud married to a pilot?",
        "What does Torvald Grimsrud do today?",
        "Does she have Rope Access Level 1 Expert?",
        "Does she speak Irish?",
        "Did she like working at Moss Kennels?",
        "How come she left Moss Kennels?",
        "Which jobs has she never had?",
        "Was she a doctor?",
        "What's her favourite kennel?",
        "What will she do next?",
        "What's the phone number of the kennels?",
        "Does she have Rope Access Level 2?",
        "What did she do at Lindwurm Kennels?",
        "Where did she count 213 vials?",
        "Is she a member of the guild of groomers?",
        "Was she a paediatric nurse?",
        "What was her thesis about?",
    ],
)
def test_what_only_sounds_like_it_is_refused(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.kind is AnswerKind.REFUSAL, answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Did she count vials of morphine at Moss Kennels?", "elsewhere (St Olaf's Hospital)"),
        ("Was she at Moss Kennels in 2016?", "Dog Groomer, Moss Kennels (January 2012 to"),
        ("Was Mountain Rescue Murau her employer?", "as voluntary work"),
    ],
)
def test_a_refusal_says_what_there_is_instead(ask: Ask, question: str, said: str) -> None:
    answer = ask(question)
    assert answer.kind is AnswerKind.REFUSAL
    assert said in answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who is Odo Brandt?", "Head of Sales"),
        ("What did Torvald Grimsrud teach her?", "draw blood"),
        ("Is she happy at Lindwurm Rail?", "happy with the night shift"),
        ("Of which sizes were the dogs of the dukes?", "of two dukes"),
        ("Was she at St Olaf's Hospital in 2016?", "Yes: Staff Nurse"),
        ("Who gave her Rope Access Level 1?", "Danube Rope Guild"),
        ("How many people work at Lindwurm Rail?", "Railway of 900 people"),
        ("Does she know Irish Sign Language?", "Basic"),
        ("Did she win first prize, the Golden Timetable?", "Second prize"),
        ("How good is she at Python?", "Expert"),
        ("What is Тихий колодец?", "Тропа"),
    ],
)
def test_what_is_told_is_found_all_the_same(ask: Ask, question: str, told: str) -> None:
    answer = ask(question)
    assert answer.kind is not AnswerKind.REFUSAL, answer.text
    assert told in answer.text


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Does she still work at Moss Kennels?", "No"),
        ("Does she still work at Lindwurm Rail?", "Yes"),
        ("Was she at St Olaf's Hospital before Lindwurm Rail?", "Yes"),
        ("Was she at St Olaf's Hospital after Lindwurm Rail?", "No"),
        ("Did she go from Lindwurm Rail to Moss Kennels?", "No"),
        ("Was she at Lindwurm Rail longer than at Moss Kennels?", "Yes"),
        ("Was she at Moss Kennels longer than in Norway?", "No"),
        ("Did she stay at Moss Kennels for 3 years?", "Yes"),
        ("Did she stay at Moss Kennels for 5 years?", "No"),
        ("Is she a nurse?", "It says"),
        ("Was she a nurse?", "Yes"),
        ("Is she an expert in Python?", "Python: Expert"),
        ("Is she fluent in Irish Sign Language?", "The portfolio says"),
        ("Is Kestrel cancelled?", "No"),
        ("Was she the lead developer of Kestrel?", "Yes"),
        ("Was she the inventor of Kestrel?", "The portfolio does not say that"),
    ],
)
def test_time_and_rank_decide_the_verdict(ask: Ask, question: str, verdict: str) -> None:
    assert ask(question).text.startswith(verdict), ask(question).text


@pytest.mark.parametrize(
    ("question", "before", "verdict"),
    [
        ("How long was she there?", ["Where was she before Lindwurm Rail?"], "Staff Nurse"),
        ("Is she still there?", ["Where was she before Lindwurm Rail?"], "No: Staff Nurse"),
        ("Is she still there?", ["Did she ever work in Bath?"], "No: Dog Groomer"),
        ("Is she still there?", ["When did she join Lindwurm Rail?"], "Yes: Signal Engineer"),
    ],
)
def test_there_is_what_was_told_and_not_what_was_asked(
    ask: Ask, question: str, before: list[str], verdict: str
) -> None:
    assert ask(question, *before).text.startswith(verdict), ask(question, *before).text
