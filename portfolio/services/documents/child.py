"""Run as a process of its own: reads a file from standard input and writes its text as JSON.

It has limits on memory, time and files, and no environment. It runs nothing that
a file holds, follows no link and expands no entity. What its parsers raise ends it.
"""

import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from pypdf import PdfReader
from pypdf.errors import DependencyError, LimitReachedError

from portfolio.services.documents.sight import Sight, is_unseen

MEMORY = 512 * 1024 * 1024
SECONDS = 10
FILES = 64
PAGES = 50
PARTS = 2000
UNPACKED = 48 * 1024 * 1024
"""Most bytes of a DOCX when it is unpacked."""
NESTED = 4
"""Tables in tables."""
_WRAPPERS = ("w:sdt", "w:ins", "w:moveTo", "w:smartTag")
ENOUGH = 200_000
"""Characters after which nobody reads on."""


class Refused(Exception):
    """The file is not read; the message is a word for the reason."""


def limit_itself() -> None:
    """Give up what reading a file does not need; no later code can take it back."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def read_pdf(data: bytes) -> str:
    """The text of all pages."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not _opens(reader):
        raise Refused("encrypted")
    if len(reader.pages) > PAGES:
        raise Refused("pages")
    return _gather(
        page.extract_text(visitor_operand_before=Sight(page).look) for page in reader.pages
    )


def _opens(reader: PdfReader) -> bool:
    """Whether it opens everywhere, as only changing it takes a password."""
    try:
        return bool(reader.decrypt(""))
    except DependencyError:
        return False


def read_docx(data: bytes) -> str:
    """The paragraphs and tables in their order; items of lists begin with a hyphen."""
    _check_parts(data)
    document = docx.Document(io.BytesIO(data))
    _unwrap(document.element.body)
    return _gather(_lines(document))


def _check_parts(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if "[Content_Types].xml" not in archive.namelist():
            raise Refused("foreign")
        if any(part.flag_bits & 1 for part in parts):
            raise Refused("encrypted")
        if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
            raise Refused("large")
        types = archive.read("[Content_Types].xml")
    if b"macroEnabled" in types:
        raise Refused("macros")
    if b"wordprocessingml.document.main+xml" not in types:
        raise Refused("foreign")


def _unwrap(body: Any) -> None:
    """What stands in content controls, and what was inserted while changes are tracked, is text."""
    for name in _WRAPPERS:
        for wrapper in list(body.iter(qn(name))):
            content = wrapper.find(qn("w:sdtContent")) if name == "w:sdt" else wrapper
            for child in () if content is None else list(content):
                wrapper.addprevious(child)
            wrapper.getparent().remove(wrapper)


def _lines(place: Document | _Cell, depth: int = 0) -> Iterator[str]:
    for block in place.iter_inner_content():
        if isinstance(block, Paragraph):
            yield _paragraph(block)
        elif isinstance(block, Table) and depth < NESTED:
            # A cell that spans others is told once.
            cells = {cell._tc: cell for row in block.rows for cell in row.cells}
            for cell in cells.values():
                yield from _lines(cell, depth + 1)


def _paragraph(paragraph: Paragraph) -> str:
    pieces = (
        piece.text
        for piece in paragraph.iter_inner_content()
        if not isinstance(piece, Run) or not is_unseen(piece, paragraph)
    )
    text = "".join(pieces)
    style = paragraph.style.name if paragraph.style is not None else ""
    listed = (style or "").startswith("List") or paragraph._p.find(
        f".//{qn('w:numPr')}"
    ) is not None
    return f"- {text}" if listed and text.strip() else text


def _gather(pieces: Iterator[str]) -> str:
    text = ""
    for piece in pieces:
        text += piece + "\n"
        if len(text) > ENOUGH:
            break
    return text


READERS = {"pdf": read_pdf, "docx": read_docx}


def main() -> None:
    """Read the kind of file that the first argument names."""
    limit_itself()
    try:
        answer = {"text": READERS[sys.argv[1]](sys.stdin.buffer.read())}
    except Refused as refused:
        answer = {"refused": str(refused)}
    except (MemoryError, LimitReachedError):
        answer = {"refused": "large"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
