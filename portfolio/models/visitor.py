"""What tables of visitors' data share: each row is opened by a secret."""

import hashlib

from sqlalchemy import CheckConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column


class OpenedBySecret:
    """Of the secret that opens a row, the SHA-256 hash is kept."""

    secret_hash: Mapped[bytes] = mapped_column(LargeBinary)

    @staticmethod
    def hash(secret: str) -> bytes:
        """What is kept of a secret."""
        return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def hash_length(column: str = "secret_hash") -> CheckConstraint:
    """The column holds a SHA-256 hash or nothing."""
    return CheckConstraint(f"octet_length({column}) = 32", name=f"{column}_length")
