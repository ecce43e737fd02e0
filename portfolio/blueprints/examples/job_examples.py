"""The examples of job descriptions and analyses in the API's description."""

from typing import Any

from portfolio.blueprints.examples import Examples

Responses = dict[int | str, Any]

DESCRIPTION = """\
Backend engineer

Requirements
- 3+ years of Python
- PostgreSQL or MySQL
"""
TEXT: Examples = {
    "default": {"summary": "Matched with the default profile", "value": {"text": DESCRIPTION}},
    "profile": {
        "summary": "Matched with somebody",
        "value": {"text": DESCRIPTION, "profile": "tamsin-orrelund"},
    },
}
SHARE: Examples = {"week": {"summary": "For a week", "value": {"days": 7}}}
ASKED = {
    "text": "3+ years of Python",
    "start": 33,
    "end": 51,
    "level": "required",
    "skills": [{"name": "Python", "start": 45, "end": 51}],
    "traits": [],
    "any_of": False,
    "years": 3.0,
    "at_least": None,
    "alternatives": [],
}
CITATION = {
    "source_type": "project",
    "source_id": "0f5f2d0a-5c0e-4d3b-9d5e-0d2f4b1a7c11",
    "field": "/technologies/0",
    "start": 0,
    "end": 6,
    "quote": "Python",
    "score": 1.0,
}
MATCHED = {
    "requirement": ASKED,
    "credit": 1.0,
    "reasons": [],
    "uses": [{"skill": "Python", "years": 3.4, "last_used": "2024-06", "is_current": True}],
    "evidence": [{"skill": "Python", "citation": CITATION}],
    "scored": True,
}
MISSING = {
    "requirement": {
        "text": "PostgreSQL or MySQL",
        "start": 54,
        "end": 73,
        "level": "required",
        "skills": [
            {"name": "PostgreSQL", "start": 54, "end": 64},
            {"name": "MySQL", "start": 68, "end": 73},
        ],
        "traits": [],
        "any_of": True,
        "years": None,
        "at_least": 1,
        "alternatives": [],
    },
    "credit": 0.0,
    "reasons": [],
    "uses": [],
    "evidence": [],
    "scored": True,
}
SCORES = {
    "overall": 60.0,
    "skills": 50.0,
    "experience": 90.0,
    "education": None,
    "languages": None,
    "formula": {"skills": "100 * sum(weight * credit) / sum(weight)"},
    "inputs": {"overall": {"skills": {"weight": 60, "score": 50.0}}},
    "unscored": {"education": "The description asks for no degree."},
}
ID = "3b0a7d52-6f1c-4c1e-9d2b-8a4f5e6c7d81"
ANALYSIS: dict[str, Any] = {
    "id": ID,
    "status": "done",
    "reason": "",
    "profile": "ines-calder",
    "source": "text",
    "title": "Backend engineer",
    "company": None,
    "overall": 60.0,
    "rerun_of": None,
    "shared_until": None,
    "created_at": "2024-06-01T08:30:00Z",
    "finished_at": "2024-06-01T08:30:00Z",
    "access_token": "c2FtcGxlLWV4YW1wbGU",
    "text": DESCRIPTION.strip(),
    "summary": None,
    "job": {
        "title": "Backend engineer",
        "company": None,
        "seniority": None,
        "location": None,
        "workplace": None,
        "employment": None,
        "years": None,
        "education": None,
        "languages": [],
        "excluded": [],
    },
    "requirements": [ASKED, MISSING["requirement"]],
    "matched": [MATCHED],
    "partial": [],
    "related": [],
    "missing": [MISSING],
    "unjudged": [],
    "left_out": 0,
    "comparison": None,
    "scores": SCORES,
    "strengths": [],
    "recommendations": [],
    "sources": [
        {
            "source_type": "project",
            "source_id": CITATION["source_id"],
            "title": "Tide tables",
            "url": "/api/v1/projects/tide-tables/",
        }
    ],
    "versions": {
        "profile": "ines-calder",
        "knowledge": "fd6a778da1c140b81a75118af12fa064",
        "scoring": 3,
        "vocabulary": "aef900709c150b12",
        "month": "2024-06",
        "indexing": False,
    },
    "cache": {"status": "miss", "tier": None},
}
REPORT = {
    name: ANALYSIS[name]
    for name in (
        *("job", "requirements", "matched", "partial", "related", "missing", "unjudged"),
        *("left_out", "comparison", "scores", "strengths", "recommendations", "sources"),
        "versions",
    )
}
"""The part of it that is kept as the report."""

_SCHEMA = {"$ref": "#/components/schemas/JobAnalysisDetail"}
_TEXT = {"type": "string"}


def accepted(*problems: int) -> Responses:
    """That a task makes the report, and the problems that there may be."""
    waiting = {"description": "A task makes the report; `Location` is where to ask for it."}
    told: Responses = {202: {**waiting, "content": {"application/json": {"schema": _SCHEMA}}}}
    # What they are is told of all problems in one place.
    return told | {status: {"description": ""} for status in problems}


def _answer(description: str, media_type: str, example: str) -> Responses:
    content = {media_type: {"schema": _TEXT, "example": example}}
    return {200: {"description": description, "content": content}}


EVENTS: Responses = {
    200: {
        "description": "Events as they happen.",
        # What a schema would say of a stream is not agreed on.
        "content": {
            "text/event-stream": {
                "schema": {},
                "example": 'event: status\ndata: {"status":"pending"}\n\n',
            }
        },
    }
}
MARKDOWN = _answer("The report.", "text/markdown", "# Backend engineer\n")
PAGE = _answer("The report.", "text/html", "<!doctype html>\n<title>Match report</title>\n")
