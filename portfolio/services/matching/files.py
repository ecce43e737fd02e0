"""Job descriptions that come as files."""

from typing import Any, BinaryIO

from portfolio.errors import Invalid, TooLarge
from portfolio.extensions import db
from portfolio.services.documents.kinds import Unreadable
from portfolio.services.documents.reading import read_document
from portfolio.services.matching.making import Description, begin_analysis


def begin_file_analysis(
    file: BinaryIO, profile: str | None, *, private: bool, byte_limit: int
) -> dict[str, Any]:
    """A new analysis of a file's text, for the caller to hand to a task. The file is not kept.

    Raises:
        TooLarge, Invalid: what is wrong with the file, or the profile is unknown.
        ServiceUnavailable: too many files are being read.
    """
    data = file.read(byte_limit + 1)
    if len(data) > byte_limit:
        raise TooLarge(f"A file may have {byte_limit} bytes.")
    db.session.commit()  # no connection is held while the file is read
    try:
        kind, text = read_document(data)
    except Unreadable as reason:
        raise Invalid([{"pointer": "#/file", "detail": str(reason)}]) from None
    return begin_analysis(Description(text, profile, private, kind, "#/file", by_task=True))
