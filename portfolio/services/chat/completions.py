"""Answers in the shape of OpenAI's chat completions. Nothing is kept of them."""

import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from portfolio.ai.answers.answer import Turn
from portfolio.errors import Invalid, Malformed, NotFound
from portfolio.schemas.completions import CompletionQuestion, CompletionWrite
from portfolio.schemas.field_errors import body_errors
from portfolio.schemas.lists import PAGE_SIZE_LIMIT, PageQuery
from portfolio.services.chat.asking import Question, ask, find_profile_slug
from portfolio.services.chat.phrasing import cut, phrase
from portfolio.services.chat.replies import Reply
from portfolio.services.content.profiles import list_profiles
from portfolio.services.knowledge.encoding import current_encoding

MODEL = "portfolio"
TURNS = 4
"""So many earlier questions of the user help to understand the last one."""
CONTEXT_LENGTH = 200_000
"""Code points of all messages together, of which few are read."""

Document = dict[str, Any]


class ModelNotFound(NotFound):
    """Named as OpenAI names it."""

    type = "model-not-found"


class ContextTooLong(Malformed):
    """Named as OpenAI names it."""

    type = "context-length-exceeded"


@dataclass(frozen=True)
class Completion:
    """What is to be completed.

    Attributes:
        question: the user's last message, after those before it that are read.
    """

    question: Question
    asked: CompletionWrite
    id: str
    created: int


def list_models() -> Document:
    """The models that may be named: one for the default profile, and one for each listed one."""
    profiles, _total = list_profiles(PageQuery(page_size=PAGE_SIZE_LIMIT), private=False)
    names = [MODEL, *(f"{MODEL}/{profile.slug}" for profile in profiles)]
    models = [{"id": name, "object": "model", "created": 0, "owned_by": MODEL} for name in names]
    return {"object": "list", "data": models}


def begin_completion(asked: CompletionWrite, seconds: float) -> Completion:
    """The user's last message as a question; the ones before it are the conversation.

    Raises:
        Invalid: no user says anything, or something that is no question.
        ContextTooLong: the messages are too long together.
        ModelNotFound: there is no such model.
    """
    slug = _profile_of(asked.model)
    questions = _questions(asked)
    turns: list[Turn] = []
    for text in questions[:-1]:
        earlier = Question(text, slug, earlier=tuple(turns))
        turns.append(Turn(text, ask(earlier).answer))
    question = Question(questions[-1], slug, earlier=tuple(turns), seconds=seconds)
    return Completion(question, asked, f"chatcmpl-{uuid.uuid4().hex}", int(time.time()))


def complete(completion: Completion) -> Document:
    """The whole answer."""
    reply = phrase(completion.question, ask(completion.question))
    message = {"role": "assistant", "content": reply.answer.text, "refusal": None}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return {
        **_outline(completion, "chat.completion"),
        "choices": [choice],
        "usage": _usage(completion, reply),
        "citations": reply.places,
    }


def complete_in_pieces(completion: Completion) -> Iterator[Document]:
    """The answer in pieces; with the last one come the citations."""
    # What was sent cannot be taken back there: only what is final is sent.
    return _pieces(completion, phrase(completion.question, ask(completion.question)))


def _pieces(completion: Completion, reply: Reply) -> Iterator[Document]:
    yield _chunk(completion, {"role": "assistant", "content": ""})
    for piece in cut(reply):
        if isinstance(piece, str):
            yield _chunk(completion, {"content": piece})
    yield {**_chunk(completion, {}, "stop"), "citations": reply.places}
    options = completion.asked.stream_options
    if options is not None and options.include_usage:
        usage = _usage(completion, reply)
        yield {**_outline(completion, "chat.completion.chunk"), "choices": [], "usage": usage}


def _profile_of(model: str) -> str | None:
    """The slug that a model's name has, if it has one."""
    name, slash, slug = model.partition("/")
    if name == MODEL and not slash:
        return None
    try:
        if name == MODEL and slug:
            return find_profile_slug(slug, private=False)
    except Invalid:
        pass
    raise ModelNotFound(f"There is no model {model!r}; {MODEL!r} is one.")


def _questions(asked: CompletionWrite) -> Sequence[str]:
    """The user's messages that are read."""
    if sum(len(message.content or "") for message in asked.messages) > CONTEXT_LENGTH:
        detail = f"should have at most {CONTEXT_LENGTH} characters together"
        raise ContextTooLong(errors=[{"pointer": "#/messages", "detail": detail}])
    if asked.messages[-1].role != "user":
        raise Invalid([{"pointer": "#/messages", "detail": "should end with one of the user's"}])
    users = [place for place, message in enumerate(asked.messages) if message.role == "user"]
    return [_question(place, asked.messages[place].content) for place in users[-TURNS - 1 :]]


def _question(place: int, content: str | None) -> str:
    try:
        return CompletionQuestion.model_validate({"question": content}).question
    except ValidationError as error:
        detail = body_errors(error)[0]["detail"]
        raise Invalid([{"pointer": f"#/messages/{place}/content", "detail": detail}]) from None


def _outline(completion: Completion, kind: str) -> Document:
    return {
        "id": completion.id,
        "object": kind,
        "created": completion.created,
        "model": completion.asked.model,
    }


def _chunk(completion: Completion, delta: Mapping[str, str], end: str | None = None) -> Document:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": end}
    return {**_outline(completion, "chat.completion.chunk"), "choices": [choice]}


def _usage(completion: Completion, reply: Reply) -> Document:
    """Tokens of what was read and answered, as the portfolio's own model counts them."""
    counter, question = current_encoding().counter, completion.question
    read = [*(turn.question for turn in question.earlier), question.text]
    prompt = sum(map(counter.count, read))
    answer = counter.count(reply.answer.text)
    return {
        "prompt_tokens": prompt,
        "completion_tokens": answer,
        "total_tokens": prompt + answer,
    }
