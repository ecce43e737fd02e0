"""The examples of profiles, projects, images and imports, and of the cache's own endpoints."""

from typing import Any

from portfolio.blueprints.examples import Examples

NEW_PROJECT: Examples = {
    "small": {"summary": "The title is enough", "value": {"title": "Tide tables"}},
    "whole": {
        "summary": "Everything that can be told",
        "value": {
            "title": "Tide tables",
            "summary": "High and low water for 300 harbours, from one small server.",
            "description": "It began with a wet picnic.\n\nToday 40 sailing clubs rely on it.",
            "technologies": ["Python", "Flask", "PostgreSQL"],
            "url": "https://tides.example.org",
            "source_url": "https://code.example.org/tides",
            "demo_url": "https://tides.example.org/demo",
            "documentation_url": "https://tides.example.org/docs",
            "featured": True,
            "open_source": True,
            "difficulty": "advanced",
            "status": "completed",
            "complexity": 7,
            "start_date": "2023-02-01",
            "end_date": "2024-05-31",
            "team_size": 3,
            "role": "Lead developer",
            "entity": "Harbour Data Trust",
            "type": "application",
            "achievements": ["Answers in 4 ms at the 99th percentile."],
            "challenges": ["Harbours disagree about what zero is."],
            "learnings": ["Ask the harbour master first."],
            "sort_order": 1,
            "visibility": "public",
        },
    },
}
PROJECT_PATCH: Examples = {
    "finish": {
        "summary": "It is done",
        "value": {"status": "completed", "end_date": "2024-05-31"},
    },
    "withdraw": {
        "summary": "No demo any more; null takes a value away",
        "value": {"demo_url": None, "visibility": "draft"},
    },
}
PROJECT_ORDER: Examples = {
    "two": {
        "summary": "These two first",
        "value": {
            "order": [
                "0f5f2d0a-5c0e-4d3b-9d5e-0d2f4b1a7c11",
                "b7a1c9f2-1e4d-4f6a-8a57-6a1b2c3d4e5f",
            ]
        },
    }
}
IMAGE_PATCH: Examples = {
    "caption": {
        "summary": "Say what it shows",
        "value": {"caption": "The tide at Bristol", "alt": "A curve with two crests"},
    },
    "first": {"summary": "Show it in lists", "value": {"is_primary": True}},
}
NEW_PROFILE: Examples = {
    "small": {"summary": "The name is enough", "value": {"name": "Ines Calder"}},
    "whole": {
        "summary": "Everything that can be told",
        "value": {
            "name": "Ines Calder",
            "label": "Backend engineer",
            "image": "https://ines.example.org/portrait.jpg",
            "email": "ines@example.org",
            "phone": "+44 117 496 0000",
            "url": "https://ines.example.org",
            "summary": "I keep small services running for a long time.",
            "location": {
                "address": "1 Quay Street",
                "postal_code": "BS1 0AA",
                "city": "Bristol",
                "country_code": "GB",
                "region": "England",
            },
            "visibility": "public",
            "is_default": True,
            "show_email": True,
            "show_phone": False,
            "show_address": False,
        },
    },
}
RESUME: Examples = {
    "small": {"summary": "The name is enough", "value": {"basics": {"name": "Ines Calder"}}},
    "resume": {
        "summary": "JSON Resume 1.0",
        "value": {
            "basics": {
                "name": "Ines Calder",
                "label": "Backend engineer",
                "email": "ines@example.org",
                "location": {"city": "Bristol", "countryCode": "GB"},
            },
            "work": [
                {
                    "name": "Harbour Data Trust",
                    "position": "Lead developer",
                    "startDate": "2020-05",
                    "highlights": ["Answers in 4 ms at the 99th percentile."],
                }
            ],
            "skills": [{"name": "Databases", "keywords": ["PostgreSQL", "Redis"]}],
            "projects": [{"name": "Tide tables", "startDate": "2023-02", "roles": ["Lead"]}],
        },
    },
    "former": {
        "summary": "The dialect from before 1.0",
        "value": {
            "basics": {"name": "Ines Calder", "website": "https://ines.example.org"},
            "work": [{"company": "Harbour Data Trust", "endDate": None}],
        },
    },
}
PROFILE_PATCH: Examples = {
    "move": {
        "summary": "Another town",
        "value": {"location": {"city": "Cardiff", "region": "Wales"}},
    },
    "hide": {"summary": "Show no e-mail address", "value": {"show_email": False}},
}
CACHE_CLEARING: Examples = {
    "all": {"summary": "Everything", "value": {"cache_type": "all"}},
    "policy": {"summary": "What one policy holds", "value": {"cache_type": "project_list"}},
}
_DETAILS = ("description", "achievements", "challenges", "learnings", "images")
IMAGE: dict[str, Any] = {
    "id": "5d2b8a0e-7f3c-4c1d-9e6a-2b4f6d8c0a13",
    "caption": "The tide at Bristol",
    "alt": "A curve with two crests",
    "is_primary": True,
    "sort_order": 1,
    "file": {
        "url": f"/media/{64 * '3'}.webp",
        "media_type": "image/webp",
        "width": 640,
        "height": 480,
        "bytes": 20310,
    },
    "sizes": [],
    "created_at": "2024-06-02T10:00:00Z",
    "updated_at": "2024-06-02T10:00:00Z",
}
PROJECT: dict[str, Any] = {
    "id": "0f5f2d0a-5c0e-4d3b-9d5e-0d2f4b1a7c11",
    "slug": "tide-tables",
    **NEW_PROJECT["whole"]["value"],
    "profile": {"slug": "ines-calder", "name": "Ines Calder"},
    "image": IMAGE,
    "images": [IMAGE],
    "created_at": "2024-06-01T08:30:00Z",
    "updated_at": "2024-06-03T17:05:12.250000Z",
}
PROJECT_PAGE: dict[str, Any] = {
    "items": [{name: value for name, value in PROJECT.items() if name not in _DETAILS}],
    "page": 2,
    "page_size": 1,
    "total": 3,
    "pages": 3,
    "links": {
        "self": "/api/v1/projects/?page_size=1&page=2",
        "first": "/api/v1/projects/?page_size=1",
        "prev": "/api/v1/projects/?page_size=1",
        "next": "/api/v1/projects/?page_size=1&page=3",
        "last": "/api/v1/projects/?page_size=1&page=3",
    },
}
