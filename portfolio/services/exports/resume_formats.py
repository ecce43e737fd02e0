"""The forms in which a résumé goes out. Each is made from the exported document alone."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from portfolio.schemas.json_text import encode_json
from portfolio.services.exports.exporting import export_resume
from portfolio.services.exports.resume_markdown import write_markdown
from portfolio.services.exports.resume_page import write_lone_page
from portfolio.vocabulary import BODY_BYTES


def write_json(document: Mapping[str, Any]) -> str:
    """JSON Resume 1.0, indented for people, unless that makes it too large for an import."""
    compact = encode_json(document)
    indented = msgspec.json.format(compact, indent=2) + b"\n"
    return (indented if len(indented) <= BODY_BYTES else compact).decode()


FORMATS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "json": write_json,
    "markdown": write_markdown,
    "html": write_lone_page,
}
"""What makes a file of a document, by the name of the form."""


def write_resume(slug: str, form: str, *, private: bool) -> str:
    """A profile in one of the forms; see `export_resume`.

    Raises:
        NotFound: there is none, or it is a draft and `private` is not set.
    """
    return FORMATS[form](export_resume(slug, private=private))
