"""A small portfolio, and questions put to it without a model: its chunks are found by words."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from portfolio.ai.answers.answer import Answer, Context, Turn
from portfolio.ai.answers.book.book import Book
from portfolio.ai.answers.book.items import Document
from portfolio.ai.answers.engine import Asked, answer_from
from portfolio.ai.chunks import cut_source
from portfolio.ai.index import KnowledgeIndex
from portfolio.ai.retrieval import Hit, retrieve
from portfolio.ai.word_pieces import WordPieces

Ask = Callable[..., Answer]
TODAY = date(2026, 11, 22)

FIELDS: dict[str, list[dict[str, Any]]] = {
    "profile": [
        {
            "name": "Ilse Marchetti",
            "label": "Backend Engineer",
            "summary": "I build booking systems. From May 2018 to January 2019 I did not work,"
            " because I sailed around Iceland.",
            "location": {"city": "Graz", "region": "Styria", "country_code": "AT"},
            "url": "https://ilse.example.org",
            "email": None,
            "phone": None,
        }
    ],
    "work": [
        {
            "name": "Lindwurm Rail",
            "position": "Senior Engineer",
            "summary": "I look after seat reservations.",
            "highlights": [
                "Built Kestrel in Go, which holds 9,000 seats a second.",
                "Lead a team of six engineers.",
            ],
            "start_date": "2019-02",
            "end_date": None,
        },
        {
            "name": "Tolle Maps",
            "position": "Junior Developer",
            "summary": "I drew tiles with Python.",
            "highlights": ["Cut the time of a build from 40 to 7 minutes."],
            "start_date": "2015-03",
            "end_date": "2018-04",
        },
    ],
    "education": [
        {
            "institution": "University of Graz",
            "area": "Physics",
            "study_type": "MSc",
            "score": "",
            "courses": ["Optics"],
            "start_date": "2009-10",
            "end_date": "2014-06",
        }
    ],
    "skill": [{"name": "Programming", "level": "Expert", "keywords": ["Go", "Python", "C"]}],
    "language": [
        {"language": "Italian", "fluency": "Native speaker"},
        {"language": "German", "fluency": "Fluent"},
    ],
    "award": [{"title": "Golden Timetable", "awarder": "Alpine Rail Union", "date": "2022-05-01"}],
    "reference": [
        {"name": "Odo Brandt, Head of Sales, Lindwurm Rail", "reference": "She never guesses."}
    ],
    "project": [
        {
            "title": "Kestrel",
            "role": "Lead developer",
            "entity": "Lindwurm Rail",
            "type": "application",
            "technologies": ["Go", "PostgreSQL"],
            "summary": "A store of seats.",
            "description": "Kestrel keeps seats in PostgreSQL."
            " We left Oracle because it was dear. We decided against MongoDB.",
            "achievements": ["Has never sold a seat twice."],
            "challenges": ["Clocks ran apart, so we count now."],
            "learnings": ["Count, and trust no clock."],
            "start_date": "2019-05-01",
            "end_date": "2020-09-01",
            "status": "completed",
            "team_size": 4,
            "open_source": True,
            "source_url": "https://code.example.org/kestrel",
        },
        {
            "title": "Marl",
            "role": "Author",
            "technologies": ["Python"],
            "summary": "Draws maps of peat.",
            "start_date": "2016-01-01",
            "end_date": None,
            "status": "in_progress",
            "team_size": 1,
            "open_source": False,
        },
    ],
}


def documents(portfolio: dict[str, list[dict[str, Any]]] = FIELDS) -> list[Document]:
    return [
        Document(kind, f"{kind}-{place}", fields.get("title", "ilse").lower(), fields)
        for kind, items in portfolio.items()
        for place, fields in enumerate(items)
    ]


@pytest.fixture(scope="session")
def book(pieces: WordPieces) -> Book:
    return Book(documents(), pieces.count)


@pytest.fixture(scope="session")
def ask(book: Book, pieces: WordPieces) -> Ask:
    return asking(documents(), book, pieces)


def asking(sources: Sequence[Document], book: Book, pieces: WordPieces) -> Ask:
    """Puts questions to a portfolio, each after those that were asked before it."""
    chunks = [
        chunk
        for document in sources
        for chunk in cut_source(document.type, document.id, document.fields, pieces)
    ]
    index = KnowledgeIndex(chunks, {}, 0)

    def search(text: str, limit: int) -> list[Hit]:
        return retrieve(index, text, None, limit)

    def put(question: str, *before: str, project: str | None = None, today: date = TODAY) -> Answer:
        earlier: Sequence[Turn] = ()
        for said in before:
            asked = Asked(said, today, project, Context.GENERAL, tuple(earlier))
            earlier = (*earlier, Turn(said, answer_from(asked, book, search)))
        asked = Asked(question, today, project, Context.GENERAL, tuple(earlier))
        return answer_from(asked, book, search)

    return put
