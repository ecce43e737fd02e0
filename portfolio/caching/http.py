"""What HTTP needs to know of a representation."""

import hashlib


def entity_tag(body: bytes) -> str:
    """The strong entity tag (RFC 9110, 8.8.3), unquoted, of a response's body."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()
