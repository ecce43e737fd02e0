"""Round trips to Redis over idle connections of our own: a pipeline without its overhead."""

import socket
from collections import deque
from collections.abc import Sequence
from typing import Any

import hiredis
import redis

from ..forks import after_fork

Command = tuple[str | bytes | int, ...]
Line = tuple[Any, "hiredis.Reader"]
"""A connection, and a reader of what it receives: redis-py's costs a fifth of a round trip."""

_CHUNK = 65536


class RedisLane:
    """Sends commands together and reads their answers, one thread a connection at a time.

    Args:
        pool: knows how to connect. It is not asked for connections: it would count them, and
            what it counts it never forgets.
    """

    def __init__(self, pool: "redis.ConnectionPool") -> None:
        self._pool = pool
        self._reset()
        after_fork(self._reset)

    def _reset(self) -> None:
        self._idle: deque[Line] = deque()

    def ask(self, commands: Sequence[Command]) -> list[Any]:
        """The answer to each command; reading ones only, since they may be sent twice.

        Raises:
            redis.RedisError, OSError: there is no answer, or one of them is an error.
        """
        try:
            line = self._idle.pop()
        except IndexError:
            return self._talk(self._connect(), commands)
        try:
            return self._talk(line, commands)
        except TimeoutError:
            raise
        except (redis.ConnectionError, OSError):
            # It was closed while it lay idle, and so were the others; a new one tells whether the
            # server is there.
            self.close()
            return self._talk(self._connect(), commands)

    def _connect(self) -> Line:
        connection: Any = self._pool.connection_class(**self._pool.connection_kwargs)
        connection.connect()
        return connection, hiredis.Reader()

    def close(self) -> None:
        """Close every idle connection."""
        while self._idle:
            self._idle.pop()[0].disconnect()

    def _talk(self, line: Line, commands: Sequence[Command]) -> list[Any]:
        connection, reader = line
        try:
            # The stubs know commands of one word only.
            packed = [hiredis.pack_command(command) for command in commands]  # type: ignore[arg-type]
            connection._sock.sendall(b"".join(packed))
            answers = _receive(connection._sock, reader, len(commands))
        except BaseException:
            # What is still on its way must not be taken for the answer to another question.
            connection.disconnect()
            raise
        self._idle.append(line)
        return answers


def _receive(connected: socket.socket, reader: "hiredis.Reader", number: int) -> list[Any]:
    answers: list[Any] = []
    while len(answers) < number:
        data = connected.recv(_CHUNK)
        if not data:
            raise ConnectionResetError("closed by the server")
        reader.feed(data)
        try:
            while (answer := reader.gets()) is not False:
                answers.append(answer)
        except hiredis.HiredisError as error:
            raise redis.InvalidResponse(str(error)) from error
    for answer in answers:
        if isinstance(answer, hiredis.HiredisError):
            raise redis.ResponseError(str(answer))
    return answers
