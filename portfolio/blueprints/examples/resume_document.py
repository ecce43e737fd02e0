"""What the API's description says of exported résumés: their shapes and examples."""

from typing import Any

_OBJECT: dict[str, Any] = {"type": "object"}
_ITEMS: dict[str, Any] = {"type": "array", "items": _OBJECT}
_SECTIONS = (
    *("work", "volunteer", "education", "awards", "certificates", "publications", "skills"),
    *("languages", "interests", "references", "projects"),
)

_DOCUMENT: dict[str, Any] = {
    "title": "JsonResume",
    "type": "object",
    "description": "A JSON Resume 1.0; empty members are left out.",
    "externalDocs": {"url": "https://jsonresume.org/schema"},
    "required": ["$schema", "basics", "meta"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "basics": {
            "type": "object",
            "required": ["name"],
            "properties": {"name": {"type": "string"}, "location": _OBJECT, "profiles": _ITEMS},
        },
        **dict.fromkeys(_SECTIONS, _ITEMS),
        "meta": {
            "type": "object",
            "required": ["x-portfolio"],
            "properties": {
                "x-portfolio": {
                    "type": "object",
                    "description": "What the portfolio says beyond JSON Resume.",
                    "required": ["slug", "visibility"],
                    "properties": {
                        "slug": {"type": "string"},
                        "visibility": {"type": "string"},
                        "export": {
                            "const": "public",
                            "description": "What is hidden from others is left out.",
                        },
                    },
                }
            },
        },
    },
}
_EXAMPLE: dict[str, Any] = {
    "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
    "basics": {"name": "Ines Calder", "label": "Backend engineer", "location": {"city": "Bristol"}},
    "work": [{"name": "Harbour Trust", "position": "Developer", "startDate": "2020-05"}],
    "volunteer": [{"organization": "Code Club", "position": "Tutor", "endDate": "2019"}],
    "education": [{"institution": "Northmoor", "area": "Oceanography", "studyType": "BSc"}],
    "awards": [{"title": "Best Talk", "date": "2022-10-14"}],
    "certificates": [{"name": "First aid", "date": "2024"}],
    "publications": [{"name": "On tides", "releaseDate": "2021-03"}],
    "skills": [{"name": "Databases", "keywords": ["PostgreSQL", "Redis"]}],
    "languages": [{"language": "English", "fluency": "Native speaker"}],
    "interests": [{"name": "Swimming"}],
    "references": [{"name": "Jon Abara", "reference": "She asks the harbour master first."}],
    "projects": [
        {
            "name": "Tide tables",
            "keywords": ["Python", "PostgreSQL"],
            "startDate": "2023-02",
            "x-portfolio": {
                "slug": "tide-tables",
                "status": "in_progress",
                "featured": True,
                "openSource": False,
                "visibility": "public",
                "order": 1,
            },
        }
    ],
    "meta": {
        "x-portfolio": {
            "slug": "ines-calder",
            "visibility": "public",
            "default": True,
            "showEmail": False,
            "showPhone": False,
            "showAddress": False,
            "export": "public",
        }
    },
}
_MARKDOWN = """\
# Ines Calder

Backend engineer

Bristol

## Experience

### Developer

Harbour Trust · May 2020 \N{EN DASH} present
"""


def _answer(media_type: str, schema: Any, example: Any) -> dict[int, Any]:
    content = {media_type: {"schema": schema, "example": example}}
    return {200: {"description": "The résumé.", "content": content}}


_TEXT = {"type": "string"}
JSON = _answer("application/json", _DOCUMENT, _EXAMPLE)
MARKDOWN = _answer("text/markdown", _TEXT, _MARKDOWN)
PAGE = _answer("text/html", _TEXT, "<!doctype html>\n<title>Ines Calder</title>\n")
