"""Keeping conversations: opened by a secret or by the owner, used, and really deleted."""

import uuid

from sqlalchemy import delete, func, select

from portfolio.errors import NotFound
from portfolio.extensions import db
from portfolio.models import Conversation, Message, Profile
from portfolio.schemas.chat import ConversationItem
from portfolio.schemas.lists import PageQuery
from portfolio.services.visitors import forget_before, is_secret_of, new_secret

MISSING = "There is no such conversation, or this is not its secret."


def create_conversation(profile: str | None) -> tuple[ConversationItem, str]:
    """Keep a conversation in which nothing has been asked; with its secret, which is told once."""
    secret = new_secret()
    row = add_conversation(uuid.uuid4(), secret, profile)
    db.session.commit()
    return _describe(row, profile, 0), secret


def add_conversation(number: uuid.UUID, secret: str, profile: str | None) -> Conversation:
    """The row of a new conversation, which the caller commits."""
    about = select(Profile.id).where(Profile.slug == profile).scalar_subquery()
    row = Conversation(id=number, secret_hash=Conversation.hash(secret), profile_id=about)
    db.session.add(row)
    db.session.flush()
    return row


def list_conversations(query: PageQuery) -> tuple[list[ConversationItem], int]:
    """One page of all conversations, the latest used first, and how many there are."""
    total = db.session.scalar(select(func.count(Conversation.id))) or 0
    count = (
        select(func.count(Message.id))
        .where(Message.conversation_id == Conversation.id)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Conversation, Profile.slug, count)
        .outerjoin(Profile, Profile.id == Conversation.profile_id)
        .order_by(Conversation.used_at.desc(), Conversation.id.desc())
        .limit(query.page_size)
        .offset(query.offset)
    )
    return [_describe(*row) for row in rows], total


def delete_conversation(number: uuid.UUID, *, secret: str | None, owner: bool) -> None:
    """Remove a conversation with all its messages and what was thought of them.

    Raises:
        NotFound: there is no such conversation, or the secret is another's.
    """
    open_conversation(number, secret, owner=owner)
    db.session.execute(delete(Conversation).where(Conversation.id == number))
    db.session.commit()


def forget_conversations(days: int) -> int:
    """Remove conversations that have not been used for so many days; how many that were."""
    return forget_before(Conversation.id, Conversation.used_at, days)


def open_conversation(
    number: uuid.UUID, secret: str | None, *, owner: bool = False
) -> Conversation:
    """The row of a conversation, for who has its secret.

    Args:
        owner: may open it whatever the secret.

    Raises:
        NotFound: there is no such conversation, or the secret is another's.
    """
    row = db.session.get(Conversation, number)
    fits = is_secret_of(row, secret)
    if row is None or not (owner or fits):
        raise NotFound(MISSING)
    return row


def _describe(row: Conversation, profile: str | None, messages: int) -> ConversationItem:
    return ConversationItem(
        id=row.id,
        profile=profile,
        messages=messages,
        created_at=row.created_at,
        used_at=row.used_at,
    )
