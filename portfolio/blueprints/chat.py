"""The address at which visitors ask."""

from apiflask import APIBlueprint
from flask import Response, current_app, request

from portfolio.blueprints.examples import chat_examples
from portfolio.blueprints.http.event_stream import stream, wants_events, write_events
from portfolio.blueprints.http.visiting import note_event
from portfolio.rate_limits import limit_questions
from portfolio.schemas.chat import ChatAnswer, ChatWrite
from portfolio.security import CONVERSATION_SECRET as SECRET
from portfolio.security import may_read_private, public_with_secret
from portfolio.services.chat.exchanges import (
    Asker,
    Exchange,
    answer_exchange,
    begin_exchange,
    stream_exchange,
)
from portfolio.vocabulary import EventKind

TAG = {"name": "Chat", "description": "Questions to the portfolio, answered from its own text."}

bp = APIBlueprint("chat", __name__, url_prefix="/api/v1/chat", tag=TAG)


@bp.post("/")
@public_with_secret(more_with="read")
@limit_questions
@bp.input(ChatWrite, examples=chat_examples.QUESTION)
@bp.output(ChatAnswer, description="The answer.", example=chat_examples.ANSWER)
@bp.doc(summary="Ask a question", responses=chat_examples.answers(404, 409, 429))
def ask_question(json_data: ChatWrite) -> ChatAnswer | Response:
    """Answered with sentences of the portfolio, each with its place, or with what it does not say.

    A conversation begins with the first question, unless `remember` is false: its id and its
    secret come with the answer, and later questions of it are understood from those before. With
    `Accept: text/event-stream` the answer is sent as events: `meta`, `delta` (pieces of the text),
    `citations` and `done` (the whole document), or `error` (a problem document).
    """
    answered = answer(begin_exchange(json_data, who_asks()))
    if json_data.remember and json_data.conversation_id is None:
        note_event(EventKind.CHAT_START)
    return answered


def who_asks() -> Asker:
    """The visitor or the owner who sends this request."""
    patience = current_app.config["CHAT_TIMEOUT"]
    return Asker(request.headers.get(SECRET), may_read_private(), patience)


def answer(exchange: Exchange) -> ChatAnswer | Response:
    """The answer as the request wants it: whole or as events."""
    if wants_events():
        return stream(write_events(stream_exchange(exchange)))
    return answer_exchange(exchange)
