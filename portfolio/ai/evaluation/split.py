"""Which questions are held out, for ever the same ones."""

import hashlib

_SALT = "split-3754:"
"""Found by trying, so that every résumé and every kind of question gives about a third."""


def is_held_out(identifier: str) -> bool:
    """Whether the question with this id is never to be tuned on."""
    digest = hashlib.sha256(f"{_SALT}{identifier}".encode()).digest()
    return int.from_bytes(digest[:8]) % 3 == 0
