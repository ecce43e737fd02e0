"""The salt of the day: made when the first visitor comes, destroyed when the day is over."""

import secrets
from dataclasses import dataclass
from datetime import date

from flask import current_app
from sqlalchemy import Connection, insert, select, text
from sqlalchemy.dialects.postgresql import insert as insert_or_leave

from portfolio.database_errors import DATABASE_ERRORS
from portfolio.extensions import db
from portfolio.models import VisitorSalt
from portfolio.services.pausing import Pause

_EXTENSION = "portfolio_visitor_salt"
_STAND_IN = "portfolio_salt_stand_in"
_REST = 5.0
_BYTES = 32


@dataclass(frozen=True)
class _Kept:
    day: date
    salt: bytes


def salt_of(day: date) -> bytes:
    """The salt of today; asked of the database once a day and process.

    What this process remembers of the day before is forgotten with it.
    """
    kept: _Kept | None = current_app.extensions.get(_EXTENSION)
    if kept is None or kept.day != day:
        kept = current_app.extensions[_EXTENSION] = _Kept(day, _fetch(day))
    return kept.salt


def salt_or_stand_in(day: date) -> bytes:
    """The salt of today; while the database is away, one that this process alone knows."""
    made = secrets.token_bytes(_BYTES), Pause()
    stand_in, pause = current_app.extensions.setdefault(_STAND_IN, made)
    kept: _Kept | None = current_app.extensions.get(_EXTENSION)
    if pause.remaining and (kept is None or kept.day != day):
        return bytes(stand_in)
    try:
        return salt_of(day)
    except DATABASE_ERRORS:
        pause.note_failure(wait=_REST)
        return bytes(stand_in)


def destroy_salts(today: date) -> int:
    """Remove the salts of days that are over; how many that were.

    A deleted row would stay on its page until somebody needs the room: so the table gets a new
    file, and the old one is removed with all that is in it.
    """
    with db.engine.begin() as connection:
        over = select(VisitorSalt.day).where(VisitorSalt.day < today)
        if connection.scalar(over.limit(1)) is None:
            return 0
        connection.execute(text("LOCK TABLE visitor_salts IN ACCESS EXCLUSIVE MODE"))
        return _rewrite(connection, today)


def _rewrite(connection: Connection, today: date) -> int:
    rows = connection.execute(select(VisitorSalt.day, VisitorSalt.salt)).all()
    connection.execute(text("TRUNCATE visitor_salts"))
    valid = [{"day": row.day, "salt": row.salt} for row in rows if row.day >= today]
    if valid:
        connection.execute(insert(VisitorSalt), valid)
    return len(rows) - len(valid)


def _fetch(day: date) -> bytes:
    made = insert_or_leave(VisitorSalt).values(day=day, salt=secrets.token_bytes(_BYTES))
    with db.engine.begin() as connection:
        connection.execute(made.on_conflict_do_nothing())
        return connection.scalars(select(VisitorSalt.salt).where(VisitorSalt.day == day)).one()
