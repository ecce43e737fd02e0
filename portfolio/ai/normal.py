"""The form in which text is encoded and keyed. Whoever changes it raises the version."""

import hashlib
import unicodedata

NORMALISATION = 1
"""Part of every embedding's key."""
HASH_SIZE = 16


def normalise(text: str) -> str:
    """Compatibility characters folded (NFKC), nothing unseen, one space for every run of blanks."""
    text = unicodedata.normalize("NFKC", text)
    if not text.isascii() or not text.isprintable():
        text = "".join(map(_seen, text))
    return " ".join(text.split())


def text_hash(normal: str) -> bytes:
    """What stands for a normalised text in keys."""
    return hashlib.blake2b(normal.encode("utf-8", "replace"), digest_size=HASH_SIZE).digest()


def _seen(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cc":
        return " "
    return "" if category in ("Cf", "Cs") else character
