"""The text of a résumé: JSON in any form of Unicode that says which, or what else the file is."""

import codecs
from typing import Any

from portfolio.schemas.json_resume.other_formats import recognise_text
from portfolio.schemas.json_text import JsonError, decode_loosely

_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""The longer ones first: one begins like another."""


def decode_resume(data: bytes) -> Any:
    """The JSON value in the bytes of a file; its strings may hold half of a surrogate pair.

    Raises:
        JsonError: it is none; the message says what the file is, if anybody knows.
    """
    try:
        return decode_loosely(_in_utf8(data))
    except JsonError as error:
        raise JsonError(recognise_text(data) or str(error)) from None


def _in_utf8(data: bytes) -> bytes:
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            try:
                return data.decode(encoding).encode()
            except UnicodeError:
                raise JsonError(f"The text begins like {encoding.upper()}, but is none.") from None
    return data
