"""Files that are no JSON Resume: what they are, in words that help."""

import re
from collections.abc import Mapping
from typing import Any

_WANTED = "Wanted is a JSON Resume: a JSON object with `basics` and its `name`."

_BEGINNINGS = (
    (rb"\x1f\x8b", "This is a gzip archive. Unpack it first."),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP", "This is a picture."),
    (rb"[{\[]\x00|\x00[{\[]", "This is UTF-16 without a byte order mark. Save it as UTF-8."),
    (rb"%PDF", "This is a PDF. Export the résumé as JSON from the program that made it."),
    (rb"\xd0\xcf\x11\xe0", "This is a Word document. Export the résumé as JSON."),
    (rb"\{\\rtf", "This is an RTF document. Export the résumé as JSON."),
    (rb"\\document(class|style)|%", "This is a TeX document."),
    (rb"(?s)<\?xml.*?(europass|SkillsPassport|LearnerInfo)", "This is a Europass XML file."),
    (rb"(?is)(<!--.*?-->\s*)?<(!doctype html|html|head|body)", "This is an HTML page."),
    (rb"<", "This is XML or HTML."),
    (
        rb'"?First Name"?,',
        "This is a table out of LinkedIn's export. There are converters from it to JSON Resume.",
    ),
    (rb"(\xef\xbb\xbf)?#+ ", "This is Markdown."),
    (
        rb"(%YAML.*\n)?(---|(#.*\n)*[A-Za-z_]+:(\s|$))",
        "This looks like YAML. Convert it to JSON first.",
    ),
    (rb"(module\.exports|export default|var|const|let)\b", "This is JavaScript, not JSON."),
)
_ARCHIVES = (
    (b"word/", "This is a Word document (DOCX). Export the résumé as JSON."),
    (b"opendocument", "This is an OpenDocument file. Export the résumé as JSON."),
    (b"Positions.csv", "This is LinkedIn's export. There are converters from it to JSON Resume."),
    (b"", "This is a ZIP archive. Unpack it first."),
)


def recognise_text(data: bytes) -> str | None:
    """What a file that is not JSON is; None if nobody knows."""
    start = data.lstrip()
    if not start:
        return f"The file is empty. {_WANTED}"
    if start.startswith(b"PK\x03\x04"):
        return f"{next(words for mark, words in _ARCHIVES if mark in data)} {_WANTED}"
    for pattern, words in _BEGINNINGS:
        if re.match(pattern, start):
            return f"{words} {_WANTED}"
    return None


def recognise_document(value: Any) -> str | None:
    """Why a JSON value is no JSON Resume; None if it may be one."""
    if isinstance(value, list):
        return f"is a list. {_WANTED} Import several résumés one by one."
    if not isinstance(value, dict):
        return f"is not an object. {_WANTED}"
    if "basics" in value:
        return None
    for found, words in _other_formats(value):
        if found:
            return f"{words} {_WANTED}"
    return None


def _other_formats(value: Mapping[str, Any]) -> list[tuple[bool, str]]:
    names = value.keys()
    meta = value.get("meta")
    form = str(meta.get("format", "")) if isinstance(meta, dict) else ""
    inner = next((n for n in names if isinstance(value[n], dict) and "basics" in value[n]), None)
    return [
        (
            form.upper().startswith(("FRESH", "FRESCA")) or {"employment", "info"} <= names,
            "is a FRESH résumé. The program HackMyResume converts it: hackmyresume convert.",
        ),
        (
            "json-schema.org" in str(value.get("$schema")) or {"properties", "type"} <= names,
            "is a JSON Schema: it describes résumés, and is none.",
        ),
        ("SkillsPassport" in names or "learner" in names, "is a Europass document."),
        (
            bool(names & {"localizedFirstName", "positions", "Profile", "firstName"}),
            "looks like LinkedIn's export. There are converters from it to JSON Resume.",
        ),
        ("bio" in names, "is from the first days of JSON Resume: rename `bio` to `basics`."),
        (inner is not None, f"has its résumé within the member `{inner}`: give that part alone."),
    ]
