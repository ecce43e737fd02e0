"""Reading a visitor's file: plain text here, anything with a format in a process of its own."""

import json
import subprocess
import sys
import threading
from pathlib import Path

from portfolio.errors import ServiceUnavailable
from portfolio.schemas.text import has_lone_surrogate
from portfolio.services.documents.kinds import FOREIGN, Unreadable, decode_plain, recognise
from portfolio.vocabulary import DocumentKind

PATIENCE = 15.0
"""Seconds that reading one file may take."""
AT_ONCE = 2
"""Files that one process has read at a time."""
WAIT = 5.0
_ROOT = str(Path(__file__).parents[3])
_READ = (
    f"import sys; sys.path.append({_ROOT!r}); "
    "from portfolio.services.documents import child; child.main()"
)
_REASONS = {
    "encrypted": "is encrypted; send it without a password",
    "foreign": FOREIGN,
    "large": "takes too much memory or time to read",
    "macros": "holds macros; save it as DOCX without them",
    "pages": "has more than 50 pages",
    "damaged": "is damaged and cannot be read",
}
_places = threading.BoundedSemaphore(AT_ONCE)


def read_document(data: bytes) -> tuple[DocumentKind, str]:
    """What a file is, and its text as it stands there.

    Raises:
        Unreadable: it is none that is read, or not to be read within limits.
        ServiceUnavailable: too many are being read.
    """
    kind = recognise(data)
    text = decode_plain(data) if kind is DocumentKind.PLAIN else _read_apart(kind, data)
    if not text.strip():
        raise Unreadable("holds no text; what is only scanned has to be recognised first (OCR)")
    return kind, text


def _read_apart(kind: DocumentKind, data: bytes) -> str:
    if not _places.acquire(timeout=WAIT):
        raise ServiceUnavailable("Too many files are being read.")
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-I", "-B", "-c", _READ, kind],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            cwd="/",
            # No secret of ours is where a parser of strangers' files runs.
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(_REASONS["large"]) from None
    finally:
        _places.release()
    if done.returncode:
        # Killed by a limit, or ended by what its parser raised.
        raise Unreadable(_REASONS["large" if done.returncode < 0 else "damaged"])
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise Unreadable(_REASONS[answer["refused"]])
    text: str = answer["text"]
    if has_lone_surrogate(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
