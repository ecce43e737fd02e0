"""Reading what an OpenAI-compatible server sends: server-sent events, or one JSON document."""

import codecs
import json
import re
from typing import Any, NamedTuple

_END_OF_LINE = re.compile(r"\r\n|\n|\r(?!$)")
_DONE = "[DONE]"
_LONGEST_LINE = 2**18


class Unreadable(Exception):
    """It is not what the protocol has; the message is a word for it."""


class Piece(NamedTuple):
    """Some more of the reply.

    Attributes:
        finish: why the model ended; empty while it goes on.
        tokens: that the server counted, question and reply; None as long as it does not say.
    """

    text: str = ""
    finish: str = ""
    tokens: int | None = None


class EventReader:
    """Cuts a stream of server-sent events into pieces of the reply.

    Attributes:
        done: the server has said that nothing follows.
    """

    def __init__(self) -> None:
        self.done = False
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._rest = ""

    def feed(self, data: bytes) -> list[Piece]:
        """The pieces that are complete; raises Unreadable."""
        try:
            self._rest += self._decoder.decode(data)
        except UnicodeDecodeError:
            raise Unreadable("nonsense") from None
        if len(self._rest) > _LONGEST_LINE:
            raise Unreadable("too_long")
        if b"\n" not in data and b"\r" not in data:
            return []
        *lines, self._rest = _END_OF_LINE.split(self._rest)
        return [piece for line in lines if (piece := self._read_line(line)) is not None]

    def _read_line(self, line: str) -> Piece | None:
        name, _, value = line.partition(":")
        value = value.strip()
        if name not in ("", "data", "event", "id", "retry"):
            raise Unreadable("nonsense")
        if self.done or name != "data" or not value:
            return None
        if value == _DONE:
            self.done = True
            return None
        return read_piece(value, "delta")


def read_piece(document: str | bytes, member: str) -> Piece:
    """A chunk (`delta`) or a whole completion (`message`); raises Unreadable."""
    try:
        chunk = json.loads(document)
    except (ValueError, RecursionError):
        raise Unreadable("nonsense") from None
    if not isinstance(chunk, dict):
        raise Unreadable("nonsense")
    if chunk.get("error"):
        raise Unreadable("server_error")
    choices = chunk.get("choices")
    if not isinstance(choices, list):
        raise Unreadable("nonsense")
    text, finish = _read_choice(choices[0], member) if choices else ("", "")
    return Piece(text, finish, _read_tokens(chunk.get("usage")))


def _read_choice(choice: Any, member: str) -> tuple[str, str]:
    message = choice.get(member) if isinstance(choice, dict) else None
    if not isinstance(message, dict):
        raise Unreadable("nonsense")
    text, finish = message.get("content") or "", choice.get("finish_reason") or ""
    if not isinstance(text, str) or not isinstance(finish, str):
        raise Unreadable("nonsense")
    return text, finish


def _read_tokens(usage: Any) -> int | None:
    tokens = usage.get("total_tokens") if isinstance(usage, dict) else None
    return tokens if type(tokens) is int and tokens >= 0 else None
