"""What is said in a conversation: kept, read again by who may, and rated."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select, update

from portfolio.ai.answers.answer import Turn
from portfolio.errors import Conflict, NotFound
from portfolio.extensions import db
from portfolio.models import Conversation, Message, MessageFeedback, Profile
from portfolio.schemas.chat import FeedbackItem, FeedbackWrite, MessageItem
from portfolio.schemas.lists import PageQuery
from portfolio.services.chat.asking import Question
from portfolio.services.chat.conversations import MISSING, add_conversation, open_conversation
from portfolio.services.chat.replies import Reply, read_answer
from portfolio.services.visitors import new_secret
from portfolio.vocabulary import CONVERSATION_MESSAGES

TURNS = 6
"""Of a conversation so many last questions help to understand the next one."""


@dataclass(frozen=True)
class Thread:
    """A conversation in which something is asked.

    Attributes:
        secret: given out once, when the conversation is new; else empty.
        name: stands for what was said so far; None when that is nothing.
    """

    id: uuid.UUID
    profile: str | None
    secret: str = ""
    turns: tuple[Turn, ...] = ()
    name: str | None = None


def new_thread(profile: str | None) -> Thread:
    """A conversation that is kept together with its first message."""
    return Thread(uuid.uuid4(), profile, new_secret())


def open_thread(number: uuid.UUID, secret: str | None) -> Thread:
    """A conversation in which its visitor asks on.

    Raises:
        NotFound: there is none, or the secret is another's.
        Conflict: it is full.
    """
    row = open_conversation(number, secret)
    last = db.session.scalars(
        select(Message)
        .where(Message.conversation_id == number)
        .order_by(Message.number.desc())
        .limit(TURNS)
    ).all()
    if last and last[0].number >= CONVERSATION_MESSAGES:
        raise Conflict(f"A conversation has {CONVERSATION_MESSAGES} messages; begin another.")
    slug = db.session.scalar(select(Profile.slug).where(Profile.id == row.profile_id))
    name = str(last[0].id) if last else None
    return Thread(number, slug, "", tuple(map(_turn, reversed(last))), name)


def keep_message(thread: Thread, question: Question, reply: Reply) -> uuid.UUID:
    """Keep a question and its answer; the message's id.

    Raises:
        NotFound: the conversation was deleted meanwhile.
        Conflict: it is full.
    """
    if thread.secret:
        add_conversation(thread.id, thread.secret, thread.profile)
        number = 1
    else:
        number = _next_number(thread.id)
    message = Message(
        conversation_id=thread.id,
        number=number,
        question=question.text,
        understood=reply.answer.understood,
        context=question.context,
        answer=reply.answer.text,
        kind=reply.answer.kind,
        citations=reply.places,
        confidence=reply.answer.confidence,
        timings=dict(reply.timings),
    )
    db.session.add(message)
    db.session.commit()
    return message.id


def list_messages(
    number: uuid.UUID, query: PageQuery, *, secret: str | None, owner: bool
) -> tuple[list[MessageItem], int]:
    """One page of a conversation's messages, the first one first, and how many there are.

    Args:
        owner: may read whatever the secret.

    Raises:
        NotFound: there is no such conversation, or the secret is another's.
    """
    open_conversation(number, secret, owner=owner)
    mine = Message.conversation_id == number
    total = db.session.scalar(select(func.count(Message.id)).where(mine)) or 0
    rows = db.session.execute(
        select(Message, MessageFeedback)
        .outerjoin(MessageFeedback, MessageFeedback.message_id == Message.id)
        .where(mine)
        .order_by(Message.number)
        .limit(query.page_size)
        .offset(query.offset)
    )
    return [_message_item(message, feedback) for message, feedback in rows], total


def give_feedback(
    number: uuid.UUID, message: uuid.UUID, feedback: FeedbackWrite, *, secret: str | None
) -> FeedbackItem:
    """Keep what the visitor thinks of an answer, in place of an earlier opinion.

    Raises:
        NotFound: there is no such message or conversation, or the secret is another's.
    """
    open_conversation(number, secret)
    mine = select(Message.id).where(Message.id == message, Message.conversation_id == number)
    if db.session.scalar(mine) is None:
        raise NotFound("There is no such message.")
    row = db.session.merge(
        MessageFeedback(message_id=message, rating=feedback.rating, comment=feedback.comment)
    )
    row.created_at = datetime.now(UTC)
    db.session.commit()
    return FeedbackItem.model_validate(row)


def _next_number(number: uuid.UUID) -> int:
    """The number of the conversation's next message; others who ask in it wait for this one."""
    used = db.session.scalar(
        update(Conversation)
        .where(Conversation.id == number)
        .values(used_at=func.now())
        .returning(Conversation.id)
    )
    if used is None:
        raise NotFound(MISSING)
    last = select(func.coalesce(func.max(Message.number), 0))
    following: int = (db.session.scalar(last.where(Message.conversation_id == number)) or 0) + 1
    if following > CONVERSATION_MESSAGES:
        raise Conflict(f"A conversation has {CONVERSATION_MESSAGES} messages; begin another.")
    return following


def _turn(message: Message) -> Turn:
    plain = {
        "text": message.answer,
        "kind": message.kind,
        "citations": message.citations,
        "confidence": message.confidence,
        "understood": message.understood,
    }
    return Turn(message.question, read_answer(plain))


def _message_item(message: Message, feedback: MessageFeedback | None) -> MessageItem:
    names: Sequence[str] = tuple(MessageItem.model_fields.keys() - {"feedback"})
    values = {name: getattr(message, name) for name in names}
    return MessageItem(
        **values, feedback=FeedbackItem.model_validate(feedback) if feedback else None
    )
