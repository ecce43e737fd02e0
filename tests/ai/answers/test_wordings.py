"""The same things are asked in many words: by what an employer does, by initials, in long
sentences; and what is not fully understood is not claimed."""

from typing import Any

import pytest

from portfolio.ai.answers.answer import AnswerKind
from portfolio.ai.answers.book.book import Book
from portfolio.ai.word_pieces import WordPieces
from tests.ai.answers.conftest import Ask, asking, documents

FIELDS: dict[str, list[dict[str, Any]]] = {
    "profile": [
        {
            "name": "Hedda Quarle",
            "label": "Systems Engineer",
            "summary": "I am not looking for a new job. I travel to customers twice a month.",
            "location": {"city": "Bergen", "region": "Vestland", "country_code": "NO"},
            "url": "https://hedda.example.org",
        }
    ],
    "work": [
        {
            "name": "Sildwerk",
            "position": "Staff Engineer",
            "description": "Trackers for fishing boats",
            "location": "Bergen, Norway (hybrid, one day on site)",
            "summary": "I became head of the firmware group in May 2023.",
            "highlights": ["Lead a group of seven engineers.", "Wrote the tracker in Rust."],
            "start_date": "2021-04",
            "end_date": None,
        },
        {
            "name": "Kanal Elleve",
            "position": "Playout Engineer",
            "description": "Regional television channels",
            "location": "Oslo, Norway",
            "summary": "I kept the streams up with Linux.",
            "highlights": ["Replaced Nagios by Grafana.", "Served 40 customers."],
            "start_date": "2016-01",
            "end_date": "2021-03",
        },
        {
            "name": "Home Guard",
            "position": "Signals Officer",
            "description": "Army reserve",
            "location": "Oslo, Norway",
            "summary": "Beside my job.",
            "highlights": [],
            "start_date": "2018-01",
            "end_date": "2019-12",
        },
    ],
    "education": [
        {
            "institution": "Fjord Institute",
            "area": "Human-Computer Interaction",
            "study_type": "Diploma",
            "score": "",
            "courses": [],
            "start_date": "2013-08",
            "end_date": "2015-06",
        },
        {
            "institution": "Vestland College",
            "area": "Physics",
            "study_type": "BSc",
            "score": "B",
            "courses": [],
            "start_date": "2010-08",
            "end_date": "2013-06",
        },
    ],
    "certificate": [
        {"name": "Certified Kubernetes Administrator", "issuer": "Cloud Board", "date": "2020-02"},
        {"name": "Wilderness First Aid", "issuer": "Red Hut", "date": "2012-05"},
    ],
    "publication": [
        {
            "name": "Nets and sockets",
            "publisher": "Skarv Press",
            "release_date": "2022-05",
            "summary": "A textbook of 96 pages.",
        }
    ],
    "skill": [
        {"name": "Firmware", "level": "Expert", "keywords": ["Rust", "C"]},
        {"name": "Stores", "level": "Beginner", "keywords": ["PostgreSQL"]},
    ],
    "language": [
        {"language": "Norwegian", "fluency": "Native speaker"},
        {"language": "Spanish", "fluency": "Professional (C1)"},
        {"language": "French", "fluency": "Beginner (A2)"},
    ],
    "project": [
        {
            "title": "Lantern",
            "role": "Lead",
            "entity": "Sildwerk",
            "technologies": ["Rust"],
            "summary": "Firmware that finds boats, with 1,900 stars.",
            "description": "A retired skipper tested it for us in a bay.",
            "start_date": "2022-01-01",
            "end_date": None,
            "status": "in_progress",
            "team_size": 3,
            "open_source": True,
        },
        {
            "title": "Mast",
            "role": "Author",
            "technologies": ["Python"],
            "summary": "Counts gulls.",
            "start_date": "2017-01-01",
            "end_date": "2018-01-01",
            "status": "completed",
            "team_size": 1,
            "open_source": False,
        },
    ],
}


@pytest.fixture(scope="module")
def ask(pieces: WordPieces) -> Ask:
    sources = documents(FIELDS)
    return asking(sources, Book(sources, pieces.count), pieces)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Length of the Kanal stint?", "5 years 3 months"),
        ("How long did she stay with the television people?", "5 years 3 months"),
        ("time spent in broadcasting?", "Kanal Elleve"),
        ("What is her job title at the boat company?", "Staff Engineer"),
        ("How long has she been at her current employer?", "5 years 8 months"),
        ("Was she a soldier and had a regular job at the same time?", "Home Guard"),
        ("How big is the group she heads at the tracker maker?", "group of seven"),
        ("Since when is she in charge of the firmware group at Sildwerk?", "May 2023"),
        ("Is she a CKA, and since when?", "February 2020"),
        ("which of her certificates is the oldest one", "Wilderness First Aid"),
        ("Our office is in Madrid. Could she run a workshop in Spanish?", "Yes: Spanish"),
        ("Half of our staff only speaks French; can she cope?", "Beginner"),
        ("open to offers?", "not looking for a new job"),
        ("How often would she get on a plane?", "twice a month"),
        ("How often is she in the office?", "one day on site"),
        ("Which area would you call yourself a novice in?", "Stores"),
        ("I stumbled over something called Lantern. What does it do?", "finds boats"),
        ("Anything of hers I can fork?", "Lantern"),
        ("Her own part in Lantern - was she running it or just a contributor?", "Lead"),
        ("Were there more than five people behind Lantern?", "No."),
        ("Does any repo of hers have over a thousand stars?", "Yes."),
        ("Could you tell me how big the Lantern crew is?", "three people"),
        ("What databases has she worked with?", "PostgreSQL"),
        ("Has she used Rust?", "Yes. “Wrote the tracker in Rust.” (Sildwerk)"),
    ],
)
def test_other_words_find_the_same(ask: Ask, question: str, says: str) -> None:
    answer = ask(question)
    assert says in answer.text, answer.text
    assert answer.kind in (AnswerKind.FACT, AnswerKind.EXTRACT)


@pytest.mark.parametrize(
    "question",
    [
        "What mark did she get in the HCI diploma?",
        "Did she write Rust at the television station?",
        "Which skippers tested it, by name?",
        "Is she a PMP?",
        "How long was she with the airline?",
        "What made her quit Kanal Elleve?",
        "Could she lead a call in Finnish?",
        "Which country was she sent to?",
    ],
)
def test_what_only_sounds_alike_is_refused(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.kind is AnswerKind.REFUSAL, answer.text


def test_a_word_for_weak_skills_is_no_telephone_call(ask: Ask) -> None:
    assert "telephone" not in ask("Would you call yourself a novice at anything?").text


def test_another_word_for_what_is_there_is_no_strange_name(ask: Ask) -> None:
    text = ask("What did she put in place of Nagios at the TV station?").text
    assert "does not mention" not in text


def test_uptime_is_no_availability_for_jobs(ask: Ask) -> None:
    text = ask("Concrete evidence that she improved the availability of something?").text
    assert "availability or plans" not in text


@pytest.mark.parametrize(
    ("before", "question", "says"),
    [
        ("Has she written a textbook?", "How long is it?", "96 pages"),
        ("Where did she do her bachelor's?", "and the diploma?", "Fjord Institute"),
        ("When was she at Home Guard?", "Where did she work during those years?", "Kanal Elleve"),
    ],
)
def test_what_follows_is_understood(ask: Ask, before: str, question: str, says: str) -> None:
    assert says in ask(question, before).text


@pytest.mark.parametrize(
    "said",
    [
        *["heya", "good day to you!", "thanks a lot, that was helpful. bye!", "ok ta"],
        *["Am I talking to a real person here or a bot?", "cheers, very kind of you"],
    ],
)
def test_courtesies_in_other_words_are_courtesies(ask: Ask, said: str) -> None:
    assert ask(said).kind is AnswerKind.SMALLTALK
