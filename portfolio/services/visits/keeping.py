"""What is kept of visitors: listed for the owner, shown, erased, and forgotten in time."""

import uuid
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from portfolio.errors import NotFound, ServiceUnavailable
from portfolio.extensions import db
from portfolio.models import (
    ContactMessage,
    VisitorErasure,
    VisitorEvent,
    VisitorRecount,
    VisitorSession,
)
from portfolio.schemas.visits import EventItem, SessionDetail, SessionItem, SessionQuery
from portfolio.services.visitors import forget_before
from portfolio.services.visits.queue import QueueAway, event_queue
from portfolio.services.visits.writing import wait_for_writers

MISSING = "There is no such session."
UNREACHED = "Redis is away, and events of that session may be in it."


def list_sessions(query: SessionQuery) -> tuple[list[SessionItem], int]:
    """One page of sessions, the latest first, and how many there are."""
    chosen: list[ColumnElement[bool]] = [VisitorSession.is_bot.is_(query.bots)]
    if query.recruiters is not None:
        nothing = VisitorSession.recruiter_reasons == []
        chosen.append(~nothing if query.recruiters else nothing)
    total = db.session.scalar(select(func.count(VisitorSession.id)).where(*chosen)) or 0
    rows = db.session.scalars(
        select(VisitorSession)
        .where(*chosen)
        .order_by(VisitorSession.first_seen.desc(), VisitorSession.id.desc())
        .limit(query.page_size)
        .offset(query.offset)
    )
    return [SessionItem.model_validate(row) for row in rows], total


def export_session(number: uuid.UUID) -> SessionDetail:
    """All that is kept of a session.

    Raises:
        NotFound: nothing is.
    """
    session = db.session.get(VisitorSession, number)
    if session is None:
        raise NotFound(MISSING)
    events = db.session.scalars(
        select(VisitorEvent)
        .where(*_events_of(session))
        .order_by(VisitorEvent.at, VisitorEvent.number)
    )
    told = SessionItem.model_validate(session)
    return SessionDetail(
        **told.model_dump(), all_events=[EventItem.model_validate(event) for event in events]
    )


def erase_session(number: uuid.UUID) -> None:
    """Remove a session and its events, and have the sums of its day computed anew.

    What of it still waits in the queue is not written any more; what comes later is.

    Raises:
        NotFound: there is none.
        ServiceUnavailable: the queue cannot be asked; it is to be tried again.
    """
    if db.session.get(VisitorSession, number) is None:
        raise NotFound(MISSING)
    _refuse_until_now(number)
    try:
        event_queue().forget(str(number))
    except QueueAway:
        raise ServiceUnavailable(UNREACHED) from None
    session = db.session.get(VisitorSession, number, with_for_update=True)
    if session is None:
        raise NotFound(MISSING)
    db.session.execute(delete(VisitorEvent).where(*_events_of(session)))
    # An update locks the row: who sums up takes none away whose erasure it cannot see yet.
    recount = insert(VisitorRecount).values(day=session.day)
    db.session.execute(
        recount.on_conflict_do_update(
            index_elements=[VisitorRecount.day], set_={"day": recount.excluded.day}
        )
    )
    db.session.delete(session)
    db.session.commit()


def _refuse_until_now(number: uuid.UUID) -> None:
    """From here on nobody writes what the session did before."""
    refused = insert(VisitorErasure).values(session_id=number, at=datetime.now(UTC))
    wait_for_writers(db.session.connection())
    db.session.execute(
        refused.on_conflict_do_update(
            index_elements=[VisitorErasure.session_id], set_={"at": refused.excluded.at}
        )
    )
    db.session.commit()


def forget_visits(days: int) -> dict[str, int]:
    """Remove what is older; events and sessions of a day go together."""
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    first = today - timedelta(days=days)
    sessions = forget_before(VisitorSession.id, VisitorSession.first_seen, first)
    events = forget_before(VisitorEvent.number, VisitorEvent.at, first)
    forget_before(VisitorErasure.session_id, VisitorErasure.at, first)
    with suppress(QueueAway):  # then the next run does it
        event_queue().forget_before(first)
    return {"sessions": sessions, "events": events}


def forget_messages(days: int) -> int:
    """Remove messages to the owner that are older; how many that were."""
    return forget_before(ContactMessage.id, ContactMessage.created_at, days)


def _events_of(session: VisitorSession) -> tuple[Any, ...]:
    # By the day first: that is what the index knows.
    begin = datetime.combine(session.day, time.min, UTC)
    return (
        VisitorEvent.at >= begin,
        VisitorEvent.at < begin + timedelta(days=1),
        VisitorEvent.session_id == session.id,
    )
