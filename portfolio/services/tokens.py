"""Making, listing and revoking API tokens."""

import secrets
import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select

from portfolio.errors import NotFound
from portfolio.extensions import db
from portfolio.models import ApiToken
from portfolio.vocabulary import Scope

TOKEN_PREFIX = "pf_"  # noqa: S105 - what every token begins with is no secret
_FIRST_TOKEN_LOCK = 7_305_120_952
"""The key of the advisory lock under which the first token is made."""


def create_token(name: str, scope: Scope, expires_at: datetime | None = None) -> str:
    """Make a token and give it out, this once: only its hash is kept."""
    token = new_token()
    _register(token, name, scope, expires_at)
    db.session.commit()
    return token


def new_token() -> str:
    """A random token."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def list_tokens() -> list[dict[str, Any]]:
    """All tokens, the oldest first, with their state: `active`, `expired` or `revoked`."""
    now = datetime.now(UTC)
    rows = db.session.scalars(select(ApiToken).order_by(ApiToken.created_at, ApiToken.id))
    return [
        {
            "id": str(row.id),
            "name": row.name,
            "scope": row.scope,
            "state": _state(row, now),
            "created_at": row.created_at,
            "expires_at": row.expires_at,
            "last_used_at": row.last_used_at,
        }
        for row in rows
    ]


def revoke_token(number: uuid.UUID) -> bool:
    """Revoke a token; says whether it was not yet revoked.

    Raises:
        NotFound: there is no such token.
    """
    token = db.session.scalar(select(ApiToken).where(ApiToken.id == number).with_for_update())
    if token is None:
        raise NotFound("There is no such token.")
    if token.revoked_at is not None:
        return False
    token.revoked_at = datetime.now(UTC)
    db.session.commit()
    return True


def ensure_admin_token(preset: str) -> str | None:
    """See to it that somebody can administer; gives the admin token that was made now, if any.

    A preset token is registered unless it was before, even if that one was revoked. Without a
    preset a token is made when there is none at all.
    """
    db.session.execute(select(func.pg_advisory_xact_lock(_FIRST_TOKEN_LOCK)))
    present = select(ApiToken.id)
    if preset:
        present = present.where(ApiToken.token_hash == ApiToken.hash(preset))
    if db.session.scalar(select(present.exists())):
        return None
    token = preset or new_token()
    _register(token, "admin", Scope.ADMIN, None)
    db.session.commit()
    return token


def _register(token: str, name: str, scope: Scope, expires_at: datetime | None) -> None:
    row = ApiToken(name=name, token_hash=ApiToken.hash(token), scope=scope, expires_at=expires_at)
    db.session.add(row)


def _state(row: ApiToken, now: datetime) -> str:
    if row.revoked_at is not None:
        return "revoked"
    return "expired" if row.expires_at is not None and row.expires_at <= now else "active"
