"""A seal over every stored value: what was damaged, swapped or forged in the store is not read."""

import hashlib

SIZE = 16
"""Bytes of the seal in front of the data."""


class Seal:
    """A keyed BLAKE2b digest (RFC 7693) of key and data.

    Args:
        secret: known to this installation's processes only; whoever can write to the store, but
            does not know it, cannot make anything that is read.
    """

    def __init__(self, secret: str) -> None:
        self._secret = hashlib.blake2b(secret.encode(), person=b"portfolio-cache").digest()

    def close(self, key: str, data: bytes) -> bytes:
        """The bytes to store under `key`."""
        return self._digest(key, data) + data

    def open(self, key: str, sealed: bytes) -> bytes | None:
        """The data stored under `key`; None when it is not what was sealed for that key."""
        data = sealed[SIZE:]
        return data if sealed[:SIZE] == self._digest(key, data) else None

    def _digest(self, key: str, data: bytes) -> bytes:
        digest = hashlib.blake2b(key.encode() + b"\0", digest_size=SIZE, key=self._secret)
        digest.update(data)
        return digest.digest()
