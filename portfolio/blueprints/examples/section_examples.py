"""The examples of the bodies that write sections. A test sends every one of them."""

from typing import Any

from portfolio.blueprints.examples import Examples

ITEM_ID = "0f5f2d0a-5c0e-4d3b-9d5e-0d2f4b1a7c11"
_ITEMS: dict[str, dict[str, Any]] = {
    "social_profiles": {
        "network": "Codeberg",
        "username": "ines",
        "url": "https://code.example.org/ines",
    },
    "work": {
        "name": "Harbour Data Trust",
        "location": "Bristol",
        "description": "Open data for small harbours",
        "position": "Lead developer",
        "url": "https://harbour.example.org",
        "start_date": "2021-03",
        "end_date": None,
        "summary": "I look after what 40 sailing clubs rely on.",
        "highlights": ["Brought the time to answer from 400 ms to 4."],
    },
    "volunteer": {
        "organization": "Repair Café Bristol",
        "position": "Electronics table",
        "url": "https://repair.example.org",
        "start_date": "2019",
        "end_date": "2023-06",
        "summary": "Radios, mostly.",
        "highlights": ["Half of what came in went home working."],
    },
    "education": {
        "institution": "University of Wales",
        "url": "https://university.example.org",
        "area": "Oceanography",
        "study_type": "BSc",
        "start_date": "2011-09",
        "end_date": "2014-06",
        "score": "First",
        "courses": ["Tides and waves", "Numerical methods"],
    },
    "awards": {
        "title": "Open Data Prize",
        "date": "2023-11",
        "awarder": "Open Coast Foundation",
        "summary": "For the tide tables.",
    },
    "certificates": {
        "name": "Database administration",
        "date": "2022-05-20",
        "issuer": "Example Institute",
        "url": "https://certificates.example.org/4711",
    },
    "publications": {
        "name": "Where is zero?",
        "publisher": "Small Harbours Quarterly",
        "release_date": "2022",
        "url": "https://quarterly.example.org/zero",
        "summary": "On chart datums and their discontents.",
    },
    "skills": {
        "name": "Databases",
        "level": "Advanced",
        "keywords": ["PostgreSQL", "Redis"],
    },
    "languages": {"language": "Welsh", "fluency": "Native speaker"},
    "interests": {"name": "Sailing", "keywords": ["Dinghies", "Knots"]},
    "references": {"name": "Jon Abara", "reference": "She answers before you have asked."},
}

NEW_ITEMS: dict[str, Examples] = {
    section: {"whole": {"summary": "Everything that can be told", "value": item}}
    for section, item in _ITEMS.items()
}
SECTION_ORDER: Examples = {
    "one": {
        "summary": "This one first",
        "value": {"order": [ITEM_ID]},
    }
}


def patch_of(section: str) -> Examples:
    """A change of an item's first member."""
    name, value = next(iter(_ITEMS[section].items()))
    return {"one": {"summary": "Another name", "value": {name: f"{value} (new)"}}}


def whole_of(section: str) -> Examples:
    """A section of two items."""
    value = {"items": [{"id": ITEM_ID, **_ITEMS[section]}, _ITEMS[section]]}
    return {"two": {"summary": "An item that is there, and a new one behind it", "value": value}}
