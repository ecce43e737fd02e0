"""One exchange: a question comes in, is answered, whole or in pieces, and is kept."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from portfolio.errors import Invalid
from portfolio.schemas.chat import CacheUse, ChatAnswer, ChatWrite, CitedPlace, MessageWrite
from portfolio.services.chat.asking import Question, ask, find_profile_slug
from portfolio.services.chat.messages import Thread, keep_message, new_thread, open_thread
from portfolio.services.chat.phrasing import phrase, phrase_in_pieces
from portfolio.services.chat.replies import Reply

Event = tuple[str, dict[str, Any]]
"""A name and what goes with it."""


@dataclass(frozen=True)
class Asker:
    """Who asks.

    Attributes:
        secret: of the conversation in which is asked on.
        private: the owner, who sees drafts.
        patience: longest wait for a language model, in seconds.
    """

    secret: str | None
    private: bool
    patience: float


@dataclass(frozen=True)
class Exchange:
    """A question and its place; without a thread nothing is kept."""

    thread: Thread | None
    question: Question


def begin_exchange(data: ChatWrite, asker: Asker) -> Exchange:
    """What is asked, alone or in a conversation.

    Raises:
        NotFound: there is no such conversation, or the secret is another's.
        Invalid: the conversation is about another profile.
        Conflict: it is full.
    """
    if data.conversation_id is None:
        thread = new_thread(data.profile) if data.remember else None
        return Exchange(thread, _question(data, data.profile, thread, asker))
    thread = open_thread(data.conversation_id, asker.secret)
    if data.profile not in (None, thread.profile) and data.profile != find_profile_slug(
        thread.profile, private=asker.private
    ):
        detail = "is not whom this conversation is about"
        raise Invalid([{"pointer": "#/profile", "detail": detail}])
    return Exchange(thread, _question(data, thread.profile, thread, asker))


def continue_exchange(number: uuid.UUID, data: MessageWrite, asker: Asker) -> Exchange:
    """What is asked in a conversation.

    Raises:
        NotFound: there is no such conversation, or the secret is another's.
        Conflict: it is full.
    """
    thread = open_thread(number, asker.secret)
    return Exchange(thread, _question(data, thread.profile, thread, asker))


def answer_exchange(exchange: Exchange) -> ChatAnswer:
    """The answer, kept if it is to be.

    Raises:
        Invalid: the profile or the project is unknown.
    """
    reply = phrase(exchange.question, ask(exchange.question))
    return _finish(exchange, reply)


def stream_exchange(exchange: Exchange) -> Iterator[Event]:
    """The answer as events: `meta`, `delta` for each piece, `citations` and `done`.

    What the first event needs is computed before it, so that errors are still errors then. Who
    goes away before the end leaves nothing behind.
    """
    reply = ask(exchange.question)
    return _events(exchange, reply)


def _events(exchange: Exchange, reply: Reply) -> Iterator[Event]:
    about = {"conversation_id", "access_token", "indexing", "cache"}
    yield "meta", _describe(exchange, reply, None).model_dump(mode="json", include=about)
    for piece in phrase_in_pieces(exchange.question, reply):
        if isinstance(piece, str):
            yield "delta", {"text": piece}
        else:
            reply = piece
    answer = _finish(exchange, reply).model_dump(mode="json")
    yield "citations", {"citations": answer["citations"]}
    yield "done", answer


def _question(
    data: MessageWrite, profile: str | None, thread: Thread | None, asker: Asker
) -> Question:
    return Question(
        text=data.question,
        profile=profile,
        project=data.project,
        context=data.context,
        earlier=thread.turns if thread else (),
        thread=thread.name if thread else None,
        private=asker.private,
        seconds=min(data.timeout or asker.patience, asker.patience),
    )


def _finish(exchange: Exchange, reply: Reply) -> ChatAnswer:
    message = None
    if exchange.thread is not None:
        message = keep_message(exchange.thread, exchange.question, reply)
    return _describe(exchange, reply, message)


def _describe(exchange: Exchange, reply: Reply, message: uuid.UUID | None) -> ChatAnswer:
    thread, answer = exchange.thread, reply.answer
    return ChatAnswer(
        answer=answer.text,
        kind=answer.kind,
        citations=[CitedPlace(**place) for place in reply.places],
        confidence=answer.confidence,
        understood=answer.understood,
        conversation_id=thread.id if thread else None,
        message_id=message,
        access_token=(thread.secret or None) if thread else None,
        timings=dict(reply.timings),
        indexing=reply.indexing,
        cache=CacheUse(status=reply.status, tier=reply.tier),
    )
