"""The addresses of conversations, each opened by its secret."""

from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, request, url_for

from portfolio.blueprints.chat import answer, who_asks
from portfolio.blueprints.examples import chat_examples
from portfolio.blueprints.http.visiting import notes
from portfolio.errors import NotFound
from portfolio.rate_limits import limit_questions
from portfolio.schemas.chat import (
    ChatAnswer,
    ConversationPage,
    ConversationWrite,
    FeedbackItem,
    FeedbackWrite,
    MessagePage,
    MessageWrite,
    NewConversation,
)
from portfolio.schemas.lists import PageQuery
from portfolio.security import CONVERSATION_SECRET as SECRET
from portfolio.security import (
    current_scope,
    may_read_private,
    public_with_drafts,
    public_with_secret,
    require_scope,
)
from portfolio.services.chat import conversations, messages
from portfolio.services.chat.asking import find_profile_slug
from portfolio.services.chat.exchanges import continue_exchange
from portfolio.vocabulary import EventKind, Scope

TAG = {
    "name": "Conversations",
    "description": "Questions that follow one another. Each conversation has a secret, told once.",
}

bp = APIBlueprint("conversations", __name__, url_prefix="/api/v1/conversations", tag=TAG)


@bp.get("/")
@require_scope("read")
@bp.input(PageQuery, location="query")
@bp.output(ConversationPage)
@bp.doc(summary="List all conversations")
def list_conversations(query_data: PageQuery) -> ConversationPage:
    """The latest used first. Nothing tells who asked."""
    items, total = conversations.list_conversations(query_data)
    path = url_for("conversations.list_conversations")
    return ConversationPage.of(items, total, path, query_data)


@bp.post("/")
@notes(EventKind.CHAT_START)
@public_with_drafts
@limit_questions
@bp.input(ConversationWrite, examples=chat_examples.NEW_CONVERSATION)
@bp.output(NewConversation, status_code=201, example=chat_examples.CONVERSATION)
@bp.doc(summary="Begin a conversation", responses=[429])
def create_conversation(
    json_data: ConversationWrite,
) -> tuple[NewConversation, int, dict[str, str]]:
    """Its secret is told this once; only a hash of it is kept."""
    if json_data.profile is not None:
        find_profile_slug(json_data.profile, private=may_read_private())
    made, secret = conversations.create_conversation(json_data.profile)
    location = url_for("conversations.list_messages", conversation=made.id)
    created = NewConversation(**dict(made), access_token=secret)
    return created, 201, {"Location": location}


@bp.get("/<name:conversation>/messages/")
@public_with_secret(more_with="read")
@bp.input(PageQuery, location="query")
@bp.output(MessagePage)
@bp.doc(summary="List the messages of a conversation")
def list_messages(conversation: str, query_data: PageQuery) -> MessagePage:
    """The first one first, with the answers as they were given."""
    items, total = messages.list_messages(
        _read_id(conversation),
        query_data,
        secret=request.headers.get(SECRET),
        owner=may_read_private(),
    )
    path = url_for("conversations.list_messages", conversation=conversation)
    return MessagePage.of(items, total, path, query_data)


@bp.post("/<name:conversation>/messages/")
@public_with_secret(more_with="read")
@limit_questions
@bp.input(MessageWrite, examples=chat_examples.NEXT_QUESTION)
@bp.output(ChatAnswer, description="The answer.", example=chat_examples.NEXT_ANSWER)
@bp.doc(summary="Ask on in a conversation", responses=chat_examples.answers(409, 429))
def create_message(conversation: str, json_data: MessageWrite) -> ChatAnswer | Response:
    """A question that may lean on those before: "And before that?". See "Ask a question"."""
    return answer(continue_exchange(_read_id(conversation), json_data, who_asks()))


@bp.post("/<name:conversation>/messages/<name:message>/feedback/")
@public_with_secret()
@limit_questions
@bp.input(FeedbackWrite, examples=chat_examples.FEEDBACK)
@bp.output(FeedbackItem)
@bp.doc(summary="Rate an answer", responses=[429])
def rate_message(conversation: str, message: str, json_data: FeedbackWrite) -> FeedbackItem:
    """The latest opinion counts."""
    return messages.give_feedback(
        _read_id(conversation),
        _read_id(message),
        json_data,
        secret=request.headers.get(SECRET),
    )


@bp.delete("/<name:conversation>/")
@public_with_secret(more_with="write")
@bp.output({}, status_code=204)
@bp.doc(summary="Delete a conversation")
def delete_conversation(conversation: str) -> tuple[str, int]:
    """With everything that was said in it, at once and for good."""
    scope = current_scope()
    owner = scope is not None and scope.includes(Scope.WRITE)
    conversations.delete_conversation(
        _read_id(conversation), secret=request.headers.get(SECRET), owner=owner
    )
    return "", 204


@bp.after_request
def keep_nowhere(response: Response) -> Response:
    """What one visitor has said is for nobody's cache."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _read_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound(conversations.MISSING) from None
