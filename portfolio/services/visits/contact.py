"""Messages to the owner: kept in a list, and sent on to a webhook until it takes them."""

import logging
import uuid
from datetime import UTC, datetime, timedelta

import httpx
from sqlalchemy import func, or_, select, update

from portfolio.extensions import db
from portfolio.models import ContactMessage
from portfolio.schemas.contact import ContactItem, ContactWrite
from portfolio.schemas.lists import PageQuery
from portfolio.services.visits.webhook import Delivery

ATTEMPTS = 20
"""With pauses that double up to a day: for about two weeks."""
_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(days=1)

logger = logging.getLogger(__name__)


def keep_message(told: ContactWrite) -> uuid.UUID | None:
    """Keep a message; None for one that a program has written, which is not kept."""
    if told.website:
        return None
    row = ContactMessage(name=told.name, email=told.email, message=told.message)
    db.session.add(row)
    db.session.commit()
    return row.id


def list_messages(query: PageQuery) -> tuple[list[ContactItem], int]:
    """One page of messages, the latest first, and how many there are."""
    total = db.session.scalar(select(func.count(ContactMessage.id))) or 0
    rows = db.session.scalars(
        select(ContactMessage)
        .order_by(ContactMessage.created_at.desc(), ContactMessage.id.desc())
        .limit(query.page_size)
        .offset(query.offset)
    )
    return [ContactItem.model_validate(row) for row in rows], total


def find_unsent(limit: int = 100) -> list[uuid.UUID]:
    """The messages whose next attempt is due, the oldest first."""
    tries = func.least(ContactMessage.attempts, 11)  # 2 to the 11th minutes are more than a day
    pause = func.least(_LONGEST_PAUSE, _FIRST_PAUSE * func.power(2, tries))
    return list(
        db.session.scalars(
            select(ContactMessage.id)
            .where(
                ContactMessage.sent_at.is_(None),
                ContactMessage.attempts < ATTEMPTS,
                or_(ContactMessage.attempts == 0, ContactMessage.tried_at < func.now() - pause),
            )
            .order_by(ContactMessage.created_at)
            .limit(limit)
        )
    )


def send_message(number: uuid.UUID, webhook: str, timeout: float) -> bool:
    """Send a message to the webhook, unless it has it; whether the webhook has it now.

    It may be told twice if its answer is lost: the id says which it was.
    """
    row = db.session.get(ContactMessage, number, with_for_update={"skip_locked": True})
    if row is None or row.sent_at is not None:
        db.session.rollback()
        return row is not None
    body = ContactItem.model_validate(row).model_dump(mode="json", exclude={"sent_at"})
    taken = _post(webhook, body, timeout)
    now = datetime.now(UTC)
    values = {"attempts": ContactMessage.attempts + 1, "tried_at": now}
    if taken:
        values["sent_at"] = now
    db.session.execute(update(ContactMessage).where(ContactMessage.id == number).values(values))
    db.session.commit()
    return taken


def _post(webhook: str, body: dict[str, object], timeout: float) -> bool:
    delivery = Delivery(webhook, body, timeout)
    status = delivery.deliver()
    if status is None:
        logger.warning("contact: the webhook is away: %s", delivery.failure)
        return False
    if not httpx.codes.is_success(status):
        logger.warning("contact: the webhook answered %d", status)
    return httpx.codes.is_success(status)
