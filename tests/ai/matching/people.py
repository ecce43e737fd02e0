"""An invented portfolio, and reports on it without a model."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from portfolio.ai.jobs.cleaning import clean_description
from portfolio.ai.matching.matching import build_report
from portfolio.ai.matching.report import SCORING, Report, Versions
from portfolio.ai.shown.places import Document
from portfolio.ai.shown.portfolio_skills import PortfolioSkills
from portfolio.ai.skills.vocabulary import standard_vocabulary

TODAY = date(2026, 11, 22)
VERSIONS = Versions("hanneke", "k", SCORING, "v", "2026-11", indexing=False)


def hanneke() -> list[Document]:
    """Nearly eight years of work, three of them with Django; her last job still goes on."""
    return [
        _document(
            "profile",
            name="Hanneke Wiersma",
            label="Backend developer",
            summary="Hanneke Wiersma keeps services simple. She has never used Scala.",
            location={"city": "Utrecht", "region": "Utrecht", "country_code": "NL"},
        ),
        _document(
            "work",
            position="Developer",
            name="Lindwurm Logistics",
            start_date="2019-01",
            end_date="2021-12",
            summary="Built APIs with Django and PostgreSQL for warehouses.",
            highlights=["Moved builds to GitHub Actions.", "Mentored two juniors."],
        ),
        _document(
            "work",
            position="Senior Developer",
            name="Mossgrove Rail",
            start_date="2022-01",
            end_date=None,
            summary="Python services that read Kafka topics.",
            highlights=["Tuned PostgreSQL until reports took seconds instead of hours."],
        ),
        _document(
            "project",
            title="Lock gauge",
            technologies=["Go", "Redis", "Zorblax"],
            start_date="2020-03",
            end_date="2020-08",
            summary="Shows the water level of every lock.",
        ),
        _document("skill", name="Infrastructure", keywords=["Docker", "Python", "k8s"]),
        _document("skill", name="Others", keywords=["Excel"]),
        _document(
            "education",
            study_type="Bachelor of Science",
            area="Computer Science",
            institution="Northmoor University",
            start_date="2014-09",
            end_date="2017-06",
        ),
        _document("language", language="Dutch", fluency="Native"),
        _document("language", language="English", fluency="C1"),
        _document("language", language="German", fluency="A2"),
    ]


def _document(kind: str, **members: Any) -> Document:
    names = (members.get(name) for name in ("position", "name", "language", "title"))
    return Document(kind, f"{kind}-{next(filter(None, names), '')}", members)


def report_on(text: str, documents: Sequence[Document] | None = None) -> Report:
    """The report, with nothing found by meaning."""
    portfolio = PortfolioSkills.read(documents or hanneke(), standard_vocabulary())
    return build_report(
        clean_description(text), portfolio, VERSIONS, TODAY, lambda texts: [None] * len(texts)
    )
