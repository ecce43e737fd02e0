"""The examples of events, sessions and messages to the owner in the API's description."""

from portfolio.blueprints.examples import Examples

SESSION_ID = "8d1f3c52-77a1-4b0e-9c4d-2f6e5a1b3c90"
MESSAGE_ID = "5a0c9e14-2b7d-4f63-8e1a-c0d4b6f7a829"
EVENTS: Examples = {
    "page": {
        "summary": "A page was opened",
        "value": {
            "events": [
                {
                    "kind": "page_view",
                    "path": "/",
                    "referrer": "https://www.linkedin.com/",
                    "utm_source": "newsletter",
                }
            ]
        },
    },
    "several": {
        "summary": "A project was looked at, and the page left",
        "value": {
            "events": [
                {"kind": "project_view", "path": "/", "project": "tidegauge", "age_ms": 20000},
                {"kind": "duration", "path": "/", "duration_ms": 41000},
            ]
        },
    },
}
RECEIPT = {"accepted": 1, "session": SESSION_ID}
_CAME_FROM = {
    "referrer_host": "linkedin.com",
    "utm_source": "newsletter",
    "utm_medium": None,
    "utm_campaign": None,
    "utm_term": None,
    "utm_content": None,
}
_BROWSER = {
    "device": "desktop",
    "browser": "Firefox",
    "system": "Linux",
    "country": None,
    "is_bot": False,
}
_EVENT = {
    "event_id": "c3a5e0d7-1f28-4b9a-8e6c-7d0b2a4f6e15",
    "kind": "page_view",
    "at": "2026-11-20T09:14:03.120000Z",
    "path": "/",
    "project_id": None,
    "profile_id": None,
    "is_entrance": True,
    "duration_ms": None,
    **_CAME_FROM,
    **_BROWSER,
}
SESSION = {
    "id": SESSION_ID,
    "day": "2026-11-20",
    "first_seen": "2026-11-20T09:14:03.120000Z",
    "last_seen": "2026-11-20T09:14:03.120000Z",
    "entry_path": "/",
    **_CAME_FROM,
    **_BROWSER,
    "visits": 1,
    "events": 1,
    "page_views": 1,
    "project_views": 0,
    "chat_starts": 0,
    "job_matches": 0,
    "downloads": 0,
    "contacts": 0,
    "duration_ms": 0,
    "recruiter_reasons": ["company_referrer"],
    "all_events": [_EVENT],
}
MESSAGE: Examples = {
    "default": {
        "summary": "A message to the owner",
        "value": {
            "name": "Ines Calder",
            "email": "ines@calder.example.org",
            "message": "We look for somebody who knows tides. May I call you?",
        },
    }
}
