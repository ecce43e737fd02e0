"""What a file is, by its content; its name and its type are only what somebody has said."""

import codecs
import re

from portfolio.vocabulary import DocumentKind

_PDF_ROOM = 1024
"""Bytes that may stand before a PDF's beginning."""
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
"""Word before 2007, and what holds an encrypted DOCX."""
_BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff]")
_MARKUP = re.compile(r"\s*(?:<!doctype|<html|<\?xml|\{\\rtf)", re.IGNORECASE)

FOREIGN = "is no PDF, DOCX or text in UTF-8"


class Unreadable(Exception):
    """A file cannot be read; the message says why, to go behind its name."""


def recognise(data: bytes) -> DocumentKind:
    """The kind of a file.

    Raises:
        Unreadable: it is empty, or of no kind that is read.
    """
    if not data.strip():
        raise Unreadable("is empty")
    if b"%PDF-" in data[:_PDF_ROOM]:
        return DocumentKind.PDF
    if data.startswith(_ZIP):
        return DocumentKind.DOCX
    if data.startswith(_OLD_OFFICE):
        raise Unreadable("is an encrypted or old Office file; send a DOCX without a password")
    return DocumentKind.PLAIN


def decode_plain(data: bytes) -> str:
    """The characters of plain text or Markdown.

    Raises:
        Unreadable: it is something else.
    """
    bom = next((bom for bom in _BOMS if data.startswith(bom)), b"")
    try:
        text = data.removeprefix(bom).decode(_BOMS.get(bom, "utf-8"))
    except UnicodeDecodeError:
        raise Unreadable(FOREIGN) from None
    if _CONTROLS.search(text) or _MARKUP.match(text):
        raise Unreadable(FOREIGN)
    return text
