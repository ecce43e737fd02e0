"""The words of a reply: those of the portfolio, or a language model's where there is one.

The one place where wording is plugged in. Its answers are kept by what they were made of: the
question, the quotes, and the model; so nothing can make them wrong.
"""

import hashlib
import re
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import asdict
from typing import Any

import msgspec

from portfolio.ai.answers.answer import Answer, AnswerKind
from portfolio.ai.wording.prompt import PROMPT_VERSION
from portfolio.cache_policy import CHAT_ANSWER
from portfolio.caching.engine import Outcome
from portfolio.caching.flask_adapter import cache_extension
from portfolio.caching.flight import FlightTimeout
from portfolio.services.chat.asking import Question
from portfolio.services.chat.questions import normal_question
from portfolio.services.chat.replies import Reply, read_answer
from portfolio.services.chat.wording import stream_answer, word_answer
from portfolio.services.wording.wordsmith import current_wordsmith

_PIECE = re.compile(r"[^.!?\n]*[.!?\n]+\s*|[^.!?\n]+")
_QUOTING = frozenset({AnswerKind.FACT, AnswerKind.EXTRACT})


class NotWorded(Exception):
    """No model has worded it: the reply stays as it is."""


def phrase(question: Question, reply: Reply) -> Reply:
    """The reply in its final words."""
    if not _can_be_worded(reply):
        return reply
    try:
        if not _can_be_kept(question, reply):
            return reply.worded(_worded(question, reply), "bypass", None)
        outcome = cache_extension().engine.fetch(
            CHAT_ANSWER, _key(question, reply), lambda: _plain(_worded(question, reply))
        )
    except (NotWorded, FlightTimeout):
        return reply
    return _reworded(reply, outcome)


def phrase_in_pieces(question: Question, reply: Reply) -> Iterator[str | Reply]:
    """Pieces of the text as they come, and in the end the reply, whose text counts.

    When a model fails half-way, the reply is another than the pieces.
    """
    kept = _can_be_kept(question, reply)
    if not _can_be_worded(reply):
        yield from cut(reply)
        return
    engine = cache_extension().engine
    known = engine.find(CHAT_ANSWER, _key(question, reply)) if kept else None
    if known is not None:
        yield from cut(_reworded(reply, known))
        return
    final = None
    with closing(_stream(question, reply)) as pieces:
        for piece in pieces:
            if isinstance(piece, Answer):
                final = piece
            else:
                yield piece
    if final is None:
        yield reply
    elif kept:
        plain = _plain(final)
        yield _reworded(reply, engine.fetch(CHAT_ANSWER, _key(question, reply), lambda: plain))
    else:
        yield reply.worded(final, "bypass", None)


def cut(reply: Reply) -> Iterator[str | Reply]:
    """Pieces of a reply that is ready, and the reply."""
    yield from _PIECE.findall(reply.answer.text)
    yield reply


def _stream(question: Question, reply: Reply) -> Generator[str | Answer, None, None]:
    """Sentences, those after the first with a space before them, and last the answer, if any."""
    gap = ""
    pieces = stream_answer(question.text, reply.answer, question.earlier, seconds=question.seconds)
    for piece in pieces:
        yield piece if isinstance(piece, Answer) else gap + piece
        gap = " "


def _can_be_worded(reply: Reply) -> bool:
    return reply.answer.kind in _QUOTING and current_wordsmith() is not None


def _can_be_kept(question: Question, reply: Reply) -> bool:
    return question.is_shared and not reply.indexing


def _worded(question: Question, reply: Reply) -> Answer:
    answer = word_answer(question.text, reply.answer, question.earlier, seconds=question.seconds)
    if answer is None:
        raise NotWorded
    return answer


def _key(question: Question, reply: Reply) -> dict[str, Any]:
    smith = current_wordsmith()
    server = smith.model.server if smith else None
    found = msgspec.json.encode(asdict(reply.answer))
    return {
        "question": normal_question(question.text),
        "thread": question.thread,
        "version": reply.version,
        "evidence": hashlib.blake2b(found, digest_size=16).hexdigest(),
        "wording": f"{PROMPT_VERSION} {server.base_url} {server.model}" if server else "",
    }


def _plain(answer: Answer) -> dict[str, Any]:
    return {**asdict(answer), "kind": answer.kind.value, "citations": _places(answer)}


def _places(answer: Answer) -> list[dict[str, Any]]:
    return [asdict(citation) for citation in answer.citations]


def _reworded(reply: Reply, outcome: Outcome) -> Reply:
    return reply.worded(read_answer(outcome.value), outcome.status, outcome.tier)
