"""Visitors' data: opened by a secret that is told once, and forgotten after a time."""

import hmac
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import InstrumentedAttribute

from portfolio.extensions import db
from portfolio.models.visitor import OpenedBySecret

_SECRET_BYTES = 16
_NOBODYS = OpenedBySecret.hash(secrets.token_urlsafe(_SECRET_BYTES))
_FORGOTTEN_AT_ONCE = 1000


def new_secret() -> str:
    """128 random bits that open something."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def is_secret_of(row: OpenedBySecret | None, secret: str | None) -> bool:
    """Whether the secret opens the row; takes as long where there is none."""
    kept = row.secret_hash if row else _NOBODYS
    fits = hmac.compare_digest(kept, OpenedBySecret.hash(secret or ""))
    return fits and bool(secret) and row is not None


def forget_before(
    key: InstrumentedAttribute[Any],
    moment: InstrumentedAttribute[datetime],
    until: int | datetime,
) -> int:
    """Remove rows whose moment is so many days ago, or before a moment; how many that were."""
    before = until if isinstance(until, datetime) else datetime.now(UTC) - timedelta(days=until)
    forgotten = 0
    while True:
        old = select(key).where(moment < before).limit(_FORGOTTEN_AT_ONCE)
        gone = db.session.scalars(delete(key.class_).where(key.in_(old)).returning(key))
        count = len(gone.all())
        db.session.commit()
        forgotten += count
        if count < _FORGOTTEN_AT_ONCE:
            return forgotten
