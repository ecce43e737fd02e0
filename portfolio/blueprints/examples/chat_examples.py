"""The examples of questions, answers and conversations in the API's description."""

from typing import Any

from portfolio.blueprints.examples import Examples

Responses = dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]

QUESTION: Examples = {
    "question": {
        "summary": "A question about the default profile",
        "value": {"question": "Which databases has she worked with?"},
    },
    "forgotten": {
        "summary": "One that nobody keeps",
        "value": {
            "question": "What did she build with Flask?",
            "profile": "tamsin-orrelund",
            "project": "tidegauge",
            "context": "project",
            "timeout": 5,
            "remember": False,
        },
    },
}
NEXT_QUESTION: Examples = {
    "follow-up": {"summary": "It leans on the one before", "value": {"question": "And before?"}}
}
NEW_CONVERSATION: Examples = {
    "default": {"summary": "About the default profile", "value": {}},
    "profile": {"summary": "About somebody", "value": {"profile": "tamsin-orrelund"}},
}
FEEDBACK: Examples = {
    "good": {"summary": "It helped", "value": {"rating": "up"}},
    "bad": {"summary": "It did not", "value": {"rating": "down", "comment": "It was another."}},
}
CONVERSATION: dict[str, Any] = {
    "id": "6c1f7a52-0b7e-4a8f-8f0c-3d2a9b5e4c10",
    "profile": "ines-calder",
    "messages": 0,
    "created_at": "2024-06-01T08:30:00Z",
    "used_at": "2024-06-01T08:30:00Z",
    "access_token": "c2FtcGxlLWV4YW1wbGU",
}
ANSWER: dict[str, Any] = {
    "answer": "Today 40 sailing clubs rely on it.",
    "kind": "extract",
    "citations": [
        {
            "source_type": "project",
            "source_id": "0f5f2d0a-5c0e-4d3b-9d5e-0d2f4b1a7c11",
            "title": "Tide tables",
            "url": "/api/v1/projects/tide-tables/",
            "field": "/description",
            "start": 29,
            "end": 63,
            "quote": "Today 40 sailing clubs rely on it.",
            "score": 0.72,
        }
    ],
    "confidence": 0.72,
    "understood": "",
    "conversation_id": CONVERSATION["id"],
    "message_id": "d0b5c6a8-93f1-4f0e-b2a7-5e8c1d4f6a32",
    "access_token": CONVERSATION["access_token"],
    "timings": {"retrieval": 5.214, "answer": 0.731, "total": 6.402},
    "indexing": False,
    "cache": {"status": "miss", "tier": None},
}
NEXT_ANSWER = {**ANSWER, "understood": "Which databases before that?", "access_token": None}


def answers(*problems: int) -> Responses:
    """An answer as it is described, whole or as events, and the problems that it may have."""
    content: dict[str, dict[str, Any]] = {
        "application/json": {
            "schema": {"$ref": "#/components/schemas/ChatAnswer"},
            "example": ANSWER,
        },
        "text/event-stream": {
            "schema": {"type": "string"},
            "example": 'event: delta\ndata: {"text":"Today 40 sailing clubs rely on it."}\n\n',
        },
    }
    told: Responses = {200: {"description": "The answer, whole or as events.", "content": content}}
    # What they are is told of all problems in one place.
    return {**told, **{status: {"description": ""} for status in problems}}
