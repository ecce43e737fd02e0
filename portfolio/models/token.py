"""The table of API tokens; the tokens themselves are never stored."""

import hashlib
from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, LargeBinary, String, func
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.models.base import Identified, Model, not_blank, one_of
from portfolio.vocabulary import SHORT_LENGTH, Scope


class ApiToken(Identified, Model):
    """A token that was handed out once, known by its SHA-256 hash."""

    __tablename__ = "api_tokens"

    name: Mapped[str] = mapped_column(String(SHORT_LENGTH))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    scope: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    expires_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    last_used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    __table_args__ = (
        *not_blank("name"),
        one_of("scope", Scope),
        CheckConstraint("octet_length(token_hash) = 32", name="token_hash_length"),
    )

    @staticmethod
    def hash(token: str) -> bytes:
        """The hash that a token is kept as. It is random: salt and stretching add nothing."""
        return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
