"""Parts of the description that are the same for every operation."""

SCHEMES = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token made by `flask token create`, with the scope read, write or admin; "
        "each scope includes the ones before it.",
    }
}
DESCRIPTION = """\
A developer's portfolio: profiles with their sections, projects and images, search in them, cited
answers to questions, and reports on how well they match a job description.

Everybody may read what is public; answers that are cached carry an `ETag` and may be kept and
revalidated. Everybody may ask, too, have a job description compared, tell of a visit and write to
the owner, within the rate limits: a conversation or an analysis is opened by the secret that its
maker was told. Changing a portfolio needs a token with the scope `write`; each operation says what
it needs. Every error is a problem document (RFC 9457).
"""
PROBLEM_SCHEMA = {
    "type": "object",
    "title": "Problem",
    "description": "A problem document (RFC 9457).",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "id": {"type": "string", "description": "Of an internal error, in the server's log."},
        "errors": {
            "type": "array",
            "description": "Of an invalid request: everything that is wrong with it.",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "JSON Pointer into the body."},
                    "parameter": {"type": "string", "description": "Name in the query."},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "Change it only if one of these entity tags, as GET gives them, is current.",
    "schema": {"type": "string"},
    "example": "*",
}
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "Send it only if none of these entity tags, as earlier answers gave them, "
    "is current.",
    "schema": {"type": "string"},
    "example": '"1f0c5d3a9b7e4c26"',
}
SECRET = {
    "in": "header",
    "required": False,
    "description": "The secret that opens it, as it was told when it was made.",
    "schema": {"type": "string"},
    "example": "c2FtcGxlLWV4YW1wbGU",
}
PREFER = {
    "name": "Prefer",
    "in": "header",
    "required": False,
    "description": "With `respond-async` (RFC 7240) nothing is waited for: the answer is 202.",
    "schema": {"type": "string"},
    "example": "wait=5",
}
ETAG = {
    "ETag": {"description": "Stands for this very content.", "schema": {"type": "string"}},
}
LOCATION = {
    "Location": {
        "description": "Address of what was created.",
        "schema": {"type": "string", "format": "uri-reference"},
    },
}
PATH_PARAMETERS = {
    "slug": {"description": "The profile's slug.", "example": "tamsin-orrelund"},
    "ref": {"description": "The project's slug or id.", "example": "tidegauge"},
    "item": {"description": "The item's id.", "example": "0f5f2d0a-5c0e-4d3b-9d5e-0d2f4b1a7c11"},
    "conversation": {
        "description": "The conversation's id.",
        "example": "6c1f7a52-0b7e-4a8f-8f0c-3d2a9b5e4c10",
    },
    "session": {
        "description": "The session's id.",
        "example": "8d1f3c52-77a1-4b0e-9c4d-2f6e5a1b3c90",
    },
    "analysis": {
        "description": "The analysis's id.",
        "example": "3b0a7d52-6f1c-4c1e-9d2b-8a4f5e6c7d81",
    },
    "message": {
        "description": "The message's id.",
        "example": "d0b5c6a8-93f1-4f0e-b2a7-5e8c1d4f6a32",
    },
}
